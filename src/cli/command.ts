import type { Readable, Writable } from 'node:stream'
import type { Clock } from '../model/clock.ts'
import type { OptionName } from './options.ts'

/** What a command was called with, as typed: values are checked by each handler's schema. */
export interface Input {
  readonly arguments: readonly string[]
  readonly options: Readonly<Partial<Record<OptionName, unknown>>>
}

/** The world as a command sees it; nothing else is global. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly home: string
  readonly platform: NodeJS.Platform
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** Whether a person sits there: both ends are a terminal. */
  readonly isTerminal: boolean
  readonly columns: number
  /** Program and arguments that start this program again, for the sandbox in the background. */
  readonly entry: readonly string[]
  /** Fires when the operator stops the program: nothing new is begun. */
  readonly stopping: AbortSignal
  /** Fires a few seconds later: calls in flight are left. */
  readonly leaving: AbortSignal
  /** Tests hand in a clock; by default it is the machine's or the sandbox's. */
  readonly clock?: Clock
}

interface ArgumentSpec {
  /** 'run' */
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly values?: readonly string[]
}

/** A command as data. The handler is loaded when it is called, so that help and version load nothing. */
export interface Command {
  /** 'run', 'sandbox start' */
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly arguments?: readonly ArgumentSpec[]
  readonly options: readonly OptionName[]
  readonly examples: readonly string[]
  /** Not listed in the help. */
  readonly hidden?: true
  /** Answers the exit code. */
  handle(input: Input, context: Context): Promise<number>
}
