import type { Json, JsonObject } from '../../src/model/json.ts'

/** A property as text; undefined when it is anything else, or empty. */
export function textOf(object: JsonObject, property: string): string | undefined {
  const value = object[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const sidecar = /@odata\./

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** The value without what the transport says of it (`@odata.context`, `name@odata.type`), at any depth. */
function bareValue(value: Json): Json {
  if (isList(value)) return value.map(bareValue)
  return typeof value === 'object' && value !== null ? bare(value) : value
}

/** The object without what the transport says of it, at any depth. */
export function bare(object: JsonObject): JsonObject {
  const entries = Object.entries(object).filter(([name]) => !sidecar.test(name))
  return Object.fromEntries(entries.map(([name, value]) => [name, bareValue(value)]))
}
