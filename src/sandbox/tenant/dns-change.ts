import { UsageError } from '../../model/errors.ts'
import { type NewRecordSet, newZone, putSet, type Zone, zoneOf } from '../dns/zones.ts'
import type { DnsState } from './state.ts'

/** The zone of a name. Throws a UsageError when there is none. */
export function zoneNamed({ zones }: DnsState, name: string): Zone {
  const zone = zoneOf(zones, name)
  if (zone !== undefined) return zone
  throw new UsageError({ tried: `find the zone of ${name} in the sandbox's DNS`, said: 'there is none' })
}

/** Writes a set whole; no values: it goes. A name that is in no zone becomes one. */
export function putRecords(dns: DnsState, set: NewRecordSet): void {
  if (zoneOf(dns.zones, set.name) === undefined) dns.zones.push(newZone(set.name))
  putSet(zoneNamed(dns, set.name), set)
}
