import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from '../model/plan.ts'
import { planFromText, planToText } from '../plan/file.ts'

/** How many of the latest are kept. */
const most = 50

function folderOf(stateDir: string): string {
  return join(stateDir, 'plans')
}

async function dropOldest(folder: string): Promise<void> {
  const files = await readdir(folder)
  if (files.length <= most) return
  const dated = await Promise.all(
    files.map(async (file) => ({ file, at: (await stat(join(folder, file))).mtimeMs })),
  )
  const old = dated.toSorted((a, b) => b.at - a.at).slice(most)
  await Promise.all(old.map(({ file }) => rm(join(folder, file), { force: true })))
}

/**
 * Keeps the plan of a dry run beside the journal, so that a later `--plan-hash` that is refused can show what is
 * different. A convenience: where it cannot be kept, nothing else suffers.
 */
export async function keepPlan(plan: Plan, stateDir: string): Promise<void> {
  const folder = folderOf(stateDir)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(join(folder, `${plan.hash}.json`), planToText(plan), { mode: 0o600 })
    await dropOldest(folder)
  } catch {
    // The hash alone still approves.
  }
}

/** The plan of an earlier dry run with this hash; undefined when it is not kept here, or not as it was. */
export async function findKeptPlan(hash: string, stateDir: string): Promise<Plan | undefined> {
  const path = join(folderOf(stateDir), `${hash}.json`)
  try {
    return planFromText(await readFile(path, 'utf8'), path)
  } catch {
    return undefined
  }
}
