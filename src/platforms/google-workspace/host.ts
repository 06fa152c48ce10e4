import type { GuidedStep } from '../../model/platform.ts'
import { consolePages } from './console.ts'
import { hostProof } from './host-proof.ts'
import { rulesThere } from './rules-there.ts'

/** No public API reads or removes hosts. Its value differs from one environment to the other. */
export const host: GuidedStep = {
  id: 'host',
  title: 'Delete the scanner host',
  kind: 'guided',
  optional: false,
  provable: true,
  after: ['compliance-rule'],
  link: consolePages.hosts,
  instructions: ({ footprint }) => [
    'Open Apps > Google Workspace > Gmail > Hosts.',
    `Find the host "${footprint.scannerHost.name}". What it points to varies, so go by the name.`,
    'Click Delete beside it, and Save. Leave other hosts as they are: other rules may need them.',
    'When Google refuses because a rule still uses it, that rule sends mail to the vendor: look for it first.',
  ],
  lock: (context) => ({ reasons: rulesThere(context) }),
  check: hostProof,
}
