import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { ServiceError, UsageError } from '../../model/errors.ts'
import { createSandboxControl } from '../control/client.ts'
import type { SandboxEndpoints } from '../endpoints.ts'
import { findScenario } from '../scenarios/find.ts'
import { writeWhole } from '../tenant/store.ts'
import { filesIn, readRunning, type ServeOptions, takeFailure } from './files.ts'
import { tryLock } from './lock.ts'

const longestStartMs = 20_000
const pollMs = 25
const answerMs = 2000

export interface EnsureOptions extends ServeOptions {
  /** The program and its arguments that end up calling `serveSandbox` for this folder. */
  readonly entry: readonly string[]
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const said = cause instanceof Error && 'code' in cause ? String(cause.code) : 'it cannot be made'
    throw new UsageError({
      tried: `make the folder ${folder}`,
      said,
      hint: 'Give --state-dir a folder that you may write to.',
    })
  }
}

/** Where the folder's sandbox answers; undefined when it does not. */
async function findRunning(folder: string): Promise<SandboxEndpoints | undefined> {
  const running = readRunning(folder)
  if (running === undefined) return undefined
  try {
    const response = await fetch(`${running.endpoints.controlUrl}/key`, {
      signal: AbortSignal.timeout(answerMs),
    })
    const key = await response.text()
    return response.ok && key === JSON.stringify({ key: running.key }) ? running.endpoints : undefined
  } catch {
    return undefined
  }
}

/** Starts a process that lives on after this one; tells when it has ended. */
function launch(entry: readonly string[]): { hasEnded(): boolean } {
  const [program = '', ...args] = entry
  let ended = false
  const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true })
  const end = (): void => {
    ended = true
  }
  child.on('error', end)
  child.on('exit', end)
  child.unref()
  return { hasEnded: () => ended }
}

async function start(
  folder: string,
  { entry, ...wanted }: EnsureOptions,
  deadline: number,
): Promise<SandboxEndpoints> {
  if (wanted.scenario !== undefined) findScenario(wanted.scenario)
  writeWhole(filesIn(folder).wanted, JSON.stringify(wanted))
  takeFailure(folder)
  const child = launch(entry)
  while (Date.now() < deadline) {
    await pause(pollMs)
    const endpoints = await findRunning(folder)
    if (endpoints !== undefined) return endpoints
    if (child.hasEnded()) break
  }
  const said = takeFailure(folder) ?? (child.hasEnded() ? 'it ended at once' : 'it does not answer')
  throw new ServiceError({ tried: `start the sandbox in ${folder}`, said })
}

/**
 * The endpoints of the folder's sandbox, which is started as a process in the background when none answers. Safe when
 * several call it at once. Throws a ServiceError when it cannot be
 * started, a UsageError for an unknown scenario.
 */
export async function ensureSandbox(folder: string, options: EnsureOptions): Promise<SandboxEndpoints> {
  makeFolder(folder)
  const deadline = Date.now() + longestStartMs
  while (Date.now() < deadline) {
    const running = await findRunning(folder)
    if (running !== undefined) return running
    const lock = tryLock(filesIn(folder).lock)
    if (lock !== undefined) {
      try {
        return (await findRunning(folder)) ?? (await start(folder, options, deadline))
      } finally {
        lock.release()
      }
    }
    await pause(pollMs)
  }
  throw new ServiceError({
    tried: `start the sandbox in ${folder}`,
    said: 'another start is under way and does not end',
  })
}

/** Ends the folder's sandbox. Its state stays. Whether there was one. */
export async function stopSandbox(folder: string): Promise<boolean> {
  const running = await findRunning(folder)
  if (running === undefined) return false
  await createSandboxControl(running.controlUrl).stop()
  const deadline = Date.now() + longestStartMs
  while (Date.now() < deadline && (await findRunning(folder)) !== undefined) await pause(pollMs)
  return true
}
