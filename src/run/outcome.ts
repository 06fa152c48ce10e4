import type { ItemOutcome, RunOutcome } from '../model/words.ts'

/** What the outcome of a run rests on. */
export interface Standings {
  /** Of changes and waits. */
  readonly items: readonly ItemOutcome[]
  readonly guided: readonly { readonly optional: boolean; readonly outcome: ItemOutcome }[]
  /** Lookalikes that the operator has not decided about. */
  readonly undecided: number
  /** Objects of the footprint that a last look found again. */
  readonly cameBack: number
  readonly waiting: boolean
}

/** What must be true for each outcome, worst first. The first that is decides. */
const rules: readonly (readonly [RunOutcome, (standings: Standings) => boolean])[] = [
  ['failed', ({ items }) => items.includes('failed')],
  ['unverified', ({ items }) => items.includes('unverified')],
  ['waiting', ({ waiting }) => waiting],
  [
    'action-required',
    ({ items, guided, undecided, cameBack }) =>
      items.includes('action-required') ||
      undecided > 0 ||
      cameBack > 0 ||
      guided.some(isOpen('action-required')),
  ],
  ['unverified', ({ guided }) => guided.some(isOpen('unverified'))],
  ['failed', ({ items }) => items.some((item) => item === 'planned' || item === 'applied')],
]

function isOpen(outcome: ItemOutcome): (step: Standings['guided'][number]) => boolean {
  return (step) => !step.optional && step.outcome === outcome
}

/** How a run stands, of how everything in it stands. Optional steps do not count. Pure. */
export function outcomeOf(standings: Standings): RunOutcome {
  return rules.find(([, applies]) => applies(standings))?.[0] ?? 'done'
}
