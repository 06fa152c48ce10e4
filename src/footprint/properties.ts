import type { Json } from '../model/json.ts'
import type { TenantObject } from '../model/resource.ts'

/** The strings of a property that may be a string, a list, null or absent. */
export function strings(object: TenantObject, property: string): readonly string[] {
  const value = object.properties[property]
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value))
    return value.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
  return []
}

/** The text of a property, or undefined when it is empty, null or absent. */
export function text(object: TenantObject, property: string): string | undefined {
  const value = object.properties[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number that the service may send as a number or as text. */
export function number(object: TenantObject, property: string): number | undefined {
  const value = object.properties[property]
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined
}

export function flag(object: TenantObject, property: string): boolean {
  return object.properties[property] === true
}

/** Every piece of text in a value, with the name of the property that holds it. */
export function* leaves(value: Json, property = ''): Generator<{ property: string; text: string }> {
  if (typeof value === 'string') yield { property, text: value }
  else if (Array.isArray(value)) for (const entry of value) yield* leaves(entry, property)
  else if (value !== null && typeof value === 'object')
    for (const [name, entry] of Object.entries(value)) yield* leaves(entry, property || name)
}
