import type { Act } from '../../../adapters/graph/permissions.ts'
import type { Examination } from './examination.ts'

/** Something that is done with the vendor's app over Microsoft Graph. */
export interface AppAct {
  readonly act: Act
  readonly title: string
  /** What `Grant-OffboardAccess.ps1 -Graph` calls what it takes. */
  readonly level: 'Read' | 'Disable' | 'All'
  /** What happens without it where nobody asks for it. */
  readonly without?: string
  /** Whether a run with these options does it. */
  isAskedFor(examination: Pick<Examination, 'options' | 'platform' | 'footprint'>): boolean
}

function isNamed({ footprint }: Pick<Examination, 'footprint'>): boolean {
  return footprint.apps.length > 0
}

/** Whether the app is all that the procedure changes by itself. */
function isAll({ platform }: Pick<Examination, 'platform'>): boolean {
  return platform.steps.every((step) => !('system' in step) || step.system === 'graph')
}

export function isGraphAskedFor(examination: Pick<Examination, 'platform' | 'footprint'>): boolean {
  return isNamed(examination) || isAll(examination)
}

/** In the order in which they are done; what only a restore does last. */
export const appActs: readonly AppAct[] = [
  {
    act: 'read',
    title: 'read the apps of the directory and their rights',
    level: 'Read',
    isAskedFor: isGraphAskedFor,
    without: '. A run goes on without it: apps with a name like the vendor\'s are told as "not checked"',
  },
  { act: 'switch', title: 'disable the app', level: 'Disable', isAskedFor: isNamed },
  {
    act: 'revoke',
    title: 'take the rights of the app away',
    level: 'All',
    isAskedFor: ({ options }) => options.revokeGrants || options.deleteApp,
  },
  { act: 'delete', title: 'delete the app', level: 'All', isAskedFor: ({ options }) => options.deleteApp },
  { act: 'restore', title: 'bring a deleted app back', level: 'All', isAskedFor: () => false },
  { act: 'grant', title: 'grant the app its rights again', level: 'All', isAskedFor: () => false },
]
