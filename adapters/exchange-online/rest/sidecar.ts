import type { Json, JsonObject } from '../../../src/model/json.ts'

/** `Name@odata.type`, `Name@data.type`, `@odata.id`: what the transport says of a value, not part of it. */
const sidecar = /@(?:odata|data)\./

function isMember(value: unknown): value is object {
  return value !== null && typeof value === 'object'
}

/** A parsed JSON value without the transport's keys, at any depth. */
function withoutSidecars(value: unknown): Json {
  if (Array.isArray(value)) return value.map(withoutSidecars)
  if (isMember(value)) return stripSidecars(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** An object as the service holds it: every property but the transport's. */
export function stripSidecars(object: object): JsonObject {
  const members = Object.entries(object).filter(([name]) => !sidecar.test(name))
  return Object.fromEntries(members.map(([name, value]) => [name, withoutSidecars(value)]))
}
