import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'

const longestStartMs = 30_000

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Its holder has died, or has held it longer than any start takes. */
function isStale(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs
    const pid = Number(readFileSync(file, 'utf8'))
    return age > longestStartMs || (Number.isInteger(pid) && pid > 0 && !isAlive(pid))
  } catch {
    return false
  }
}

/** Takes the lock, which is a file that only one can make; undefined while somebody else has it. */
export function tryLock(file: string): { release(): void } | undefined {
  if (isStale(file)) rmSync(file, { force: true })
  try {
    const descriptor = openSync(file, 'wx', 0o600)
    writeSync(descriptor, String(process.pid))
    closeSync(descriptor)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  }
  return { release: () => rmSync(file, { force: true }) }
}
