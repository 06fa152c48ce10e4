import { randomUUID } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { type Sandbox, startSandbox } from '../start.ts'
import { writeWhole } from '../tenant/store.ts'
import { filesIn, type Running, readRunning, readWanted, type ServeOptions } from './files.ts'

const idleMs = 15 * 60_000
const watchMs = 1000
/** The answer to the request that ends the sandbox goes out first. */
const farewellMs = 50

function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
}

/** The port of before, so that endpoints that were noted down stay true; any other when it is taken. */
async function startAgain(
  folder: string,
  options: ServeOptions,
  hooks: Parameters<typeof startSandbox>[1],
): Promise<Sandbox> {
  const stateFile = filesIn(folder).state
  const before = readRunning(folder)
  const port = options.port ?? (before === undefined ? 0 : Number(new URL(before.endpoints.controlUrl).port))
  try {
    return await startSandbox({ ...options, port, stateFile }, hooks)
  } catch (error) {
    if (options.port !== undefined || port === 0) throw error
    return await startSandbox({ ...options, port: 0, stateFile }, hooks)
  }
}

async function serve(folder: string, options: ServeOptions): Promise<void> {
  let lastRequest = Date.now()
  const ended = Promise.withResolvers<void>()
  const hooks = {
    key: randomUUID(),
    onRequest: () => {
      lastRequest = Date.now()
    },
    onStop: () => setTimeout(ended.resolve, farewellMs),
  }
  const sandbox = await startAgain(folder, options, hooks)
  const running: Running = { pid: process.pid, key: hooks.key, endpoints: sandbox.endpoints }
  writeWhole(filesIn(folder).running, JSON.stringify(running))
  const watch = setInterval(() => {
    const isReplaced = readRunning(folder)?.key !== hooks.key
    if (isReplaced || !isThere(folder) || Date.now() - lastRequest > idleMs) ended.resolve()
  }, watchMs)
  await ended.promise
  clearInterval(watch)
  await sandbox.close()
}

/**
 * Runs a sandbox whose state is kept in the folder, until it is stopped, was not asked anything for a quarter of an
 * hour, or its folder is gone or has another sandbox. Goes on from the folder's state, whatever scenario and regions say. Without options,
 * those that `ensureSandbox` left in the folder hold. Why it failed is left there too, for the one who waits.
 */
export async function serveSandbox(folder: string, options: ServeOptions = {}): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    await serve(folder, { ...readWanted(folder), ...options })
  } catch (error) {
    if (isThere(folder))
      writeWhole(filesIn(folder).failure, error instanceof Error ? error.message : String(error))
    throw error
  }
}
