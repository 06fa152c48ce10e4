import * as z from 'zod'
import { ServiceError } from '../../../../src/model/errors.ts'

const page = z.looseObject({ nextPageToken: z.string().optional() })
/** A page without rows does not name them. */
const rows = z.array(z.unknown()).default([])

/** Reads a value by its schema. Throws a ServiceError when it is of another form. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, tried: string): T {
  const { data } = schema.safeParse(value)
  if (data === undefined) throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  return data
}

/** A list to its last page. Throws a ServiceError when the tokens go in a circle. */
export async function allPages(
  ask: (pageToken: { readonly pageToken?: string }) => Promise<unknown>,
  field: string,
  tried: string,
): Promise<readonly unknown[]> {
  const items: unknown[] = []
  const visited = new Set<string>()
  let token: string | undefined
  do {
    const answer: unknown = await ask(token === undefined ? {} : { pageToken: token })
    const { nextPageToken, ...rest } = parsed(page, answer, tried)
    items.push(...parsed(rows, rest[field], tried))
    token = nextPageToken === '' ? undefined : nextPageToken
    if (token !== undefined && visited.has(token))
      throw new ServiceError({ tried, said: 'the tokens of the pages go in a circle' })
    if (token !== undefined) visited.add(token)
  } while (token !== undefined)
  return items
}
