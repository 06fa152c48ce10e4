import { type ChildProcess, spawn } from 'node:child_process'
import { ServiceError, UsageError } from '../../../../src/model/errors.ts'

/** How `nsupdate` ended. */
export interface Ended {
  /** 0 when the server did as it was told. */
  readonly code: number
  /** What it wrote, stdout and stderr. */
  readonly text: string
}

export interface NsupdateOptions {
  /** The path or name of the program. */
  readonly program: string
  readonly keyFile: string
  /** The longest wait for an answer, in milliseconds; whole seconds are what the program knows. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const longestText = 65_536
const graceMs = 2000

/**
 * Gives `nsupdate` these lines and waits for its end. The key is named by its file, and TCP is used: over UDP the
 * program repeats what has no answer. A ServiceError says that no answer came; a UsageError that there is no program.
 */
export async function runNsupdate(
  lines: readonly string[],
  tried: string,
  { program, keyFile, timeoutMs, signal }: NsupdateOptions,
): Promise<Ended> {
  const seconds = Math.max(1, Math.ceil(timeoutMs / 1000))
  const child = startChild(program, ['-v', '-t', String(seconds), '-k', keyFile])
  const lost = (said: string) => new ServiceError({ tried, said })
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  let text = ''
  const hear = (chunk: Buffer) => {
    text = `${text}${chunk.toString('utf8')}`.slice(0, longestText)
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  child.on('error', (error) => reject(notStarted(error, tried, program)))
  child.on('close', (code, by) =>
    code === null
      ? reject(lost(`nsupdate was ended (${by}) before the answer came`))
      : resolve({ code, text }),
  )
  child.stdin?.on('error', () => {})
  child.stdin?.end(lines.map((line) => `${line}\n`).join(''))
  const interrupt = () => {
    reject(lost('interrupted before the answer came'))
    child.kill('SIGKILL')
  }
  const overdue = setTimeout(
    () => {
      reject(lost(`no answer within ${seconds} s`))
      child.kill('SIGKILL')
    },
    seconds * 1000 + graceMs,
  )
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  try {
    return await promise
  } finally {
    clearTimeout(overdue)
    signal.removeEventListener('abort', interrupt)
  }
}

/** Throws a UsageError that says what to install when the program is not there. */
export async function requireNsupdate(program: string): Promise<void> {
  const tried = 'look for nsupdate'
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const child = startChild(program, ['-V'])
  child.on('error', (error) => reject(notStarted(error, tried, program)))
  child.on('close', () => resolve())
  child.stdin?.on('error', () => {})
  child.stdin?.end()
  await promise
}

/** In a group of its own, so that Ctrl-C leaves an update under way to its answer. It needs nothing of ours. */
function startChild(program: string, args: readonly string[]): ChildProcess {
  const { PATH = '', SystemRoot } = process.env
  return spawn(program, args, {
    stdio: 'pipe',
    detached: true,
    windowsHide: true,
    env: { PATH, LC_ALL: 'C', ...(SystemRoot === undefined ? {} : { SystemRoot }) },
  })
}

function notStarted(error: Error, tried: string, program: string): UsageError {
  const code = 'code' in error ? String(error.code) : error.message
  return new UsageError({
    tried,
    said: code === 'ENOENT' ? `there is no program ${program}` : `${program} cannot be started (${code})`,
    hint: 'Install nsupdate: the package bind9-dnsutils of Debian and Ubuntu, bind-utils of Fedora and Red Hat, bind-tools of Alpine, bind of Homebrew.',
  })
}
