import { type Purpose, requests } from '../../../adapters/google-workspace/requests.ts'
import type { Options } from '../parse.ts'

/** Something that is done over Google's APIs. */
export interface GooglePurpose {
  readonly purpose: Purpose
  readonly title: string
  /** The kind whose reading shows it, in few requests. */
  readonly proof?: string
  /** What happens without it, for what a run can do without. */
  readonly without?: string
  /** Whether a run with these options does it. */
  isAskedFor(options: Pick<Options, 'googlePolicyWrites'>): boolean
}

const always = () => true

/** In the order in which they are done. */
export const googlePurposes: readonly GooglePurpose[] = [
  {
    purpose: 'policies',
    title: 'read the policies of Gmail',
    proof: 'compliance-rule',
    isAskedFor: always,
  },
  {
    purpose: 'places',
    title: 'read the names of organizational units and groups',
    isAskedFor: always,
    without: 'A run goes on without it: places are then told by their ids.',
  },
  {
    purpose: 'audit',
    title: 'read the audit logs',
    proof: 'audit-event',
    isAskedFor: always,
    without:
      'A run goes on without it: what a person does in the Admin console is then not proven, and it ends with 5.',
  },
  {
    purpose: 'tokens',
    title: 'list the apps to which users consented',
    isAskedFor: always,
    without: 'A run goes on without it: consents to the vendor\'s app are then told as "not checked".',
  },
  { purpose: 'remove-tokens', title: 'take such consents away', isAskedFor: () => false },
  {
    purpose: 'write-policies',
    title: 'write policies',
    isAskedFor: ({ googlePolicyWrites }) => googlePolicyWrites,
  },
]

export const allPurposes: readonly Purpose[] = [...new Set(requests.map(({ purpose }) => purpose))]
