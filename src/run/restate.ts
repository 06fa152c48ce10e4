import type { Journal, RunRecord } from '../model/journal.ts'
import type { Finding } from '../model/plan.ts'
import type { RunOutcome } from '../model/words.ts'
import { closedBy } from './closing.ts'
import { itemsOf, livesOf } from './life.ts'
import { outcomeOf } from './outcome.ts'

/**
 * Says anew how a run that has ended stands, after a person or a later look added to it. `found` are the lookalikes
 * that were seen just now: those that are gone need no decision any more.
 */
export async function restate(
  journal: Journal,
  run: RunRecord,
  found: readonly Finding[],
): Promise<RunOutcome | null> {
  if (run.state !== 'ended') return run.outcome
  const lives = livesOf(await journal.entries(run.id))
  const there = new Set(found.map(({ id }) => id))
  const guided = await Promise.all(
    run.plan.guided.map(async ({ id, optional }) => {
      const closed = await closedBy(journal, run, id)
      return { optional, outcome: closed?.outcome ?? ('action-required' as const) }
    }),
  )
  const outcome = outcomeOf({
    items: itemsOf(run.plan, lives),
    guided,
    undecided: run.plan.lookalikes.filter(({ id, decision }) => decision === 'undecided' && there.has(id))
      .length,
    cameBack: 0,
    waiting: false,
  })
  await journal.mark(run.id, run.state, outcome)
  return outcome
}
