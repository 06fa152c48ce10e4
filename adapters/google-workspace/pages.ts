import * as z from 'zod'
import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { jsonObject, parsed } from './json.ts'

const page = z.looseObject({ nextPageToken: z.string().optional() })
/** A page without rows does not name them. */
const rows = z.array(jsonObject).default([])

/** The first page has no token. */
type Ask = (pageToken: { readonly pageToken?: string }) => Promise<unknown>

/**
 * Pages of a list, one after the other. A page may be short or empty with others behind it; the list ends where no
 * token is left. Throws a ServiceError when the tokens go in a circle.
 */
async function* pagesOf(ask: Ask, field: string, tried: string): AsyncGenerator<readonly JsonObject[]> {
  const visited = new Set<string>()
  let pageToken: string | undefined
  do {
    const answer: unknown = await ask(pageToken === undefined ? {} : { pageToken })
    const { nextPageToken, ...rest } = parsed(page, answer, tried)
    yield parsed(rows, rest[field], tried)
    pageToken = nextPageToken === '' ? undefined : nextPageToken
    if (pageToken !== undefined && visited.has(pageToken))
      throw new ServiceError({ tried, said: 'the tokens of the pages go in a circle' })
    if (pageToken !== undefined) visited.add(pageToken)
  } while (pageToken !== undefined)
}

/** A list to its last page, or until there are enough. */
export async function allPages(
  ask: Ask,
  field: string,
  tried: string,
  enough = Number.POSITIVE_INFINITY,
): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = []
  for await (const found of pagesOf(ask, field, tried)) {
    items.push(...found)
    if (items.length >= enough) break
  }
  return items
}
