import type { JsonObject } from '../../../model/json.ts'
import { readMx } from '../values.ts'
import { heldZones, type Zone, type ZoneRecordSet } from '../zones.ts'
import { notFound } from './errors.ts'

/** A zone, and the name of the managed zone that it is. */
export interface ManagedZone {
  readonly zone: Zone
  readonly managedName: string
}

/** All zones. Those of one domain are managed zones of their own: 'contoso-com', 'contoso-com-2', … */
export function managedZones(zones: readonly Zone[]): readonly ManagedZone[] {
  const held = heldZones(zones)
  return held.map((zone, index) => {
    const before = held.slice(0, index).filter(({ name }) => name === zone.name).length
    const plain = zone.name.replaceAll('.', '-')
    return { zone, managedName: before === 0 ? plain : `${plain}-${before + 1}` }
  })
}

/** By its name or its id. Throws a CloudDnsRefusal when there is none. */
export function findManaged(zones: readonly Zone[], name: string): Zone {
  const found = managedZones(zones).find(({ managedName }) => managedName === name)
  if (found === undefined) throw notFound('parameters.managedZone', name)
  return found.zone
}

export function presentManaged({ zone, managedName }: ManagedZone): JsonObject {
  return {
    kind: 'dns#managedZone',
    name: managedName,
    dnsName: `${zone.name}.`,
    description: '',
    id: String(zone.serial),
    nameServers: zone.nameServers.map((name) => `${name}.`),
    visibility: 'public',
    creationTime: '2026-01-01T00:00:00.000Z',
  }
}

function presentValue(type: string, value: string): string {
  const mx = type === 'MX' ? readMx(value) : undefined
  return mx === undefined ? value : `${mx.preference} ${mx.exchange}.`
}

export interface Rrset {
  readonly name: string
  readonly type: string
  readonly ttl: number
  readonly rrdatas: readonly string[]
}

/** A set in the form of the API: names with the dot of the root. */
export function presentSet({ name, type, ttl, values }: ZoneRecordSet): Rrset {
  return { name: `${name}.`, type, ttl, rrdatas: values.map((value) => presentValue(type, value)) }
}

export function rrsetJson(set: Rrset): JsonObject {
  return { kind: 'dns#resourceRecordSet', ...set, signatureRrdatas: [] }
}
