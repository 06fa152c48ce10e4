import { isAbsolute, join, resolve } from 'node:path'
import { UsageError } from '../model/errors.ts'
import type { Environment } from './variables.ts'

export interface StateFolderInput {
  /** `--state-dir`. */
  readonly option?: string | undefined
  readonly environment: Environment
  /** The process's environment, for the system's own names. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The home folder. */
  readonly home: string
  readonly cwd: string
  /** A run that writes: in CI, where folders do not last, it must be told where its journal goes. */
  readonly requireExplicit: boolean
}

/** The absolute path of the folder for journal and backups. It is not made here. */
export function stateFolder(input: StateFolderInput): string {
  const given = input.option || input.environment.OFFBOARD_STATE_DIR
  if (given) return resolve(input.cwd, given)
  if (input.requireExplicit && isCi(input.env)) {
    throw new UsageError({
      tried: 'find the state folder',
      said: 'CI is set, and a folder that is not kept would lose journal and backups',
      hint: 'Give --state-dir or OFFBOARD_STATE_DIR, a folder that outlives the job.',
    })
  }
  return join(systemFolder(input), 'offboard')
}

function systemFolder({ env, platform, home }: StateFolderInput): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  // The XDG specification says that a relative path is to be ignored.
  const xdg = env.XDG_STATE_HOME
  return xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'state')
}

function isCi({ CI }: StateFolderInput['env']): boolean {
  return CI !== undefined && CI !== '' && CI !== 'false'
}
