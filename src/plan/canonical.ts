import { createHash } from 'node:crypto'
import type { Json } from '../model/json.ts'

/** JSON with the keys of every object in order, so that equal values have equal text. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256 over the canonical text, hex. */
export function digest(value: Json): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}
