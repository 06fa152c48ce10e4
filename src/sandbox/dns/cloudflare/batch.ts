import * as z from 'zod'
import type { JsonObject } from '../../../model/json.ts'
import type { DnsState } from '../../tenant/state.ts'
import { type AskedRecord, askedRecord, written } from './asked-record.ts'
import { CloudflareRefusal, noSuchRecord } from './errors.ts'
import type { CloudflareRecord } from './kept-record.ts'
import { keepRecords, newRecord, presentRecord, recordsOf, writeRecords } from './records.ts'
import type { PlacedZone } from './zones.ts'

const asked = z.array(askedRecord).default([])
/** https://developers.cloudflare.com/dns/manage-dns-records/how-to/batch-record-changes/ */
export const batchSchema = z.looseObject({ deletes: asked, patches: asked, puts: asked, posts: asked })
export type Batch = z.infer<typeof batchSchema>

/** The zone's records while a batch is carried out: a copy, so that a refusal leaves everything as it was. */
interface Work {
  readonly dns: DnsState
  readonly placed: PlacedZone
  readonly now: string
  records: readonly CloudflareRecord[]
}

function recordWith({ records }: Work, id: string | undefined): CloudflareRecord {
  const found = records.find((record) => record.id === id)
  if (found === undefined) throw noSuchRecord()
  return found
}

function assertFits({ records }: Work, { id, name, type, value }: CloudflareRecord): void {
  const others = records.filter((other) => other.id !== id && other.name === name)
  if (others.some((other) => other.type === type && other.value === value))
    throw new CloudflareRefusal(400, 81_058, 'An identical record already exists.')
  if (others.some((other) => (other.type === 'CNAME') !== (type === 'CNAME')))
    throw new CloudflareRefusal(400, 81_054, 'A CNAME record with that host already exists.')
}

function remove(work: Work, { id }: AskedRecord): CloudflareRecord {
  const gone = recordWith(work, id)
  work.records = work.records.filter((record) => record !== gone)
  return gone
}

function rewrite(work: Work, before: CloudflareRecord, wanted: AskedRecord): CloudflareRecord {
  const { placed, now } = work
  const after = { ...before, ...written(wanted, placed.zone.name), modifiedOn: now }
  assertFits(work, after)
  work.records = work.records.map((record) => (record === before ? after : record))
  return after
}

function put(work: Work, wanted: AskedRecord): CloudflareRecord {
  return rewrite(work, recordWith(work, wanted.id), wanted)
}

function patch(work: Work, changes: AskedRecord): CloudflareRecord {
  const before = recordWith(work, changes.id)
  const shown = askedRecord.parse(presentRecord(before))
  return rewrite(work, before, { ...shown, ...changes })
}

function post(work: Work, wanted: AskedRecord): CloudflareRecord {
  const { dns, placed, now } = work
  const made = newRecord(dns, { zoneId: placed.id, ...written(wanted, placed.zone.name) }, now)
  assertFits(work, made)
  work.records = [...work.records, made]
  return made
}

/** Carries out a batch in Cloudflare's order, whole or not at all. Throws a CloudflareRefusal. */
export function applyBatch(dns: DnsState, placed: PlacedZone, batch: Batch, now: string): JsonObject {
  const work: Work = { dns, placed, now, records: recordsOf(dns, placed, now) }
  const answer = {
    deletes: batch.deletes.map((one) => presentRecord(remove(work, one))),
    patches: batch.patches.map((one) => presentRecord(patch(work, one))),
    puts: batch.puts.map((one) => presentRecord(put(work, one))),
    posts: batch.posts.map((one) => presentRecord(post(work, one))),
  }
  writeRecords(placed.zone, work.records)
  keepRecords(dns, placed.id, work.records)
  return answer
}
