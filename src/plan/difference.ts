import type { Json, JsonObject } from '../model/json.ts'
import { visible } from '../model/name.ts'
import type { Change, Plan } from '../model/plan.ts'
import { canonical } from './canonical.ts'

/** One property that is not as it was. */
export interface PropertyDifference {
  readonly property: string
  readonly before: Json
  readonly after: Json
}

/** The properties in which two objects differ, in the order of their names. */
export function propertyDifferences(before: JsonObject, after: JsonObject): readonly PropertyDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names
    .map((property) => ({ property, before: before[property] ?? null, after: after[property] ?? null }))
    .filter((pair) => canonical(pair.before) !== canonical(pair.after))
}

/** 'SCLOver: 5 → 7' */
export function describeDifferences(differences: readonly PropertyDifference[]): string {
  return differences
    .map(
      ({ property, before, after }) =>
        `${property}: ${visible(canonical(before))} → ${visible(canonical(after))}`,
    )
    .join('; ')
}

function changedLine(before: Change, after: Change): string {
  const differences = describeDifferences(propertyDifferences(before.before, after.before))
  return `${before.id} is not as it was: ${differences || 'it is another object of the same name'}`
}

function compareChanges(approved: readonly Change[], current: readonly Change[]): readonly string[] {
  const now = new Map(current.map((change) => [change.id, change]))
  const then = new Set(approved.map((change) => change.id))
  return [
    ...approved.flatMap((change) => {
      const same = now.get(change.id)
      if (same === undefined)
        return `${change.id} would no longer be changed: it has gone, or is no longer what it was`
      const equal = same.fingerprint === change.fingerprint && same.object.guid === change.object.guid
      return equal ? [] : changedLine(change, same)
    }),
    ...current.filter((change) => !then.has(change.id)).map((change) => `${change.id} would be changed too`),
  ]
}

type Pair = readonly [title: string, before: Json, after: Json]

/** What a plan decides about DNS, with what it makes of it. */
function dnsOf({ decisions: { mx }, recordSets = [] }: Plan): Readonly<Record<string, Json>> {
  return {
    domains: mx?.domains ?? null,
    'previous MX': mx?.previous ?? null,
    "the vendor's hosts": mx?.vendorHosts ?? null,
    "the vendor's TXT values": mx?.vendorTxt ?? null,
    'DNS provider': mx?.provider ?? null,
    zone: mx?.zone ?? null,
    'record sets': recordSets
      .filter(({ restsOn }) => restsOn === 'object')
      .map(({ name, type, ttl, before, after }) => ({ name, type, ttl, before, after })),
  }
}

function dnsPairs(approved: Plan, current: Plan): readonly Pair[] {
  const now = dnsOf(current)
  return Object.entries(dnsOf(approved)).map(([title, before]) => [title, before, now[title] ?? null])
}

/** In what the plan that was approved and the plan of now differ, one line each. Empty when they are the same. */
export function planDifferences(approved: Plan, current: Plan): readonly string[] {
  const pairs: readonly Pair[] = [
    ['tenant', approved.tenant.guid, current.tenant.guid],
    ['platform', approved.platform, current.platform],
    ['regions', approved.regions, current.regions],
    ['footprint', approved.footprint, current.footprint],
    ['included', approved.decisions.include, current.decisions.include],
    ['excluded', approved.decisions.exclude, current.decisions.exclude],
    ['allowed', approved.decisions.allow, current.decisions.allow],
    ['rights of the app taken away', approved.decisions.revokeGrants, current.decisions.revokeGrants],
    ['app deleted', approved.decisions.deleteApp, current.decisions.deleteApp],
    ['drain', approved.decisions.drainMs, current.decisions.drainMs],
    ['longest drain', approved.decisions.drainMaxMs, current.decisions.drainMaxMs],
    ['policies written', approved.decisions.googlePolicyWrites, current.decisions.googlePolicyWrites],
    ['wait for effect', approved.decisions.effectWaitMs, current.decisions.effectWaitMs],
    ['what the guards rested on', approved.facts, current.facts],
    ...dnsPairs(approved, current),
  ]
  return [
    ...compareChanges(approved.changes, current.changes),
    ...pairs
      .filter(([, before, after]) => canonical(before) !== canonical(after))
      .map(
        ([title, before, after]) => `${title}: ${visible(canonical(before))} → ${visible(canonical(after))}`,
      ),
  ]
}
