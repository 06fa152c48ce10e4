import * as z from 'zod'
import { ServiceError } from '../../src/model/errors.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object of an answer, with all that stands in it. */
export const jsonObject = z.custom<JsonObject>(isObject)

/** Reads a value by its schema. Throws a ServiceError when it is of another form. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, tried: string): T {
  const { data } = schema.safeParse(value)
  if (data === undefined) throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  return data
}

/** A property as text; undefined when it is anything else, or empty. */
export function textOf(object: JsonObject, property: string): string | undefined {
  const value = object[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** A property as a list; empty when it is anything else. */
export function listOf(object: JsonObject, property: string): readonly Json[] {
  const value = object[property]
  return value !== undefined && isList(value) ? value : []
}

/** A property as an object; empty when it is anything else. */
export function objectOf(object: JsonObject, property: string): JsonObject {
  const value = object[property]
  return isObject(value) ? value : {}
}

/** The objects of a list. */
export function objectsOf(object: JsonObject, property: string): readonly JsonObject[] {
  return listOf(object, property).filter(isObject)
}

/** JSON text with its keys in order: two values are the same exactly when their texts are. */
export function ordered(value: Json): string {
  return JSON.stringify(value, (_key, inner: Json) => {
    if (!isObject(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
