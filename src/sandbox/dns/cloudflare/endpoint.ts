import * as z from 'zod'
import type { Json, JsonObject } from '../../../model/json.ts'
import type { Incoming, Reply } from '../../http.ts'
import { type Result, refused, serve } from '../../serve.ts'
import type { Store } from '../../tenant/store.ts'
import { admitCloudflare } from './admission.ts'
import { CloudflareRefusal, cloudflareFaults, refusalAnswer } from './errors.ts'
import { type Route, routes } from './routes.ts'

function parsed(body: string): Json {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function bodyOf({ body }: Incoming): Json {
  const value = body === '' ? {} : parsed(body)
  if (typeof value === 'string') throw new CloudflareRefusal(400, 6007, 'Malformed JSON in request body')
  return value
}

function run({ state }: Store, request: Incoming, route: Route | undefined, path: string): Result {
  try {
    admitCloudflare(request)
    if (route === undefined) throw new CloudflareRefusal(404, 7000, 'No route for that URI')
    const { zone = '', record = '' } = route.path.exec(path)?.groups ?? {}
    const { url } = request
    return {
      answer: route.run({ state, url, body: bodyOf(request), zoneId: zone, recordId: record }),
      done: true,
    }
  } catch (error) {
    if (error instanceof CloudflareRefusal) return refused(refusalAnswer(error))
    if (error instanceof z.ZodError)
      return refused(refusalAnswer(new CloudflareRefusal(400, 9005, 'Invalid request body')))
    throw error
  }
}

/** What is put down of a request that could change something. */
function writeOf({ method, url, body }: Incoming): JsonObject | undefined {
  if (method === 'GET') return undefined
  return { path: url.pathname, ...(body === '' ? {} : { body: parsed(body) }) }
}

/** Cloudflare's API, as far as DNS goes; undefined for an address that is not its own. */
export function createCloudflare(store: Store): (request: Incoming) => Reply | undefined {
  return (request) => {
    const [, path] = /^\/client\/v4(\/.*)$/.exec(request.url.pathname) ?? []
    if (path === undefined) return undefined
    const route = routes.find((one) => one.method === request.method && one.path.test(path))
    return serve(store, cloudflareFaults, {
      name: route?.name ?? `${request.method} ${path}`,
      write: writeOf(request),
      run: () => run(store, request, route, path),
    })
  }
}
