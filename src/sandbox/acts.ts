import { UsageError } from '../model/errors.ts'
import type { JsonObject } from '../model/json.ts'
import type { SandboxState } from './tenant/state.ts'

interface Act {
  readonly description: string
  run(state: SandboxState, args: JsonObject): void
}

/** What a person does in a console, by name. */
export const acts: Readonly<Record<string, Act>> = {}

/** Does it. Throws a UsageError when there is no such act, or the tenant has not what it needs. */
export function runAct(state: SandboxState, name: string, args: JsonObject): void {
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined
  if (act === undefined)
    throw new UsageError({
      tried: `act "${name}" in the sandbox`,
      said: 'there is no such act',
      hint: `Known: ${Object.keys(acts).join(', ')}.`,
    })
  act.run(state, args)
}
