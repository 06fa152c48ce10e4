import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { isObject } from '../json.ts'
import { AnswerLost } from './answer-lost.ts'
import { type Child, type ChildOptions, startChild } from './child.ts'
import { type CommandFailure, findEnvelope } from './envelope.ts'
import { childEnvironment } from './environment.ts'
import { engineVersion, firstLine } from './first-line.ts'
import { type Request, requestLine } from './runner.ts'

export interface SessionOptions extends Omit<ChildOptions, 'environment' | 'hide'> {
  /** What the child inherits, without what looks like a secret. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A value that the child finds in its environment once, and that no text may show. */
  readonly secret?: { readonly variable: string; readonly value: string }
}

interface Command extends Omit<Request, 'id'> {
  /** What this is done for, as a phrase. */
  readonly tried: string
  readonly timeoutMs: number
}

/** What a command gave. A failure is its own word; a lost answer is thrown. */
export interface CommandAnswer {
  readonly items: readonly JsonObject[]
  readonly warnings: readonly string[]
  readonly failure: CommandFailure | undefined
}

/** A PowerShell process that answers requests. A lost answer ends it for good. */
export interface Session {
  /** The version of the engine, '7.6.1'. */
  readonly engine: string
  /** Throws a ServiceError when there is no answer: what the command did is then unknown. */
  run(command: Command): Promise<CommandAnswer>
  isAlive(): boolean
  end(): Promise<void>
}

const startTimeoutMs = 60_000

/** Starts a process and waits for its first answer. Throws AnswerLost when it is none that answers. */
export async function startSession(options: SessionOptions): Promise<Session> {
  const { program, signal, secret } = options
  const environment = childEnvironment(options.environment)
  if (secret !== undefined) environment[secret.variable] = secret.value
  const hide = (text: string) => (secret === undefined ? text : text.replaceAll(secret.value, '[token]'))
  const child = startChild({ program, environment, signal, hide })
  const engine = await firstAnswer(child)

  async function send({ tried, timeoutMs, ...request }: Command): Promise<CommandAnswer> {
    const id = randomUUID()
    const output = await child.run(requestLine({ ...request, id }), timeoutMs)
    const envelope = findEnvelope(output, id, hide)
    if (envelope === undefined || !(envelope.ok || envelope.failure !== null)) {
      await child.end()
      throw new AnswerLost('died', 'an answer that cannot be read')
    }
    const { data, warnings, failure } = envelope
    return { items: data.filter(isObject), warnings, failure: failure ?? undefined }
  }

  return {
    engine,
    async run(command) {
      try {
        return await send(command)
      } catch (error) {
        if (!(error instanceof AnswerLost)) throw error
        throw new ServiceError({ tried: command.tried, said: error.message })
      }
    },
    isAlive: child.isAlive,
    end: child.end,
  }
}

async function firstAnswer(child: Child): Promise<string> {
  const output = await child.run(firstLine(process.pid), startTimeoutMs)
  const version = engineVersion(output)
  if (version !== undefined) return version
  await child.end()
  throw new AnswerLost('missing', 'it does not answer as PowerShell does')
}
