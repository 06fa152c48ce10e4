import { createHash } from 'node:crypto'
import type { JsonObject } from '../../../model/json.ts'
import type { DnsState } from '../../tenant/state.ts'
import { readMx } from '../values.ts'
import { putSet, type Zone } from '../zones.ts'
import type { CloudflareRecord } from './kept-record.ts'
import type { PlacedZone } from './zones.ts'

const automatic = 1
const automaticSeconds = 300

/** What a TTL comes to on the wire. */
function secondsOf(ttl: number): number {
  return ttl === automatic ? automaticSeconds : ttl
}

/** A record that comes to be now, with an id that no other had. */
export function newRecord(
  { cloudflare }: DnsState,
  record: Omit<CloudflareRecord, 'id' | 'createdOn' | 'modifiedOn'>,
  now: string,
): CloudflareRecord {
  cloudflare.made += 1
  const made = `${record.zoneId} ${record.name} ${record.type} ${cloudflare.made}`
  const id = createHash('sha256').update(made).digest('hex').slice(0, 32)
  return { ...record, id, createdOn: now, modifiedOn: now }
}

/** The records of a zone, after what was done to the zone elsewhere. */
export function recordsOf(
  dns: DnsState,
  { id: zoneId, zone }: PlacedZone,
  now: string,
): readonly CloudflareRecord[] {
  const kept = new Map(
    dns.cloudflare.records
      .filter((record) => record.zoneId === zoneId)
      .map((record) => [`${record.name} ${record.type} ${record.value}`, record]),
  )
  return zone.sets.flatMap(({ name, type, ttl, values }) =>
    values.map((value) => {
      const known = kept.get(`${name} ${type} ${value}`)
      if (known === undefined)
        return newRecord(dns, { zoneId, name, type, value, ttl, comment: null, tags: [] }, now)
      return secondsOf(known.ttl) === ttl ? known : { ...known, ttl, modifiedOn: now }
    }),
  )
}

export function keepRecords(
  { cloudflare }: DnsState,
  zoneId: string,
  records: readonly CloudflareRecord[],
): void {
  cloudflare.records = [...cloudflare.records.filter((record) => record.zoneId !== zoneId), ...records]
}

function setKeys(records: readonly CloudflareRecord[], zone: Zone): readonly (readonly [string, string])[] {
  const keys = [...zone.sets, ...records].map(({ name, type }) => `${name} ${type}`)
  return [...new Set(keys)].map((key) => {
    const [name = '', type = ''] = key.split(' ')
    return [name, type]
  })
}

/** Makes the zone hold these records: each set that differs is written. */
export function writeRecords(zone: Zone, records: readonly CloudflareRecord[]): void {
  for (const [name, type] of setKeys(records, zone)) {
    const own = records.filter((record) => record.name === name && record.type === type)
    const values = own.map(({ value }) => value)
    const ttl = Math.min(...own.map((record) => secondsOf(record.ttl)))
    const before = zone.sets.find((set) => set.name === name && set.type === type)
    const isSame = before?.ttl === ttl && before.values.join('\n') === values.join('\n')
    if (!isSame) putSet(zone, { name, type, ttl, values })
  }
}

function contentOf({ type, value }: CloudflareRecord): JsonObject {
  const mx = type === 'MX' ? readMx(value) : undefined
  if (mx === undefined) return { content: value }
  return { content: mx.exchange === '' ? '.' : mx.exchange, priority: mx.preference }
}

/** https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/get/ */
export function presentRecord(record: CloudflareRecord): JsonObject {
  const { id, name, type, ttl, comment, tags, createdOn, modifiedOn } = record
  return {
    id,
    name,
    type,
    ...contentOf(record),
    proxiable: type === 'A' || type === 'AAAA' || type === 'CNAME',
    proxied: false,
    ttl,
    settings: {},
    meta: {},
    comment,
    tags,
    created_on: createdOn,
    modified_on: modifiedOn,
  }
}
