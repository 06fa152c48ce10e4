import type { Environment } from '../../config/environment.ts'
import { knownRun } from '../../run/lifecycle.ts'
import { recordVerification, type Verification, verifyTenant } from '../../run/verify.ts'
import type { VerifiedRun } from '../../run/verify-guides.ts'
import { assignmentOf } from '../assignment.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { doctorCommandLine, stateFlags } from '../next.ts'
import { onRun } from '../on-run.ts'
import { type Options, parseOptions } from '../parse.ts'
import type { Session } from '../session.ts'
import { summarise } from '../summary.ts'
import { readMessage } from '../verify-message.ts'
import { withSession } from '../with-session.ts'

async function look(
  options: Options,
  context: Context,
  session: Session,
  ofRun?: VerifiedRun,
): Promise<Verification> {
  const headers = options.message === undefined ? [] : readMessage(options.message, context.cwd)
  const found = await verifyTenant(await session.readingDesk(), headers, ofRun)
  const { present, lookalikes, leftovers, unread } = found
  session.output.listener({ type: 'found', present, lookalikes, leftovers, unread })
  return found
}

/** A run may be proven days later; without one, something keeps us from reading. */
function again(options: Options, runId: string | undefined): string {
  return runId === undefined ? doctorCommandLine(options) : `offboard verify ${runId}${stateFlags(options)}`
}

function report(found: Verification, options: Options, session: Session, runId?: string): number {
  const exitCode = exitCodes[found.outcome]
  const { plan, present } = found
  session.output.listener(
    summarise({
      command: 'verify',
      plan,
      outcome: found.outcome,
      exitCode,
      changes: present.map(({ id, kind, name }) => ({
        id,
        kind,
        name,
        step: plan.changes.find((change) => change.id === id)?.step ?? '',
        outcome: 'planned',
      })),
      guided: [],
      next: found.outcome === 'unverified' ? [again(options, runId)] : [],
      ...(runId === undefined ? {} : { runId }),
    }),
  )
  return exitCode
}

async function verifyRun(input: Input, context: Context, id: string): Promise<number> {
  return onRun(
    'verify',
    input,
    context,
    (journal) => knownRun(journal, id),
    async ({ run, session, journal, options }) => {
      const found = await look(options, context, session, { journal, run })
      await recordVerification(journal, run, found)
      return report(found, options, session, run.id)
    },
  )
}

/** `verify`: is anything of the footprint there? */
export async function handleVerify(input: Input, context: Context): Promise<number> {
  const [id] = input.arguments
  if (id !== undefined) return verifyRun(input, context, id)
  const options = parseOptions(input)
  const choose = (environment: Environment) => assignmentOf(options, environment)
  return withSession({ command: 'verify', options, context, choose, writes: false }, async (session) =>
    report(await look(options, context, session), options, session),
  )
}
