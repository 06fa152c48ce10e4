import type { JsonObject } from '../../model/json.ts'
import { type Answer, type Incoming, jsonAnswer } from '../http.ts'

const defaultLimit = 50
const largestLimit = 500

/** An entry of a list: ids rise with time. */
export interface Entry {
  readonly id: number
  readonly row: JsonObject
}

/** The span that a request asks for, in epoch milliseconds; `start` and `end` are seconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

function numberOf({ searchParams }: URL, name: string): number | undefined {
  const text = searchParams.get(name)
  return text === null || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text)
}

export function spanOf({ url }: Incoming, now: number, reach: number): Span {
  const from = (numberOf(url, 'start') ?? 0) * 1000
  return { from: Math.max(from, now - reach), to: Math.min((numberOf(url, 'end') ?? now) * 1000, now) }
}

/** A page of a list, oldest first: what follows the entry that `_cursor` names, and the address of the next page. */
export function listAnswer({ url }: Incoming, entries: Iterable<Entry>): Answer {
  const cursor = numberOf(url, '_cursor') ?? 0
  const limit = Math.min(largestLimit, Math.max(1, numberOf(url, 'limit') ?? defaultLimit))
  const results: Entry[] = []
  let hasMore = false
  for (const entry of entries) {
    if (entry.id <= cursor) continue
    hasMore = results.length === limit
    if (hasMore) break
    results.push(entry)
  }
  const last = results.at(-1)?.id ?? cursor
  const next = new URL(url)
  next.searchParams.set('_cursor', String(last))
  return jsonAnswer(200, {
    count: results.length,
    _cursor: last,
    has_more: hasMore,
    next: hasMore ? next.href : null,
    results: results.map(({ row }) => row),
  })
}
