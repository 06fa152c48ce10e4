import type { JsonObject } from '../../src/model/json.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { agelessDirectory, directoryBytes } from './directory.ts'

/** Numbers that close up by themselves, and what the service stamps. */
const stamped: ReadonlySet<string> = new Set(['Priority', 'WhenChanged', 'WhenChangedUTC', 'LastModifiedBy'])

export function idOf(object: JsonObject): string {
  return String(object.Guid ?? object.Identity ?? object.Name ?? object.DomainName ?? JSON.stringify(object))
}

/** What the service gives to an object that it makes. */
const born: ReadonlySet<string> = new Set([
  'WhenCreated',
  'WhenCreatedUTC',
  'Guid',
  'ImmutableId',
  'ExchangeObjectId',
])

export function bytes(object: JsonObject): string {
  return JSON.stringify(Object.entries(object).filter(([name]) => !stamped.has(name)))
}

/** All objects of a tenant by name, as their bytes, whenever they were made. */
export function ageless(view: SandboxView): ReadonlyMap<string, string> {
  const objects = Object.entries(view.objects).map(([kind, list]) => [
    kind,
    list.map((object) => Object.fromEntries(Object.entries(object).filter(([name]) => !born.has(name)))),
  ])
  return new Map([...mailBytes({ objects: Object.fromEntries(objects) }), ...agelessDirectory(view)])
}

/** The ids of what is not the same in both. */
export function unlike(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((id) => one.get(id) !== other.get(id))
}

function mailBytes({ objects }: Pick<SandboxView, 'objects'>): readonly (readonly [string, string])[] {
  return Object.entries(objects).flatMap(([kind, list]) =>
    list.map((object) => [`${kind} ${idOf(object)}`, bytes(object)] as const),
  )
}

/** All objects of a tenant by id, each as its bytes, priority numbers aside, and in their order. */
export function objectBytes(view: SandboxView): ReadonlyMap<string, string> {
  return new Map([...mailBytes(view), ...directoryBytes(view)])
}

/** The names of all rules, first to last. */
export function ruleOrder(view: SandboxView): readonly string[] {
  const rules = view.objects['transport-rule'] ?? []
  return rules.toSorted((a, b) => Number(a.Priority) - Number(b.Priority)).map((rule) => String(rule.Name))
}

/** What of `before` is no longer there or is no longer the same, by id. */
export function differences(before: SandboxView, after: SandboxView): readonly string[] {
  const now = objectBytes(after)
  return [...objectBytes(before)].filter(([id, text]) => now.get(id) !== text).map(([id]) => id)
}
