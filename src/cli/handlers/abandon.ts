import { changeSummaries } from '../../run/carry-out.ts'
import { abandonRun, knownRun } from '../../run/lifecycle.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { onJournal } from '../on-journal.ts'
import { summarise } from '../summary.ts'
import { whoAmI } from '../who.ts'

/** `abandon`: close a run as it is. */
export function handleAbandon(input: Input, context: Context): Promise<number> {
  return onJournal('abandon', input, context, async ({ journal, listener }) => {
    const run = await knownRun(journal, input.arguments[0] ?? '')
    await abandonRun(journal, run, whoAmI())
    listener(
      summarise({
        command: 'abandon',
        plan: run.plan,
        outcome: 'done',
        exitCode: exitCodes.done,
        runId: run.id,
        changes: await changeSummaries(journal, run),
        next: [],
      }),
    )
  })
}
