import { UsageError } from '../../model/errors.ts'
import type { Json } from '../../model/json.ts'
import { guidOf } from './ids.ts'
import { type Kind, type SandboxState, type StoredObject, sandboxNow } from './state.ts'

/** The object of this name or id. Throws a UsageError when there is none. */
export function objectNamed(state: SandboxState, kind: Kind, name: string): StoredObject {
  const found = state.objects[kind].find((object) => object.name === name || object.guid === name)
  if (found !== undefined) return found
  throw new UsageError({ tried: `find the ${kind} "${name}" in the sandbox's tenant`, said: 'there is none' })
}

/** Sets properties of an object; null puts one back to its default. */
export function setProperties(
  state: SandboxState,
  object: StoredObject,
  changes: Readonly<Record<string, Json>>,
): void {
  const all = Object.entries({ ...object.properties, ...changes }).filter(([, value]) => value !== null)
  object.properties = Object.fromEntries(all)
  object.changedAt = sandboxNow(state).toISOString()
}

/** Makes an object with an id of its own, at this place or last. */
export function insertObject(
  state: SandboxState,
  kind: Kind,
  object: { readonly name: string; readonly properties: Readonly<Record<string, Json>> },
  place = state.objects[kind].length,
): void {
  state.serial += 1
  const at = sandboxNow(state).toISOString()
  state.objects[kind].splice(place, 0, {
    guid: guidOf(`${state.scenario} ${kind} ${object.name} ${state.serial}`),
    name: object.name,
    createdAt: at,
    changedAt: at,
    properties: { ...object.properties },
  })
}

export function deleteObject(state: SandboxState, kind: Kind, name: string): void {
  const objects = state.objects[kind]
  objects.splice(objects.indexOf(objectNamed(state, kind, name)), 1)
}
