import { userInfo } from 'node:os'
import { changeSummaries } from '../../run/carry-out.ts'
import { abandonRun, knownRun } from '../../run/lifecycle.ts'
import { systemClock } from '../../run/system-clock.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { createOutput } from '../output.ts'
import { parseOptions } from '../parse.ts'
import { environmentOf, stateDirOf, withJournal } from '../state.ts'
import { summarise } from '../summary.ts'

/** `abandon`: close a run as it is. */
export async function handleAbandon(input: Input, context: Context): Promise<number> {
  const options = parseOptions(input)
  const environment = environmentOf(options, context)
  const stateDir = stateDirOf(options, environment, context, false)
  const clock = context.clock ?? systemClock
  const output = await createOutput(options, environment, clock, context)
  await withJournal(stateDir, clock, async (journal) => {
    const run = await knownRun(journal, input.arguments[0] ?? '')
    await abandonRun(journal, run, userInfo().username)
    const changes = await changeSummaries(journal, run)
    output.listener(
      summarise({
        command: 'abandon',
        plan: run.plan,
        outcome: 'done',
        exitCode: exitCodes.done,
        runId: run.id,
        changes,
        next: [],
      }),
    )
  })
  await output.close()
  return exitCodes.done
}
