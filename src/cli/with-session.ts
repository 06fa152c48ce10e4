import type { Environment } from '../config/environment.ts'
import type { Assignment } from './assignment.ts'
import type { Context } from './command.ts'
import type { Options } from './parse.ts'
import { reporting } from './reporting.ts'
import { openSession, type Session } from './session.ts'

export interface SessionCommand {
  readonly command: string
  readonly options: Options
  readonly context: Context
  /** Whether it may write to a tenant. */
  readonly writes: boolean
  choose(environment: Environment): Assignment
}

/** Works on one tenant: opens a session, and closes it whatever happens. */
export async function withSession(
  { command, options, context, writes, choose }: SessionCommand,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const session = await openSession(options, context, choose, writes)
  return reporting(command, session.output, async () => {
    try {
      return await work(session)
    } finally {
      await session.close()
    }
  })
}
