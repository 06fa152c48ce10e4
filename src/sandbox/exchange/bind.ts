import type { Json, JsonObject } from '../../model/json.ts'
import { errorTypes, Refusal } from './errors.ts'
import { findCmdlet, signatureOf } from './signatures.ts'
import { convertValue } from './value-types.ts'

/** A command as it is run: names as documented, values of the right types. */
export interface BoundCommand {
  readonly cmdlet: string
  readonly parameters: JsonObject
}

function describe(value: Json): string {
  if (Array.isArray(value)) return 'System.Object[]'
  return typeof value === 'object' ? 'Newtonsoft.Json.Linq.JObject' : JSON.stringify(value)
}

function bindOne(
  name: string,
  value: Json,
  signature: Readonly<Record<string, string>>,
): readonly [string, Json] {
  const known = Object.keys(signature).find((candidate) => candidate.toLowerCase() === name.toLowerCase())
  if (known === undefined)
    throw new Refusal(
      errorTypes.binding,
      `A parameter cannot be found that matches parameter name '${name}'.`,
    )
  const type = (signature[known] ?? '').replace('!', '')
  const bound = convertValue(type, value)
  if (bound === undefined)
    throw new Refusal(
      errorTypes.transformation,
      `Cannot process argument transformation on parameter '${known}'. Cannot convert value ${describe(value)} to type "${type}".`,
    )
  return [known, bound]
}

/** Binds a command to its signature, as strictly as the service does. Throws a Refusal. */
export function bindCommand(name: string, given: JsonObject): BoundCommand {
  const cmdlet = findCmdlet(name)
  if (cmdlet === undefined)
    throw new Refusal(
      errorTypes.unknownCmdlet,
      `The term '${name}' is not recognized as the name of a cmdlet.`,
    )
  const signature = signatureOf(cmdlet)
  const parameters = Object.fromEntries(
    Object.entries(given).map(([key, value]) => bindOne(key, value, signature)),
  )
  const missing = Object.entries(signature)
    .filter(([key, type]) => type.endsWith('!') && (parameters[key] ?? null) === null)
    .map(([key]) => key)
  if (missing.length > 0)
    throw new Refusal(
      errorTypes.binding,
      `Cannot process command because of one or more missing mandatory parameters: ${missing.join(' ')}.`,
    )
  return { cmdlet, parameters }
}
