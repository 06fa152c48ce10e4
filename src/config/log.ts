import { closeSync, fchmodSync, fstatSync, openSync } from 'node:fs'
import type { LevelWithSilent, Logger } from 'pino'
import { UsageError } from '../model/errors.ts'

export type { Logger } from 'pino'

export interface LogOptions {
  readonly level: LevelWithSilent
  /** `--log-file`; without it the log goes to stderr. */
  readonly file?: string | undefined
  /** Takes secrets out of each line. */
  readonly scrub: (line: string) => string
}

/** Properties that are never logged, at the top and one level down. */
const hidden = [
  'authorization',
  'token',
  'access_token',
  'client_secret',
  'client_assertion',
  'password',
  'body',
]

/**
 * A log of JSON lines on stderr or in a file that only its owner may read. It is written synchronously and without
 * a worker thread, so that nothing is lost when the process is killed. A UsageError names a file that cannot be
 * written.
 */
export async function createLogger({ level, file, scrub }: LogOptions): Promise<Logger> {
  // A bundle gives a CommonJS package's default export alone.
  const { default: pino } = await import('pino')
  const destination = pino.destination({ fd: file === undefined ? 2 : openPrivate(file), sync: true })
  const paths = [...hidden, ...hidden.map((name) => `*.${name}`)]
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[secret]' } },
    { write: (line: string) => destination.write(scrub(line)) },
  )
}

function openPrivate(path: string): number {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'a', 0o600)
    // A device such as /dev/null is not ours to close to others.
    if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600)
    return descriptor
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor)
    const said = error instanceof Error && 'code' in error ? String(error.code) : 'cannot be opened'
    throw new UsageError({ tried: `write --log-file ${path}`, said, hint: 'Name a file that you may write.' })
  }
}
