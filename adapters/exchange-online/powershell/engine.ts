import * as z from 'zod'
import { ServiceError, UsageError } from '../../../src/model/errors.ts'
import { AnswerLost } from './answer-lost.ts'
import { connectError } from './failure.ts'
import { assertEngine, chooseModule, exchangeModule, installEngine, type ModuleFile } from './fit.ts'
import { type CommandAnswer, type Session, type SessionOptions, startSession } from './session.ts'

/** The longest wait for what is done on this machine, in milliseconds. */
export const localTimeoutMs = 60_000

/** A PowerShell and the module in it, which fit together. */
export interface Engine {
  readonly session: Session
  readonly module: ModuleFile
}

const moduleFile = z.looseObject({ Version: z.string(), Guid: z.string(), Path: z.string() })

/** The results of a command that must succeed. Throws the error that its failure is. */
export function succeeded(tried: string, { items, failure }: CommandAnswer): CommandAnswer['items'] {
  if (failure !== undefined) throw connectError(tried, failure)
  return items
}

async function start(options: SessionOptions): Promise<Session> {
  const tried = `start the PowerShell program "${options.program}"`
  try {
    return await startSession(options)
  } catch (error) {
    if (!(error instanceof AnswerLost)) throw error
    const problem = { tried, said: error.message }
    if (error.reason !== 'missing') throw new ServiceError(problem)
    throw new UsageError({ ...problem, hint: installEngine(process.platform) })
  }
}

async function findModule(session: Session): Promise<ModuleFile> {
  const tried = `find the module ${exchangeModule.name}`
  const answer = await session.run({
    tried,
    timeoutMs: localTimeoutMs,
    command: 'Get-Module',
    parameters: { ListAvailable: true, Name: exchangeModule.name },
    select: Object.keys(moduleFile.shape),
  })
  const found = z.array(moduleFile).parse(succeeded(tried, answer))
  const files = found.map(({ Version, Guid, Path }) => ({ version: Version, guid: Guid, path: Path }))
  return chooseModule(session.engine, files)
}

/**
 * Starts PowerShell and finds the module. Throws a UsageError that says what to install when one of them is
 * missing or they do not fit together.
 */
export async function startEngine(options: SessionOptions): Promise<Engine> {
  const session = await start(options)
  try {
    assertEngine(session.engine, options.program, process.platform)
    return { session, module: await findModule(session) }
  } catch (error) {
    await session.end()
    throw error
  }
}

/** Which PowerShell and which version of the module this machine would use. Throws as `startEngine` does. */
export async function examinePowerShell(
  options: Omit<SessionOptions, 'secret'>,
): Promise<{ readonly engine: string; readonly module: string }> {
  const { session, module } = await startEngine(options)
  await session.end()
  return { engine: session.engine, module: module.version }
}
