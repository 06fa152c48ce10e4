import type { Writable } from 'node:stream'
import type { Listener } from '../model/events.ts'
import type { Verbosity } from './event-text.ts'
import { createJsonLines } from './json-lines.ts'
import { createTerminalReport } from './terminal-report.ts'
import { createTextReport } from './text-report.ts'

export interface ReporterOptions {
  readonly format: 'json' | 'text'
  readonly stdout: Writable
  readonly stderr: Writable
  /** Whether stdout is a terminal: progress is then shown as it happens. */
  readonly isTerminal: boolean
  readonly columns: number
  readonly color: boolean
  readonly verbosity: Verbosity
  /** Of this program. */
  readonly version: string
  readonly now: () => Date
}

export interface Reporter {
  readonly listener: Listener
  /** Resolves when all that was told is written. */
  close(): Promise<void>
}

/** A reader that has gone away, as `head` does, must not end the run that it read about. */
function survive(stream: Writable): void {
  stream.on('error', () => undefined)
}

/** Tells people, or programs, what happens. Only listens. */
export function createReporter(options: ReporterOptions): Reporter {
  const { format, stdout, stderr, version, isTerminal, verbosity } = options
  survive(stdout)
  survive(stderr)
  if (format === 'text' && isTerminal && verbosity !== 'quiet') return createTerminalReport(options)
  const listener = format === 'json' ? createJsonLines(stdout, version) : createTextReport(options)
  return { listener, close: async () => undefined }
}
