import type { Footprint } from './footprint.ts'
import type { Change, Decisions } from './plan.ts'
import type { TenantObject } from './resource.ts'

/** What the guard of a step goes by, besides what it reads. */
interface GuardContext {
  readonly footprint: Footprint
  readonly decisions: Decisions
}

/** What must still hold in the tenant when a step begins, besides its own objects. */
export interface StepGuard {
  /** Kinds that are listed for it: of resources or of sources. */
  readonly kinds: readonly string[]
  /**
   * Reasons to refuse, given the objects of those kinds and what the step is about to change: where changes have
   * lanes, those of one lane.
   */
  check(
    objects: (kind: string) => readonly TenantObject[],
    changes: readonly Change[],
    context: GuardContext,
  ): readonly string[]
}
