import type { Environment } from '../config/environment.ts'
import type { Context } from './command.ts'
import { exitCodeOfError, outcomeOfError } from './exit-codes.ts'
import { told } from './failure.ts'
import type { Options } from './parse.ts'
import { type Assignment, openSession, type Session } from './session.ts'
import { emptySummary } from './summary.ts'

export interface SessionCommand {
  readonly command: string
  readonly options: Options
  readonly context: Context
  /** Whether it may write to a tenant. */
  readonly writes: boolean
  choose(environment: Environment): Assignment
}

/**
 * Works on one tenant: opens a session, and closes it whatever happens. An error is reported as everything else is,
 * so that the last line is the summary.
 */
export async function withSession(
  { command, options, context, writes, choose }: SessionCommand,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const session = await openSession(options, context, choose, writes)
  const { output } = session
  try {
    return await work(session)
  } catch (error) {
    const exitCode = exitCodeOfError(error)
    output.listener({ ...emptySummary(command, outcomeOfError(error), exitCode), error: told(error) })
    return exitCode
  } finally {
    await session.close()
    await output.close()
  }
}
