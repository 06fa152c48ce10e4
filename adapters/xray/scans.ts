import * as z from 'zod'
import { ServiceError } from '../../src/model/errors.ts'
import type { Read } from './read.ts'

/** What was scanned since a moment. */
export interface Scans {
  readonly count: number
  /** When the newest of them was; undefined when there is none. */
  readonly newest: Date | undefined
  /** Whether the list was read to its end: if not, there are at least so many. */
  readonly complete: boolean
}

/** Epoch seconds or milliseconds, or a date as text: public code shows more than one. */
const moment = z.union([
  z.number().transform((value) => new Date(value > 1e11 ? value : value * 1000)),
  z.iso
    .datetime({ offset: true, local: true })
    .transform((text) => new Date(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)),
])

const row = z.looseObject({
  timestamp: moment.optional(),
  Timestamp: moment.optional(),
  organization_id: z.union([z.number(), z.string()]).transform(String).nullish(),
})

/** https://docs.blinkops.com/docs/integrations/perception-point/actions/list-scans */
const page = z.looseObject({
  results: z.array(row),
  has_more: z.boolean(),
  next: z.string().nullish(),
  _cursor: z.union([z.number(), z.string()]).nullish(),
})

type Page = z.infer<typeof page>

const mostPages = 20
const pageSize = 500
const tried = 'list the scans'

function firstUrl(baseUrl: URL, organization: string, since: Date): URL {
  const url = new URL('/api/v1/scans/list/', baseUrl)
  url.searchParams.set('organization_id', organization)
  url.searchParams.set('start', String(Math.floor(since.getTime() / 1000)))
  url.searchParams.set('limit', String(pageSize))
  return url
}

/** The address of the next page; undefined when the list says that there is more and not where. */
function nextUrl(url: URL, { next, _cursor: cursor }: Page): URL | undefined {
  if (next) return URL.parse(next, url.href) ?? undefined
  if (cursor === undefined || cursor === null) return undefined
  const following = new URL(url)
  following.searchParams.set('_cursor', String(cursor))
  return following
}

/** When the scans of a page were that are the organization's own. Throws a ServiceError when one does not say. */
function momentsOf({ results }: Page, organization: string): readonly Date[] {
  return results
    .filter(({ organization_id: owner }) => owner === undefined || owner === null || owner === organization)
    .map(({ timestamp, Timestamp }) => {
      const at = timestamp ?? Timestamp
      if (at !== undefined) return at
      throw new ServiceError({ tried, said: 'the vendor listed a scan without its time' })
    })
}

function parsed(answer: unknown): Page {
  const { data } = page.safeParse(answer)
  if (data !== undefined) return data
  throw new ServiceError({ tried, said: "the vendor's API answered the scans in a form that is not known" })
}

export interface ScansAsked {
  readonly baseUrl: URL
  readonly organization: string
  readonly since: Date
  /** Reads no further when there are so many. All that can be read, by default. */
  readonly enough?: number
}

/**
 * Reads the scans after a moment. The list is asked for from there on, and looked through all the same, as nobody
 * documents that it is heard. Throws the errors of the family.
 */
export async function readScans(read: Read, asked: ScansAsked): Promise<Scans> {
  const { organization, since, enough = Number.POSITIVE_INFINITY } = asked
  const visited = new Set<string>()
  let newest: Date | undefined
  let count = 0
  let url: URL | undefined = firstUrl(asked.baseUrl, organization, since)
  while (url !== undefined && !visited.has(url.href) && visited.size < mostPages && count < enough) {
    visited.add(url.href)
    const found: Page = parsed(await read(url, tried))
    for (const at of momentsOf(found, organization).filter((one) => one > since)) {
      count += 1
      if (newest === undefined || at > newest) newest = at
    }
    if (!found.has_more) return { count, newest, complete: true }
    url = nextUrl(url, found)
  }
  return { count, newest, complete: false }
}
