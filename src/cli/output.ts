import { createScrubber, type Scrubber } from '../auth/scrub.ts'
import type { Environment } from '../config/environment.ts'
import { createLogger } from '../config/log.ts'
import type { Clock } from '../model/clock.ts'
import type { Listener, RunEvent } from '../model/events.ts'
import { createReporter } from '../report/reporter.ts'
import type { Context } from './command.ts'
import type { Options } from './parse.ts'
import { version } from './version.ts'

/** Where what happens is told: the report on stdout, and the log when one is asked for. */
export interface Output {
  readonly listener: Listener
  close(): Promise<void>
}

function verbosity({ quiet, verbose }: Options): 'quiet' | 'normal' | 'verbose' {
  if (quiet) return 'quiet'
  return verbose ? 'verbose' : 'normal'
}

function isColored(options: Options, { env, isTerminal }: Context): boolean {
  if (!options.color || (env.NO_COLOR ?? '') !== '') return false
  return isTerminal || (env.FORCE_COLOR ?? '') !== ''
}

/** What a service said may hold anything; the rest of the events is ours. */
function scrubbed(event: RunEvent, scrub: Scrubber): RunEvent {
  if (event.type === 'warning') return { ...event, text: scrub(event.text) }
  if (event.type === 'retry') return { ...event, reason: scrub(event.reason) }
  if (event.type !== 'summary' || event.error === undefined) return event
  return { ...event, error: { ...event.error, message: scrub(event.error.message) } }
}

/** A plan is in the journal whole: the log only says which. */
function brief(event: RunEvent): object {
  if (event.type !== 'plan') return event
  const { hash, tenant, platform, changes } = event.plan
  return { hash, tenant, platform, changes: changes.map((change) => change.id) }
}

async function logListener(options: Options, scrub: Scrubber): Promise<Listener | undefined> {
  if (options.logFile === undefined) return undefined
  const logger = await createLogger({
    level: 'debug',
    file: options.logFile,
    scrub,
  })
  return (event) => logger.info({ event: brief(event) }, event.type)
}

/** The report as the options ask for it. */
export async function createOutput(
  options: Options,
  environment: Environment,
  clock: Clock,
  context: Context,
): Promise<Output> {
  const scrub = createScrubber(environment)
  const log = await logListener(options, scrub)
  const reporter = createReporter({
    format: options.json ? 'json' : 'text',
    stdout: context.stdout,
    stderr: context.stderr,
    isTerminal: context.isTerminal,
    columns: context.columns,
    color: isColored(options, context),
    verbosity: verbosity(options),
    version,
    now: () => clock.now(),
  })
  return {
    listener(event) {
      const safe = scrubbed(event, scrub)
      reporter.listener(safe)
      log?.(safe)
    },
    close: () => reporter.close(),
  }
}
