import type { GraphRequest } from '@microsoft/microsoft-graph-client'
import pLimit from 'p-limit'
import * as z from 'zod'
import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { bare } from './json.ts'

import { uncarried } from './wire/carry.ts'
import { graphClient, rootOf, type WireOptions } from './wire/client.ts'
import { pathBelow, type Role } from './wire/guard.ts'
import { Purpose } from './wire/link.ts'

/** What is asked of Graph. */
export interface Ask {
  /** Below `/v1.0`, its segments encoded: see `path`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** What it is done for, as a phrase. */
  readonly tried: string
}

/** Reads the directory. It has no way to write, and the wire below it lets nothing but GET pass. */
export interface GraphReader {
  /** One object, without the transport's own keys. Throws a NotFoundError when it is not there. */
  one(ask: Ask): Promise<JsonObject>
  /** A list, to its last page. */
  all(ask: Ask): Promise<readonly JsonObject[]>
}

/** Writes to the directory too. A ServiceError means that the answer was lost: only a read tells what came of it. */
export interface GraphWriter extends GraphReader {
  /** The object that was made, or undefined when the answer holds none. */
  post(ask: Ask, body?: JsonObject): Promise<JsonObject | undefined>
  patch(ask: Ask, body: JsonObject): Promise<void>
  remove(ask: Ask): Promise<void>
}

/** Requests under way at a time. */
const mostAtOnce = 10

/** A path with its parts encoded. */
export function path(strings: TemplateStringsArray, ...parts: readonly string[]): string {
  return String.raw({ raw: strings }, ...parts.map(encodeURIComponent))
}

const object = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)
const page = z.looseObject({ value: z.array(object), '@odata.nextLink': z.string().optional() })

/** Reads a value by its schema. Throws a ServiceError when it is of another form. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, tried: string): T {
  const { data } = schema.safeParse(value)
  if (data === undefined) throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  return data
}

/** The path of the next page. The token goes to no other server, and no page is read twice. */
function nextPath(nextLink: string, root: URL, visited: Set<string>, tried: string): string {
  const url = URL.parse(nextLink)
  const below = url === null ? undefined : pathBelow(root, url)
  if (url === null || below === undefined)
    throw new ServiceError({ tried, said: 'the link to the next page leads to another server' })
  if (visited.has(url.href))
    throw new ServiceError({ tried, said: 'the links between the pages go in a circle' })
  visited.add(url.href)
  return `${below}${url.search}`
}

type Send = (ask: Ask, act: (request: GraphRequest) => Promise<unknown>) => Promise<unknown>

function sender(options: WireOptions, role: Role): Send {
  const client = graphClient(options, role)
  const limit = pLimit(mostAtOnce)
  return (ask, act) =>
    limit(async () => {
      const query = Object.entries(ask.query ?? {}).map(([name, value]) => [name, encodeURIComponent(value)])
      const request = client
        .api(ask.path)
        .query(Object.fromEntries(query))
        .middlewareOptions([new Purpose(ask.tried)])
      try {
        return await act(request)
      } catch (error) {
        throw uncarried(error)
      }
    })
}

function readerWith(send: Send, root: URL): GraphReader {
  const get = (ask: Ask) => send(ask, (request) => request.get())
  return {
    one: async (ask) => bare(parsed(object, await get(ask), ask.tried)),
    async all(ask) {
      const items: JsonObject[] = []
      const visited = new Set<string>()
      let next: Ask | undefined = ask
      while (next !== undefined) {
        const { value, '@odata.nextLink': link }: z.infer<typeof page> = parsed(
          page,
          await get(next),
          ask.tried,
        )
        items.push(...value.map(bare))
        next =
          link === undefined
            ? undefined
            : { path: nextPath(link, root, visited, ask.tried), tried: ask.tried }
      }
      return items
    },
  }
}

export function graphReader(options: WireOptions): GraphReader {
  return readerWith(sender(options, 'reader'), rootOf(options.baseUrl))
}

export function graphWriter(options: WireOptions): GraphWriter {
  const send = sender(options, 'writer')
  return {
    ...readerWith(send, rootOf(options.baseUrl)),
    async post(ask, body) {
      const answer = await send(ask, (request) => request.post(body))
      return answer === undefined ? undefined : bare(parsed(object, answer, ask.tried))
    },
    async patch(ask, body) {
      await send(ask, (request) => request.patch(body))
    },
    async remove(ask) {
      await send(ask, (request) => request.delete())
    },
  }
}
