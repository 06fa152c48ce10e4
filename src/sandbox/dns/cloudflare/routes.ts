import * as z from 'zod'
import type { JsonObject } from '../../../model/json.ts'
import type { Answer } from '../../http.ts'
import { noteRouting } from '../../tenant/routing.ts'
import { type SandboxState, sandboxNow } from '../../tenant/state.ts'
import { askedRecord } from './asked-record.ts'
import { applyBatch, type Batch, batchSchema } from './batch.ts'
import { CloudflareRefusal, noSuchRecord, resultAnswer } from './errors.ts'
import { keepRecords, presentRecord, recordsOf } from './records.ts'
import { type PlacedZone, placedZones, presentZone } from './zones.ts'

/** A request, and what stands in its path. */
interface Asked {
  readonly state: SandboxState
  readonly url: URL
  readonly body: unknown
  readonly zoneId: string
  readonly recordId: string
}

export interface Route {
  readonly name: string
  readonly method: string
  /** Below the API's root. */
  readonly path: RegExp
  run(asked: Asked): Answer
}

const pages = { zones: { usual: 20, most: 50 }, records: { usual: 100, most: 5000 } } as const

function page(
  rows: readonly JsonObject[],
  { searchParams }: URL,
  { usual, most }: (typeof pages)['zones' | 'records'],
): Answer {
  const size = Math.min(most, Number(searchParams.get('per_page') ?? usual))
  const number = Number(searchParams.get('page') ?? 1)
  if (!(size >= 1 && number >= 1)) throw new CloudflareRefusal(400, 1001, 'Invalid query parameters')
  const shown = rows.slice((number - 1) * size, number * size)
  const total_pages = Math.ceil(rows.length / size)
  const info = { page: number, per_page: size, count: shown.length, total_count: rows.length, total_pages }
  return resultAnswer(shown, info)
}

function zoneWith({ state, zoneId }: Asked): PlacedZone {
  const found = placedZones(state.dns.zones).find(({ id }) => id === zoneId)
  if (found !== undefined) return found
  throw new CloudflareRefusal(
    404,
    7003,
    `Could not route to /client/v4/zones/${zoneId}, perhaps your object identifier is invalid?`,
  )
}

function nowOf(state: SandboxState): string {
  return sandboxNow(state).toISOString().replace('Z', '000Z')
}

function listZones({ state, url }: Asked): Answer {
  const name = url.searchParams.get('name')
  const wanted = placedZones(state.dns.zones).filter(({ zone }) => name === null || zone.name === name)
  return page(wanted.map(presentZone), url, pages.zones)
}

function currentRecords(asked: Asked) {
  const placed = zoneWith(asked)
  const { dns } = asked.state
  const records = recordsOf(dns, placed, nowOf(asked.state))
  keepRecords(dns, placed.id, records)
  return records
}

function listRecords(asked: Asked): Answer {
  const { searchParams } = asked.url
  const name = searchParams.get('name.exact') ?? searchParams.get('name')
  const type = searchParams.get('type')
  const wanted = currentRecords(asked).filter(
    (record) => (name === null || record.name === name) && (type === null || record.type === type),
  )
  return page(wanted.map(presentRecord), asked.url, pages.records)
}

function getRecord(asked: Asked): Answer {
  const found = currentRecords(asked).find(({ id }) => id === asked.recordId)
  if (found === undefined) throw noSuchRecord()
  return resultAnswer(presentRecord(found))
}

function batched(asked: Asked, batch: Batch): JsonObject {
  const answer = applyBatch(asked.state.dns, zoneWith(asked), batch, nowOf(asked.state))
  noteRouting(asked.state)
  return answer
}

/** One operation alone, as a batch of one. */
function single(field: 'deletes' | 'patches' | 'puts' | 'posts'): Route['run'] {
  return (asked) => {
    const row = askedRecord.parse(asked.body)
    const id = asked.recordId === '' ? {} : { id: asked.recordId }
    const answer = batched(asked, batchSchema.parse({ [field]: [{ ...row, ...id }] }))
    const [done] = z.record(z.string(), z.array(z.record(z.string(), z.json()))).parse(answer)[field] ?? []
    return resultAnswer(field === 'deletes' ? { id: asked.recordId } : (done ?? {}))
  }
}

const onZone = /^\/zones\/(?<zone>[0-9a-f]{32})$/
const onRecords = /^\/zones\/(?<zone>[0-9a-f]{32})\/dns_records$/
const onRecord = /^\/zones\/(?<zone>[0-9a-f]{32})\/dns_records\/(?<record>[0-9a-f]{32})$/
const onBatch = /^\/zones\/(?<zone>[0-9a-f]{32})\/dns_records\/batch$/

/** What is served: https://developers.cloudflare.com/api/resources/dns/ */
export const routes: readonly Route[] = [
  { name: 'GET zones', method: 'GET', path: /^\/zones$/, run: listZones },
  {
    name: 'GET zone',
    method: 'GET',
    path: onZone,
    run: (asked) => resultAnswer(presentZone(zoneWith(asked))),
  },
  { name: 'GET dns_records', method: 'GET', path: onRecords, run: listRecords },
  { name: 'GET dns_record', method: 'GET', path: onRecord, run: getRecord },
  { name: 'POST dns_records', method: 'POST', path: onRecords, run: single('posts') },
  { name: 'PUT dns_record', method: 'PUT', path: onRecord, run: single('puts') },
  { name: 'PATCH dns_record', method: 'PATCH', path: onRecord, run: single('patches') },
  { name: 'DELETE dns_record', method: 'DELETE', path: onRecord, run: single('deletes') },
  {
    name: 'POST dns_records/batch',
    method: 'POST',
    path: onBatch,
    run: (asked) => resultAnswer(batched(asked, batchSchema.parse(asked.body))),
  },
]
