import { changeSummaries } from '../../run/carry-out.ts'
import { knownRun } from '../../run/lifecycle.ts'
import { systemClock } from '../../run/system-clock.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { createOutput } from '../output.ts'
import { parseOptions } from '../parse.ts'
import { environmentOf, stateDirOf, withJournal } from '../state.ts'
import { summarise } from '../summary.ts'

/** `show`: one run, with all that its journal holds but the backups. */
export async function handleShow(input: Input, context: Context): Promise<number> {
  const options = parseOptions(input)
  const environment = environmentOf(options, context)
  const stateDir = stateDirOf(options, environment, context, false)
  const clock = context.clock ?? systemClock
  const output = await createOutput(options, environment, clock, context)
  await withJournal(stateDir, clock, async (journal) => {
    const run = await knownRun(journal, input.arguments[0] ?? '')
    output.listener({ type: 'show', run, entries: await journal.entries(run.id) })
    output.listener(
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
  await output.close()
  return exitCodes.done
}
