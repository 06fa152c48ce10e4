import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { onJournal } from '../on-journal.ts'
import { emptySummary } from '../summary.ts'

/** `history`: the runs so far. */
export function handleHistory(input: Input, context: Context): Promise<number> {
  return onJournal('history', input, context, async ({ journal, listener, options, clock }) => {
    if (options.prune) {
      const before = new Date(clock.now().getTime() - options.olderThan)
      listener({ type: 'pruned', runs: await journal.prune(before) })
    }
    listener({ type: 'history', runs: await journal.runs() })
    listener(emptySummary('history', 'done', exitCodes.done))
  })
}
