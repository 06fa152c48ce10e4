import { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { PowerShell, type PowerShellOptions } from 'node-powershell'
import { AnswerLost, died } from './answer-lost.ts'

export interface ChildOptions {
  /** The path or name of the program. */
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
  /** Ends the command that is under way, and the child with it. */
  readonly signal: AbortSignal
  /** Takes out of a text what it may not show. */
  readonly hide?: (text: string) => string
}

/** A PowerShell process. After a lost answer it has ended, or is about to. */
export interface Child {
  /** Runs one line and gives what was written to stdout meanwhile. One at a time. Throws AnswerLost. */
  run(line: string, timeoutMs: number): Promise<string>
  isAlive(): boolean
  /** Lets it end, and ends it by force if it does not. */
  end(): Promise<void>
}

const graceMs = 3000
const keptOfStderr = 16_384

/** The library would let NODE_POWERSHELL choose the program, and take another one for some names. */
class Shell extends PowerShell {
  protected override setExecutable({ executable = 'pwsh' }: PowerShellOptions): string {
    return executable
  }
}

function processOf(shell: Shell): ChildProcess {
  const child: unknown = Reflect.get(shell, 'process')
  if (child instanceof ChildProcess) return child
  throw new TypeError('the PowerShell library holds no process')
}

/** The library rejects promises of its own when the process ends, which nobody could wait for. */
function silence(shell: Shell): void {
  const ended: unknown = Reflect.get(shell, 'exitPromise')
  if (ended instanceof Promise) ended.catch(() => {})
  shell.streams.stdin.on('error', () => {})
}

/** An idle child does not keep this process from ending; a command's own timer does. */
function unreference(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref()
}

/** Resolves when the process has ended, or could not be started. */
async function lossOf(child: ChildProcess, stderr: () => string): Promise<AnswerLost> {
  try {
    const [code, signal] = await once(child, 'exit')
    return died(signal === null ? `with exit code ${code}` : `by ${signal}`, stderr())
  } catch (error) {
    return new AnswerLost('missing', error instanceof Error ? error.message : String(error))
  }
}

/** Runs an action when the time is over or the signal fires. */
function whenOverdue(timeoutMs: number, signal: AbortSignal, act: (loss: AnswerLost) => void): Disposable {
  const interrupted = () => act(new AnswerLost('interrupted', 'interrupted before the answer came'))
  const timer = setTimeout(
    () => act(new AnswerLost('hung', `no answer within ${timeoutMs / 1000} s`)),
    timeoutMs,
  )
  if (signal.aborted) interrupted()
  signal.addEventListener('abort', interrupted, { once: true })
  return {
    [Symbol.dispose]() {
      clearTimeout(timer)
      signal.removeEventListener('abort', interrupted)
    },
  }
}

export function startChild(options: ChildOptions): Child {
  const { program, environment, signal, hide = (text) => text } = options
  const shell = new Shell({
    executable: program,
    executableOptions: { '-NoProfile': true, '-NonInteractive': true },
    spawnOptions: { env: { ...environment } },
    throwOnInvocationError: false,
  })
  silence(shell)
  const child = processOf(shell)
  unreference(child)
  let stderr = ''
  shell.streams.stderr.on('data', (chunk: unknown) => {
    stderr = `${stderr}${String(chunk)}`.slice(0, keptOfStderr)
  })
  let loss: AnswerLost | undefined
  const ended = lossOf(child, () => hide(stderr)).then((found) => {
    loss ??= found
    return loss
  })

  async function answer(line: string): Promise<string> {
    stderr = ''
    const { stdout } = await shell.invoke(line)
    // A process that ends in the middle of a command looks like one that answered nothing.
    if (stdout === undefined) throw await ended
    return stdout.toString('utf8')
  }

  async function failing(): Promise<never> {
    throw await ended
  }

  return {
    async run(line, timeoutMs) {
      if (loss !== undefined) throw loss
      const overdue = Promise.withResolvers<never>()
      using _ = whenOverdue(timeoutMs, signal, (found) => {
        loss ??= found
        child.kill('SIGKILL')
        overdue.reject(found)
      })
      try {
        return await Promise.race([answer(line).catch(failing), failing(), overdue.promise])
      } finally {
        // The library would keep every command and all of its output.
        shell.history.length = 0
      }
    },

    isAlive: () => loss === undefined,

    async end() {
      loss ??= new AnswerLost('died', 'the PowerShell process was ended')
      child.stdin?.end()
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await ended
      clearTimeout(timer)
    },
  }
}
