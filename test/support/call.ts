import { PassThrough, Writable } from 'node:stream'
import type { Context } from '../../src/cli/command.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Clock } from '../../src/model/clock.ts'
import type { RunEvent, Summary } from '../../src/model/events.ts'
import { overRest } from './transport.ts'

/** What one command line gave. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly events: readonly RunEvent[]
  readonly summary: Summary
}

/** Where a command line is run. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>
  /** The working folder, and the home. */
  readonly folder: string
  readonly clock: Clock
  readonly signals?: { readonly stopping?: AbortSignal; readonly leaving?: AbortSignal }
}

const never = new AbortController().signal

function parseEvents(stdout: string): readonly RunEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

/** A stream that takes whatever is written. */
function collector(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') }
}

function isSummary(event: RunEvent): event is Summary {
  return event.type === 'summary'
}

/** Runs one command line with --json in this process. Nobody sits at a terminal. */
export async function call(
  argv: readonly string[],
  { env, folder, clock, signals = {} }: Surroundings,
): Promise<Outcome> {
  const [stdout, stderr] = [collector(), collector()]
  const context: Context = {
    env,
    cwd: folder,
    home: folder,
    platform: process.platform,
    stdin: new PassThrough(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    isTerminal: false,
    columns: 100,
    entry: [process.execPath, 'never'],
    stopping: signals.stopping ?? never,
    leaving: signals.leaving ?? never,
    clock,
  }
  const exitCode = await runCli([...overRest(argv, env), '--json'], context)
  const [out, err] = [stdout.text(), stderr.text()]
  const events = parseEvents(out)
  const last = events.at(-1)
  if (last === undefined || !isSummary(last))
    throw new Error(`no summary at the end of ${argv.join(' ')} (${exitCode}):\n${out}\n${err}`)
  return { exitCode, stdout: out, stderr: err, events, summary: last }
}
