import type { Clock } from '../model/clock.ts'
import type { Listener } from '../model/events.ts'
import type { Journal } from '../model/journal.ts'
import { systemClock } from '../run/system-clock.ts'
import type { Context, Input } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { createOutput } from './output.ts'
import { type Options, parseOptions } from './parse.ts'
import { reporting } from './reporting.ts'
import { environmentOf, stateDirOf, withJournal } from './state.ts'

/** What a command works with that needs the journal alone. */
export interface JournalCommand {
  readonly options: Options
  readonly journal: Journal
  readonly clock: Clock
  readonly listener: Listener
}

/** Runs a command on the journal, with no tenant at hand. */
export async function onJournal(
  command: string,
  input: Input,
  context: Context,
  work: (command: JournalCommand) => Promise<void>,
): Promise<number> {
  const options = parseOptions(input)
  const environment = environmentOf(options, context)
  const stateDir = stateDirOf(options, environment, context, false)
  const clock = context.clock ?? systemClock
  const output = await createOutput(options, environment, clock, context)
  return reporting(command, output, async () => {
    await withJournal(stateDir, clock, (journal) =>
      work({ options, journal, clock, listener: output.listener }),
    )
    return exitCodes.done
  })
}
