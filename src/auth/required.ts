import type { Environment, VariableName } from '../config/environment.ts'
import { UsageError } from '../model/errors.ts'
import type { AuthMethodId } from './method.ts'

/** The value of a variable that a method cannot do without; a UsageError when it is not set. */
export function required<Name extends VariableName>(
  environment: Environment,
  name: Name,
  auth: AuthMethodId,
): NonNullable<Environment[Name]> {
  const value = environment[name]
  if (value !== undefined) return value
  throw new UsageError({ tried: `use --auth ${auth}`, said: `${name} is not set`, hint: `Set ${name}.` })
}
