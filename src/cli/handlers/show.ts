import { changeSummaries } from '../../run/carry-out.ts'
import { knownRun } from '../../run/lifecycle.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { onJournal } from '../on-journal.ts'
import { summarise } from '../summary.ts'

/** `show`: one run, with all that its journal holds but the backups. */
export function handleShow(input: Input, context: Context): Promise<number> {
  return onJournal('show', input, context, async ({ journal, listener }) => {
    const run = await knownRun(journal, input.arguments[0] ?? '')
    listener({ type: 'show', run, entries: await journal.entries(run.id) })
    listener(
      summarise({
        command: 'show',
        plan: run.plan,
        outcome: run.outcome ?? 'failed',
        exitCode: exitCodes.done,
        runId: run.id,
        changes: await changeSummaries(journal, run),
        next: [],
      }),
    )
  })
}
