import type { World } from '../../support/world.ts'

/** One command line that is wrong, or that meets something wrong. */
export interface Case {
  readonly name: string
  readonly args: (world: World) => readonly string[]
  readonly env?: (world: World) => Record<string, string>
  readonly prepare?: (world: World) => void
  /** What the message must name. */
  readonly says: RegExp
  readonly exitCode?: number
  /** The command line itself could not be read, so no JSON was asked for. */
  readonly noSummary?: true
}

export const where = ['--platform', 'm365-inline', '--region', 'eu']

export const dry = () => ['run', ...where, '--dry-run']
