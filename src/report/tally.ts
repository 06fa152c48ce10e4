import type { Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import { isSettled } from './words.ts'

/** What a summary comes to, in numbers. */
export interface Tally {
  /** Changes of the plan, without those that the operator excluded. */
  readonly planned: number
  /** Of these: verified, or found gone. */
  readonly proven: number
  /** Surely the vendor's, and excluded by the operator. */
  readonly kept: number
  /** Changes that were verified, and whose object was there again at the end. */
  readonly cameBack: number
  /** Guided steps that a person must still do; optional ones do not count. */
  readonly steps: number
  readonly undecided: number
}

/** Lookalikes that nobody has decided about. */
export function undecidedOf(summary: Summary, plan: Plan | undefined): Summary['lookalikes'] {
  const excluded = new Set(
    plan?.lookalikes.filter(({ decision }) => decision === 'exclude').map(({ id }) => id) ?? [],
  )
  return summary.lookalikes.filter(({ id }) => !excluded.has(id))
}

/** Guided steps that are not closed. */
export function openGuides({ guided }: Summary): Summary['guided'] {
  return guided.filter(({ outcome }) => !isSettled(outcome))
}

export function tallyOf(summary: Summary, plan: Plan | undefined): Tally {
  const planned = summary.changes.filter(({ outcome }) => outcome !== 'kept')
  const ids = new Set(planned.map(({ id }) => id))
  return {
    planned: planned.length,
    proven: planned.filter(({ outcome }) => isSettled(outcome)).length,
    kept: summary.changes.length - planned.length,
    cameBack: summary.leftovers.filter(({ id }) => ids.has(id)).length,
    steps: openGuides(summary).filter(({ optional }) => !optional).length,
    undecided: undecidedOf(summary, plan).length,
  }
}
