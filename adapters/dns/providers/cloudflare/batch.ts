import { RefusedError } from '../../../../src/model/errors.ts'
import type { RecordSet, RecordSetKey } from '../../record-set.ts'
import { ownRecords } from '../shared/values.ts'
import { automaticTtl, type CloudflareRecord, secondsOf, spell, toRecord } from './record.ts'

interface Change {
  readonly key: RecordSetKey
  /** The records that are there. */
  readonly records: readonly CloudflareRecord[]
  readonly next: Pick<RecordSet, 'ttl' | 'values'>
  readonly tried: string
}

/** The TTL of a set: what a resolver goes by, where its records differ. 0 when there are none. */
export function ttlOf(records: readonly CloudflareRecord[]): number {
  return records.length === 0 ? 0 : Math.min(...records.map(secondsOf))
}

/** The TTL of records that are new: "automatic" stays so. */
function newTtl({ records, next }: Change): number {
  const isAutomatic = records.length > 0 && records.every(({ ttl }) => ttl === automaticTtl)
  return isAutomatic && ttlOf(records) === next.ttl ? automaticTtl : next.ttl
}

function assertFree(records: readonly CloudflareRecord[], tried: string): void {
  if (!records.some(({ meta }) => meta?.read_only === true)) return
  throw new RefusedError({
    tried,
    said: 'Cloudflare manages one of these records itself (Email Routing, for one)',
    hint: 'Nothing was changed. Switch that off in the Cloudflare dashboard, then try again.',
  })
}

/**
 * What makes one set of the other, in one transaction of the service; undefined when nothing differs. The service
 * carries out deletes before posts, and spreads each record by itself: so a record that goes is overwritten by one
 * that comes as long as there are both, and no set that shall hold anything is empty at any moment, in any order.
 * Records that stay are not named at all, unless their TTL changes: their comment, tags and the rest stay theirs.
 * https://developers.cloudflare.com/dns/manage-dns-records/how-to/batch-record-changes/
 */
export function batchFor(change: Change) {
  const { key, records, next, tried } = change
  const own = ownRecords(records, (record) => spell(key.type, record), tried)
  const gone = [...own].filter(([value]) => !next.values.includes(value)).map(([, record]) => record)
  const come = next.values.filter((value) => !own.has(value))
  const kept = [...own.values()].filter((record) => !gone.includes(record))
  const otherTtl = next.ttl === ttlOf(records) ? [] : kept.filter((record) => secondsOf(record) !== next.ttl)
  assertFree([...gone, ...otherTtl], tried)
  const ttl = newTtl(change)
  const batch = {
    deletes: gone.slice(come.length).map(({ id }) => ({ id })),
    patches: otherTtl.map(({ id }) => ({ id, name: key.name, type: key.type, ttl: next.ttl })),
    puts: gone.slice(0, come.length).map(({ id }, at) => ({ id, ...toRecord(key, ttl, come[at] ?? '') })),
    posts: come.slice(gone.length).map((value) => toRecord(key, ttl, value)),
  }
  return Object.values(batch).every((rows) => rows.length === 0) ? undefined : batch
}
