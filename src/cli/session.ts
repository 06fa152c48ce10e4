import type { Environment } from '../config/environment.ts'
import { buildFootprint } from '../footprint/footprint.ts'
import type { SystemReader } from '../model/adapter.ts'
import type { Clock } from '../model/clock.ts'
import type { Listener } from '../model/events.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal } from '../model/journal.ts'
import type { Platform, Step } from '../model/platform.ts'
import { platforms } from '../platforms/index.ts'
import type { WritingDesk } from '../run/carry-out.ts'
import type { ReadingDesk } from '../run/plan-tenant.ts'
import type { AttemptOptions } from '../run/retry.ts'
import type { Assignment } from './assignment.ts'
import { clockOf, openSandbox, sandboxFor } from './clock.ts'
import type { Context } from './command.ts'
import { createAttempts } from './connection/attempts.ts'
import { type Connection, createConnection } from './connection/connection.ts'
import { isUsed } from './connection/needed.ts'
import { transportOf } from './exchange-transport.ts'
import { createOutput, type Output } from './output.ts'
import type { Options } from './parse.ts'
import { environmentOf, stateDirOf } from './state.ts'
import { version } from './version.ts'

/** A terminal may wait this long by itself; without one, a longer wait ends the command. */
const longestSilentWaitMs = 3_600_000

export interface Session {
  readonly assignment: Assignment
  readonly environment: Environment
  readonly stateDir: string
  readonly platform: Platform
  readonly footprint: Footprint
  readonly clock: Clock
  readonly output: Output
  readonly connection: Connection
  /** What reading works with. Opens the systems once. */
  readingDesk(): Promise<ReadingDesk>
  writingDesk(journal: Journal, steps: readonly Step[]): WritingDesk
  close(): Promise<void>
}

/** How long a wait may be made here; a longer one ends the command with "waiting". */
function waiting(options: Options, context: Context): (restMs: number) => boolean {
  return (restMs) => options.wait && (context.isTerminal || restMs <= longestSilentWaitMs)
}

function noteTransport(listener: Listener, platform: Platform, options: Options): void {
  if (!isUsed('exchange-online', platform) || options.sandbox || transportOf(options) !== 'rest') return
  listener({
    type: 'warning',
    text: 'Exchange Online is reached over its REST endpoint InvokeCommand, which Microsoft does not document',
  })
}

/** Puts together all that a command on one tenant works with. Nothing is opened yet but the sandbox. */
export async function openSession(
  options: Options,
  context: Context,
  choose: (environment: Environment) => Assignment,
  writes: boolean,
): Promise<Session> {
  const environment = environmentOf(options, context)
  const assignment = choose(environment)
  const platform = await platforms[assignment.platform]()
  const stateDir = stateDirOf(options, environment, context, writes)
  const sandbox = options.sandbox
    ? await openSandbox(stateDir, sandboxFor(assignment.platform, assignment.regions), context)
    : undefined
  const clock = await clockOf(sandbox, context)
  const retrying: AttemptOptions = {
    clock,
    signal: context.stopping,
    onRetry: ({ error, waitMs }) => output.listener({ type: 'retry', reason: error.message, waitMs }),
  }
  const footprint = buildFootprint(assignment.regions, assignment.additions)
  const connection = createConnection({
    tenant: assignment.tenant,
    platform,
    footprint,
    mx: assignment.decisions.mx,
    options,
    environment,
    sandbox,
    clock,
    attempts: createAttempts(options, retrying),
    context,
    onWarning: (text) => output.listener({ type: 'warning', text }),
  })
  const output = await createOutput(options, environment, clock, context)
  noteTransport(output.listener, platform, options)
  const shared = { platform, footprint, clock, tool: version }
  let readers: Promise<ReadonlyMap<string, SystemReader>> | undefined
  return {
    assignment,
    environment,
    stateDir,
    platform,
    footprint,
    clock,
    output,
    connection,
    async readingDesk() {
      const opened = connection.open()
      readers = opened
      return {
        ...shared,
        regions: assignment.regions,
        decisions: assignment.decisions,
        readers: await opened,
      }
    },
    writingDesk: (journal, steps) => ({
      ...shared,
      steps,
      journal,
      signal: context.stopping,
      emit: output.listener,
      openForWriting: (approved) => connection.openForWriting(approved),
      waitsHere: waiting(options, context),
    }),
    async close() {
      const opened = await readers?.catch(() => undefined)
      await Promise.all([...(opened?.values() ?? [])].map((reader) => reader.close()))
    },
  }
}
