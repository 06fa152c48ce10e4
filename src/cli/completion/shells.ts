import { UsageError } from '../../model/errors.ts'
import { fold } from '../../model/name.ts'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import type { Grammar } from './grammar.ts'
import { nearest } from './nearest.ts'
import { powershellScript } from './powershell.ts'
import { zshScript } from './zsh.ts'

/** The shells that a script can be made for. */
export const shells = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
} as const satisfies Record<string, (grammar: Grammar) => string>

type Shell = keyof typeof shells

function isShell(name: string): name is Shell {
  return Object.hasOwn(shells, name)
}

/** Other names of the same shells. */
const aliases: ReadonlyMap<string, Shell> = new Map([
  ['pwsh', 'powershell'],
  ['sh', 'bash'],
])

/** The shell of this name. A UsageError suggests one that is meant. */
export function findShell(text: string): Shell {
  const name = fold(text)
  if (isShell(name)) return name
  const known = Object.keys(shells)
  const meant = aliases.get(name) ?? nearest(name, known)
  throw new UsageError({
    tried: `make a completion script for "${text}"`,
    said: 'that shell is not known',
    hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}Known: ${known.join(', ')}.`,
  })
}
