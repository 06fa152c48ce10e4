import type { SystemReader } from './adapter.ts'
import type { Footprint } from './footprint.ts'
import type { Decisions, Finding } from './plan.ts'
import type { Survey } from './survey.ts'
import type { SystemId } from './words.ts'

/** What a wait is asked with, whether it is over. */
export interface WaitContext {
  readonly footprint: Footprint
  readonly systems: ReadonlyMap<SystemId, SystemReader>
  readonly now: Date
  readonly decisions: Decisions
  /** When the wait began: the last edit it waits for was verified, or the step was reached. */
  readonly since: Date
  /** When the least wait is over. */
  readonly least: Date
  /** The lanes that it is waited for; one without a name where the changes of the plan have none. */
  readonly lanes: ReadonlySet<string>
  /** Guided steps before it that somebody says are done, and that nothing proves yet. */
  readonly unproven: readonly string[]
}

/** `no-comparison`: nothing speaks against it, and nothing was there to compare with. `unknown`: not readable. */
export type WaitAnswer =
  | { readonly is: 'over'; readonly evidence: string }
  | { readonly is: 'not-yet'; readonly evidence: string }
  | { readonly is: 'no-comparison'; readonly evidence: string }
  | { readonly is: 'unknown'; readonly evidence: string }

/** What a wait is planned on, besides the changes. */
export interface WaitGround {
  readonly footprint: Footprint
  readonly survey: Survey
  /** What a person takes away or puts in, with its step. */
  readonly byHand: readonly (Finding & { readonly step: string })[]
}
