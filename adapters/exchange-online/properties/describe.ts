import type { Json, JsonObject } from '../../../src/model/json.ts'
import { entries, normalise, parameter } from './forms.ts'
import { type Property, type PropertyTable, propertyOf, type Use } from './table.ts'

/** A property that is set, with its value in its one spelling. */
export interface SetProperty extends Property {
  readonly name: string
  readonly value: Json
}

function isUnset({ unset }: { readonly unset?: readonly Json[] | undefined }, value: Json): boolean {
  return unset?.some((candidate) => candidate === value) === true
}

/** The properties of an object that are set and not the service's own, by name. */
export function setProperties(table: PropertyTable, object: JsonObject): readonly SetProperty[] {
  const names = Object.keys(object).sort()
  return names.flatMap((name) => {
    const property = propertyOf(table, name)
    const value = property.use === 'derived' ? undefined : normalise(property.form, object[name])
    return value === undefined || isUnset(property, value) ? [] : [{ ...property, name, value }]
  })
}

/** What of an object an administrator could write, in one spelling: the base of fingerprints. */
export function writable(table: PropertyTable, object: JsonObject): JsonObject {
  const shown = setProperties(table, object).filter(({ use }) => use !== 'stamp')
  return Object.fromEntries(shown.map(({ name, value }) => [name, value]))
}

/** The parameters that would give a new object these properties. */
export function parameters(table: PropertyTable, object: JsonObject, uses: readonly Use[]): JsonObject {
  const sent = [...table].flatMap(([name, { use, form, unset }]): readonly [string, Json][] => {
    const value = object[name]
    if (!uses.includes(use) || value === undefined || value === null) return []
    const normal = normalise(form, value)
    if (normal === undefined) return use === 'explicit' ? [[name, false]] : []
    return isUnset({ unset }, normal) ? [] : [[name, parameter(form, value)]]
  })
  return Object.fromEntries(sent)
}

/** Reasons why the properties themselves stand against making the object again. */
export function obstacles(table: PropertyTable, object: JsonObject): readonly string[] {
  return setProperties(table, object).flatMap(({ name, use, value }) => {
    if (use === 'unsendable') return [`Its property ${name} is set, and no cmdlet takes that.`]
    if (entries(value).some(isRedacted))
      return [`The service has hidden the content of its property ${name}.`]
    return []
  })
}

/** Sessions that may not see personal data get a placeholder. */
function isRedacted(text: string): boolean {
  return /[<[]\s*redacted/i.test(text)
}

/** Two properties that only work together: `follower` needs `lead`, and in a `pair` each needs the other. */
export interface Companions {
  readonly lead: string
  readonly follower: string
  readonly pair: boolean
}

export function halves(companions: readonly Companions[], names: ReadonlySet<string>): readonly string[] {
  return companions.flatMap(({ lead, follower, pair }) => {
    if (names.has(follower) && !names.has(lead)) return [`It has ${follower} without ${lead}.`]
    return pair && names.has(lead) && !names.has(follower) ? [`It has ${lead} without ${follower}.`] : []
  })
}
