import type { JsonObject } from '../../model/json.ts'
import type { SandboxState } from '../tenant/state.ts'

/** Something that a person does in a console. */
export interface Act {
  /** One line; arguments in braces, with what they are when left out. */
  readonly description: string
  run(state: SandboxState, args: JsonObject): void
}

/** An argument as text, or what it is when left out. */
export function argument(args: JsonObject, name: string, otherwise: string): string {
  const value = args[name]
  return typeof value === 'string' ? value : otherwise
}

/** The texts of a list that a property or an argument holds. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}
