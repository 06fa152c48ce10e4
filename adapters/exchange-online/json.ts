import type { Json, JsonObject } from '../../src/model/json.ts'

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A property as text; undefined when it is anything else, or empty. */
export function textOf(object: JsonObject, property: string): string | undefined {
  const value = object[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}
