import { UsageError } from '../../model/errors.ts'
import { scenarios } from './index.ts'
import type { Scenario } from './scenario.ts'

/** The scenario of this name. Throws a UsageError when there is none. */
export function findScenario(name: string): Scenario {
  const known: Readonly<Record<string, Scenario>> = scenarios
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  if (found !== undefined) return found
  throw new UsageError({
    tried: `start the sandbox with the scenario "${name}"`,
    said: 'there is no such scenario',
    hint: `Known: ${Object.keys(known).join(', ')}.`,
  })
}
