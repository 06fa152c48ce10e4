import { systemClock } from '../../run/system-clock.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { createOutput } from '../output.ts'
import { parseOptions } from '../parse.ts'
import { environmentOf, stateDirOf, withJournal } from '../state.ts'
import { emptySummary } from '../summary.ts'

/** `history`: the runs so far. */
export async function handleHistory(input: Input, context: Context): Promise<number> {
  const options = parseOptions(input)
  const environment = environmentOf(options, context)
  const stateDir = stateDirOf(options, environment, context, false)
  const clock = context.clock ?? systemClock
  const output = await createOutput(options, environment, clock, context)
  await withJournal(stateDir, clock, async (journal) => {
    if (options.prune) {
      const before = new Date(clock.now().getTime() - options.olderThan)
      output.listener({ type: 'pruned', runs: await journal.prune(before) })
    }
    output.listener({ type: 'history', runs: await journal.runs() })
  })
  output.listener(emptySummary('history', 'done', exitCodes.done))
  await output.close()
  return exitCodes.done
}
