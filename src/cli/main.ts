import { writeSync } from 'node:fs'
import { homedir } from 'node:os'
import type { Context } from './command.ts'
import { createInterrupt } from './interrupt.ts'
import { version } from './version.ts'

function isGoneReader(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE'
}

/** Whoever read the output may have gone, as `head` does: the work goes on, and the journal tells of it. */
function unread<T extends NodeJS.WriteStream>(stream: T): T {
  if (stream.listenerCount('error') > 0) return stream
  return stream.on('error', (error) => {
    if (!isGoneReader(error)) throw error
  })
}

/** The process as commands see it. The standard streams cost time to open: only who uses them opens them. */
function processContext(signals: Pick<Context, 'stopping' | 'leaving'>): Context {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return unread(process.stdout)
    },
    get stderr() {
      return unread(process.stderr)
    },
    get isTerminal() {
      return process.stdin.isTTY === true && process.stdout.isTTY === true
    },
    get columns() {
      return process.stdout.columns ?? 80
    },
    entry: [process.execPath, ...process.argv.slice(1, 2)],
    ...signals,
  }
}

/** What is answered without the parser. */
const answers: Readonly<Record<string, () => Promise<string>>> = {
  '--version': async () => `${version}\n`,
  '-V': async () => `${version}\n`,
  '--help': async () => (await import('./root-help.ts')).rootHelp,
  '-h': async () => (await import('./root-help.ts')).rootHelp,
}

async function main(argv: readonly string[]): Promise<number> {
  const [first = '--help', ...others] = argv
  const answer = others.length === 0 ? answers[first] : undefined
  if (answer !== undefined) {
    writeSync(1, await answer())
    return 0
  }
  const interrupt = createInterrupt(process)
  const { runCli } = await import('./run-cli.ts')
  try {
    return await runCli(argv, processContext(interrupt))
  } finally {
    interrupt.dispose()
  }
}

process.exitCode = await main(process.argv.slice(2))
