import type { Scrubber } from '../auth/scrub.ts'
import { OffboardError } from '../model/errors.ts'
import { visible } from '../model/name.ts'
import type { Command, Context, Input } from './command.ts'
import { exitCodeOfError, outcomeOfError } from './exit-codes.ts'
import { emptySummary } from './summary.ts'
import { version } from './version.ts'

interface Told {
  readonly name: string
  readonly message: string
  readonly hint?: string
}

/** What a person is told of an error. A bug says only its kind: its text may hold anything. */
export function told(error: unknown): Told {
  if (error instanceof OffboardError) {
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    return { name: error.name, message: error.message, ...hint }
  }
  const kind = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
  return {
    name: 'InternalError',
    message: `an internal error: ${kind}`,
    hint: 'This is a bug in offboard. Nothing is lost: "offboard history" and "offboard resume" go on from the journal.',
  }
}

function lines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

/** What is in the environment as a secret is in no error. When the environment itself cannot be read, nothing of it was used. */
async function scrubberFor(context: Context): Promise<Scrubber> {
  const { createScrubber } = await import('../auth/scrub.ts')
  const { readEnvironment } = await import('../config/environment.ts')
  try {
    return createScrubber(readEnvironment({ ...context, allowEndpoints: [], cloud: 'global' }))
  } catch {
    return (text) => text
  }
}

/** Tells of an error that ended a command before it could report by itself; answers the exit code. */
export async function reportFailure(
  error: unknown,
  command: Command,
  input: Input,
  context: Context,
): Promise<number> {
  const exitCode = exitCodeOfError(error)
  const scrub = await scrubberFor(context)
  const { message, ...rest } = told(error)
  const what = { ...rest, message: scrub(message) }
  if (input.options.json === true) {
    const summary = { ...emptySummary(command.name, outcomeOfError(error), exitCode), error: what }
    const head = { type: 'version', format: 'offboard.events/1', version }
    context.stdout.write(`${JSON.stringify(head)}\n${JSON.stringify(summary)}\n`)
  }
  context.stderr.write(
    `offboard: ${lines(what.message)}\n${what.hint === undefined ? '' : `${lines(what.hint)}\n`}`,
  )
  return exitCode
}
