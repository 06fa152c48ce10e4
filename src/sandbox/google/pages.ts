import { createHash } from 'node:crypto'
import * as z from 'zod'
import { invalid } from './errors.ts'

interface Page<T> {
  readonly rows: readonly T[]
  /** Names the next page; undefined on the last one. */
  readonly next: string | undefined
}

const tokenSchema = z.tuple([z.number().int().nonnegative(), z.string()])

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}

function placeOf(token: string | null, query: string): number {
  if (token === null || token === '') return 0
  try {
    const text = Buffer.from(token, 'base64url').toString('utf8')
    const [place, of] = tokenSchema.parse(JSON.parse(text))
    if (of === digest(query)) return place
  } catch {
    throw invalid('Invalid value for: Invalid Page Token.')
  }
  throw invalid('The page token does not match the other parameters of the request.')
}

/** All parameters but the page's own, which must be the same for each page of a list. */
function queryOf(url: URL): string {
  const parameters = [...url.searchParams].filter(([name]) => name !== 'pageToken')
  return JSON.stringify([url.pathname, parameters.toSorted(([a], [b]) => a.localeCompare(b))])
}

/**
 * A page of a list, from where the token says. Throws a GoogleRefusal for a token that is none, or that belongs to
 * another request.
 */
export function pageOf<T>(rows: readonly T[], size: number, url: URL): Page<T> {
  const query = queryOf(url)
  const from = placeOf(url.searchParams.get('pageToken'), query)
  const to = from + size
  const next = Buffer.from(JSON.stringify([to, digest(query)])).toString('base64url')
  return { rows: rows.slice(from, to), next: to < rows.length ? next : undefined }
}

/** A page size as the request wants it, within what the API gives. Throws a GoogleRefusal for one below 0. */
export function pageSizeOf(text: string | null, usual: number, most: number): number {
  const size = Number(text ?? '0')
  if (!Number.isInteger(size) || size < 0) throw invalid(`Invalid page size: '${text}'.`)
  return Math.min(size === 0 ? usual : size, most)
}
