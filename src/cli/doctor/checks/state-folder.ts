import { constants, type Stats } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stateDirOf } from '../../state.ts'
import { type Answer, type DoctorCheck, missing, ok } from '../check.ts'

const elsewhere = 'Name a folder that you may write with --state-dir or OFFBOARD_STATE_DIR.'

interface Found {
  readonly path: string
  readonly stats: Stats
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** The path itself, or the nearest folder above it that is there. */
async function nearest(path: string): Promise<Found> {
  try {
    return { path, stats: await stat(path) }
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error)) || dirname(path) === path) throw error
    return nearest(dirname(path))
  }
}

/** The rights that let others in, as `chmod` writes them; undefined when there are none. */
function openRights({ mode }: Stats, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32' || (mode & 0o077) === 0) return undefined
  return (mode & 0o777).toString(8).padStart(4, '0')
}

/** Whether a folder can be used as it is, or be made. Makes and writes nothing. */
async function checkFolder(folder: string, platform: NodeJS.Platform): Promise<Answer> {
  try {
    const { path, stats } = await nearest(folder)
    if (!stats.isDirectory()) return missing(`${path} is not a folder`, elsewhere)
    await access(path, constants.W_OK | constants.X_OK)
    if (path !== folder) return ok(`${folder}; not there yet, and can be made`)
    const rights = openRights(stats, platform)
    if (rights === undefined) return ok(folder)
    return missing(
      `others than its owner may use ${folder} (mode ${rights})`,
      `It holds backups of what is removed. Run: chmod 700 "${folder}"`,
    )
  } catch (error) {
    return missing(`${folder} cannot be used (${codeOf(error)})`, elsewhere)
  }
}

export const stateFolderCheck: DoctorCheck = {
  id: 'state-folder',
  title: 'State folder',
  required: true,
  needs: [],
  look: async ({ options, environment, context }) =>
    checkFolder(stateDirOf(options, environment, context, true), context.platform),
}
