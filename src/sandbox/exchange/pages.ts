import { createHash, randomUUID } from 'node:crypto'
import type { Json } from '../../model/json.ts'

const lifetimeMs = 30 * 60_000
const mostResults = 50
const defaultPageSize = 1000

interface Page {
  readonly rows: readonly Json[]
  /** Names the next page; undefined on the last one. */
  readonly next: string | undefined
}

interface Result {
  readonly rows: readonly Json[]
  readonly body: string
  readonly pageSize: number
  readonly expiresAt: number
}

/** Results that are handed out page by page. They are kept for half an hour and not longer than the process. */
export interface Pages {
  first(rows: readonly Json[], body: string, pageSize: number, now: number): Page
  /** undefined when the link has expired, or the body is not the one of the first request. */
  following(token: string, body: string, now: number): Page | undefined
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function createPages(): Pages {
  const results = new Map<string, Result>()
  const page = (id: string, result: Result, from: number): Page => {
    const to = from + result.pageSize
    return {
      rows: result.rows.slice(from, to),
      next: to < result.rows.length ? `${id}.${to}` : undefined,
    }
  }
  return {
    first(rows, body, pageSize, now) {
      if (rows.length <= pageSize) return { rows, next: undefined }
      const id = randomUUID()
      const result = { rows, body: digest(body), pageSize, expiresAt: now + lifetimeMs }
      results.set(id, result)
      const oldest = results.keys().next().value
      if (results.size > mostResults && oldest !== undefined) results.delete(oldest)
      return page(id, result, 0)
    },
    following(token, body, now) {
      const [id = '', from = ''] = token.split('.')
      const result = results.get(id)
      if (result === undefined || result.expiresAt <= now || result.body !== digest(body)) return undefined
      return page(id, result, Number(from))
    },
  }
}

/** The page size that the request prefers, within what the service allows. */
export function pageSizeOf(prefer: string): number {
  const [, size] = /odata\.maxpagesize\s*=\s*(\d+)/i.exec(prefer) ?? []
  return size === undefined ? defaultPageSize : Math.min(defaultPageSize, Math.max(1, Number(size)))
}
