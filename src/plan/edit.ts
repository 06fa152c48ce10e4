import type { Json, JsonObject } from '../model/json.ts'
import type { Edit } from '../model/resource.ts'
import { canonical } from './canonical.ts'

function entries(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** The edit that takes an edit back. */
export function reverse(edit: Edit): Edit {
  if (edit.kind === 'set') return { ...edit, from: edit.to, to: edit.from }
  return { ...edit, kind: edit.kind === 'add-entry' ? 'remove-entry' : 'add-entry' }
}

/** Whether the properties are as the edit leaves them. */
export function isInEffect(edit: Edit, properties: JsonObject): boolean {
  const value = properties[edit.property]
  if (edit.kind === 'set') return canonical(value ?? null) === canonical(edit.to)
  return entries(value).includes(edit.entry) === (edit.kind === 'add-entry')
}

/** The properties as the edit leaves them. */
export function applyEdit(edit: Edit, properties: JsonObject): JsonObject {
  const value = properties[edit.property]
  if (edit.kind === 'set') return { ...properties, [edit.property]: edit.to }
  const others = entries(value).filter((entry) => entry !== edit.entry)
  return { ...properties, [edit.property]: edit.kind === 'add-entry' ? [...others, edit.entry] : others }
}

/** The properties as several edits leave them. */
export function applyEdits(edits: readonly Edit[], properties: JsonObject): JsonObject {
  return edits.reduce((edited, edit) => applyEdit(edit, edited), properties)
}
