import type { Journal, RunRecord } from '../model/journal.ts'
import { systemClock } from '../run/system-clock.ts'
import type { Context, Input } from './command.ts'
import { type Options, parseOptions } from './parse.ts'
import type { Session } from './session.ts'
import { assignmentOfRun, resumeOptions } from './settings.ts'
import { environmentOf, stateDirOf, withJournal } from './state.ts'
import { withSession } from './with-session.ts'

/** What a command on an earlier run works with. */
export interface RunCommand {
  readonly options: Options
  readonly context: Context
  readonly session: Session
  readonly journal: Journal
  readonly run: RunRecord
}

/** Finds a run in the journal, and opens what it was about, for a command that goes on with it. */
export async function onRun(
  command: string,
  input: Input,
  context: Context,
  find: (journal: Journal) => Promise<RunRecord>,
  work: (command: RunCommand) => Promise<number>,
): Promise<number> {
  const given = parseOptions(input)
  const stateDir = stateDirOf(given, environmentOf(given, context), context, false)
  const run = await withJournal(stateDir, context.clock ?? systemClock, find)
  const options = resumeOptions(given, run)
  const choose = assignmentOfRun(run)
  return withSession({ command, options, context, choose, writes: false }, (session) =>
    withJournal(stateDir, session.clock, (journal) => work({ options, context, session, journal, run })),
  )
}
