import { expect } from 'vitest'
import type { Json, JsonObject } from '../../src/model/json.ts'
import type { Change, Plan } from '../../src/model/plan.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { bytes, differences, idOf, ruleOrder } from './customer.ts'
import { directoryByKey, directoryKey } from './directory.ts'

/** The sandbox's own names of kinds. */
const kinds: Readonly<Record<string, string>> = { 'connection-filter': 'connection-filter-policy' }

/** The cmdlets, and the requests to Graph, that may write for a change, by action and kind. */
const cmdlets: Readonly<Record<string, string>> = {
  'edit transport-rule': 'Disable-TransportRule',
  'edit connection-filter': 'Set-HostedConnectionFilterPolicy',
  'remove transport-rule': 'Remove-TransportRule',
  'remove inbound-connector': 'Remove-InboundConnector',
  'remove outbound-connector': 'Remove-OutboundConnector',
  'edit service-principal': 'PATCH servicePrincipals',
  'remove service-principal': 'DELETE servicePrincipals',
  'remove app-role-assignment': 'DELETE appRoleAssignedTo',
  'remove delegated-grant': 'DELETE oauth2PermissionGrants',
}

function keyOf({ system, kind, object }: Change): string {
  if (system === 'graph') return directoryKey(kind, object.guid)
  return `${kinds[kind] ?? kind} ${object.guid}`
}

function entriesOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function edited(before: JsonObject, after: JsonObject, { edit }: Change): readonly [string, Json][] {
  if (edit === undefined) return []
  const { property } = edit
  if (edit.kind === 'set') return after[property] === edit.to ? [[property, edit.to]] : []
  const gone = !entriesOf(after[property]).includes(edit.entry)
  return gone ? [[property, entriesOf(before[property]).filter((entry) => entry !== edit.entry)]] : []
}

/** The object with the planned edits made, as far as `after` has them: what else differs is not of the plan. */
function withEdits(before: JsonObject, after: JsonObject, changes: readonly Change[]): JsonObject {
  let object = before
  for (const change of changes)
    object = Object.assign({}, object, Object.fromEntries(edited(object, after, change)))
  return object === before ? before : { ...object, ...sizeOf(after) }
}

/** What the service counts by itself. */
function sizeOf({ Size }: JsonObject): JsonObject {
  return Size === undefined ? {} : { Size }
}

function byKey(view: SandboxView): ReadonlyMap<string, JsonObject> {
  const mail = Object.entries(view.objects).flatMap(([kind, objects]) =>
    objects.map((object) => [`${kind} ${idOf(object)}`, object] as const),
  )
  return new Map([...mail, ...directoryByKey(view)])
}

/**
 * Nothing differs in a byte but what the plan names, and there only what it says; nothing is new; the order of the
 * rules that are left is the same; and every write on the wire was one that the plan asks for.
 */
export function expectOnlyThePlan(before: SandboxView, after: SandboxView, plan: Plan): void {
  const changes = Map.groupBy(plan.changes, keyOf)
  const now = byKey(after)
  const then = byKey(before)
  for (const key of differences(before, after)) {
    const planned = changes.get(key) ?? []
    const [object, found] = [then.get(key) ?? {}, now.get(key)]
    const actions = planned.map(({ action }) => action)
    if (found === undefined) expect(actions, `${key} is gone`).toContain('remove')
    else expect(bytes(found), key).toBe(bytes(withEdits(object, found, planned)))
  }
  expect([...now.keys()].filter((key) => !then.has(key))).toEqual([])
  const left = new Set(ruleOrder(after))
  expect(ruleOrder(after)).toEqual(ruleOrder(before).filter((name) => left.has(name)))
  expectPlannedWrites(after, plan)
}

/** Whom a write was about: an identity of Exchange, or what the path of a request to Graph ends with. */
function aboutWhom({ Identity, path }: JsonObject): string {
  return typeof path === 'string' ? (path.split('/').at(-1) ?? '') : String(Identity)
}

/** Every write was about an object of the plan, with the cmdlet of its change, and was done once. */
function expectPlannedWrites({ writes }: SandboxView, plan: Plan): void {
  const asked = new Set(
    plan.changes.map(({ action, kind, object }) => `${cmdlets[`${action} ${kind}`]} ${object.guid}`),
  )
  const written = writes.map(({ cmdlet, parameters }) => `${cmdlet} ${aboutWhom(parameters)}`)
  expect(written.filter((write) => !asked.has(write))).toEqual([])
  expect(new Set(written).size, 'a write was repeated').toBe(written.length)
  const filter = writes.filter(({ cmdlet }) => cmdlet === 'Set-HostedConnectionFilterPolicy')
  for (const { parameters } of filter)
    expect(['Identity', 'IPAllowList', 'EnableSafeList', 'Confirm']).toEqual(
      expect.arrayContaining(Object.keys(parameters)),
    )
}
