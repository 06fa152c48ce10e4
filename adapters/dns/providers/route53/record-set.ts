import * as z from 'zod'
import { TenantError } from '../../../../src/model/errors.ts'
import type { RecordSet, RecordSetKey } from '../../record-set.ts'
import type { VersionedRecordSet } from '../provider.ts'
import { ownRecords } from '../shared/values.ts'
import { fromRoute53, toRoute53 } from './values.ts'

/** A record set as AWS's client answers it. Fields of no use here stay. */
export const route53Set = z.looseObject({
  Name: z.string(),
  Type: z.string(),
  TTL: z.number().optional(),
  ResourceRecords: z.array(z.looseObject({ Value: z.string() })).optional(),
  SetIdentifier: z.string().optional(),
  AliasTarget: z.looseObject({ DNSName: z.string().optional() }).optional(),
  TrafficPolicyInstanceId: z.string().optional(),
})
export type Route53Set = z.infer<typeof route53Set>

/** What `replace` must know of the set that was read. */
const versionSchema = z.object({ zoneId: z.string(), set: route53Set.nullable() })
export type Route53Version = z.infer<typeof versionSchema>

function specialty({ SetIdentifier, AliasTarget, TrafficPolicyInstanceId }: Route53Set): string | undefined {
  if (AliasTarget !== undefined) return `it is an alias of ${AliasTarget.DNSName}`
  if (SetIdentifier !== undefined) return `it has a routing policy ("${SetIdentifier}" is one of its parts)`
  return TrafficPolicyInstanceId === undefined ? undefined : 'a traffic policy makes it'
}

/** Refuses sets whose answers depend on more than their values. Throws a TenantError. */
export function assertPlain(set: Route53Set, tried: string): void {
  const said = specialty(set)
  if (said === undefined) return
  throw new TenantError({
    tried,
    said,
    hint: 'Such a record set is changed in the Route 53 console, by a person.',
  })
}

function ownValues(
  { type }: RecordSetKey,
  set: Route53Set | null,
  tried: string,
): ReadonlyMap<string, string> {
  const shown = (set?.ResourceRecords ?? []).map(({ Value }) => Value)
  return ownRecords(shown, (value) => fromRoute53(type, value), tried)
}

/** The set as it is known here, with what `replace` needs of it. */
export function versionedSet(key: RecordSetKey, version: Route53Version, tried: string): VersionedRecordSet {
  const values = [...ownValues(key, version.set, tried).keys()]
  return { key, ttl: version.set?.TTL ?? 0, values, version: JSON.stringify(version) }
}

export function versionOf({ version }: VersionedRecordSet): Route53Version {
  return versionSchema.parse(JSON.parse(version))
}

type Next = Pick<RecordSet, 'ttl' | 'values'>

/** The set to come; values that stay are sent as Route 53 spells them. */
function nextSet(key: RecordSetKey, own: ReadonlyMap<string, string>, { ttl, values }: Next) {
  const ResourceRecords = values.map((value) => ({ Value: own.get(value) ?? toRoute53(key.type, value) }))
  return { Name: `${key.name}.`, Type: key.type, TTL: ttl, ResourceRecords }
}

/** The set that was read, letter by letter: it is deleted only if it still is that. */
function oldSet({ type }: RecordSetKey, { Name, TTL, ResourceRecords }: Route53Set) {
  const records = (ResourceRecords ?? []).map(({ Value }) => ({ Value }))
  return { Name, Type: type, TTL, ResourceRecords: records }
}

/**
 * The changes that put one set in the place of the other: the old one goes only if it is still the same, and the new
 * one comes only if there is none. None when nothing differs. Route 53 carries out both or neither, and spreads them as one.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function changesFor(key: RecordSetKey, { set }: Route53Version, next: Next, tried: string) {
  const own = ownValues(key, set, tried)
  const isSame = next.values.length === own.size && next.values.every((value) => own.has(value))
  if (isSame && (own.size === 0 || set?.TTL === next.ttl)) return []
  const gone = set === null ? [] : [{ Action: 'DELETE', ResourceRecordSet: oldSet(key, set) } as const]
  const come =
    next.values.length === 0
      ? []
      : [{ Action: 'CREATE', ResourceRecordSet: nextSet(key, own, next) } as const]
  return [...gone, ...come]
}
