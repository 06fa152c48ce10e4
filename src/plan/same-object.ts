import type { JsonObject } from '../model/json.ts'
import { canonical } from './canonical.ts'

/** An object as it was, or is: by its name, and by what of it could be written. */
interface Known {
  readonly name: string
  readonly writable: JsonObject
}

/**
 * Whether two are one object, of which one has no id yet. Its name tells, in any case of its letters, or what its kind
 * says is `identifying`: where anybody may give a thing any name.
 */
export function isSameObject(one: Known, other: Known, identifying: readonly string[] | undefined): boolean {
  if (identifying === undefined) return one.name.toLowerCase() === other.name.toLowerCase()
  return identifying.every(
    (property) => canonical(one.writable[property] ?? null) === canonical(other.writable[property] ?? null),
  )
}
