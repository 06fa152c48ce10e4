import { constants } from 'node:fs'
import { access, mkdir, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getSystemErrorMessage } from 'node:util'
import { type Problem, UsageError } from '../../model/errors.ts'

/** SQLite keeps these beside the file while it is in use, with the rights of the file. */
const companions = ['-wal', '-shm'] as const

/**
 * Makes folder and file, for their owner alone, before SQLite sees them, and returns the file's path.
 * Throws a UsageError when they cannot be written or others may read them (rights are not looked at on Windows).
 */
export async function prepareFile(folder: string): Promise<string> {
  const path = join(folder, 'journal.sqlite')
  await orUsage(folderProblem(folder), async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK | constants.X_OK)
  })
  await refuseOthers(folder, 0o700)
  await orUsage(fileProblem(path), () => makeUnlessThere(path))
  await refuseOthers(path, 0o600)
  for (const companion of companions) await refuseOthers(path + companion, 0o600)
  return path
}

async function makeUnlessThere(path: string): Promise<void> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  await file.close()
}

async function refuseOthers(path: string, wanted: number): Promise<void> {
  if (process.platform === 'win32') return
  const mode = (await orUsage(fileProblem(path), () => stat(path).catch(undefinedWhenGone)))?.mode
  if (mode === undefined || (mode & 0o077) === 0) return
  throw new UsageError({
    tried: `use ${path}`,
    said: `others than its owner may use it (mode ${(mode & 0o777).toString(8).padStart(4, '0')})`,
    hint: `It holds backups of what is removed. Run: chmod ${wanted.toString(8)} "${path}"`,
  })
}

function undefinedWhenGone(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

function folderProblem(folder: string): Problem {
  return {
    tried: `use the state folder ${folder}`,
    hint: 'Name a folder that you may write with --state-dir or OFFBOARD_STATE_DIR.',
  }
}

function fileProblem(path: string): Problem {
  return { tried: `open the journal ${path}`, hint: 'Give yourself the right to read and write it.' }
}

/** Turns a refusal of the operating system into a UsageError. */
async function orUsage<T>(problem: Problem, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Error && 'errno' in error && typeof error.errno === 'number')) throw error
    throw new UsageError({
      ...problem,
      said: getSystemErrorMessage(error.errno) ?? error.message,
      cause: error,
    })
  }
}
