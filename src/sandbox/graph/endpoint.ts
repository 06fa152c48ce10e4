import * as z from 'zod'
import type { Json, JsonObject } from '../../model/json.ts'
import { createPages } from '../exchange/pages.ts'
import type { FaultKind } from '../faults.ts'
import { header, type Incoming, type Reply } from '../http.ts'
import { type Result, refused, serve } from '../serve.ts'
import type { SandboxState } from '../tenant/state.ts'
import type { Store } from '../tenant/store.ts'
import { admit, mayCall } from './admission.ts'
import { badRequest, denied, GraphRefusal, graphError } from './errors.ts'
import { graphFaults } from './faulty.ts'
import type { GraphContext, GraphHandler } from './handler.ts'
import { deletedItemHandlers } from './handlers/deleted-items.ts'
import { grantHandlers } from './handlers/grants.ts'
import { readHandlers } from './handlers/reads.ts'
import { roleHandlers } from './handlers/roles.ts'
import { servicePrincipalHandlers } from './handlers/service-principals.ts'
import { isKnownPath, type Matched, matchOperation } from './match.ts'
import type { OperationKey } from './operations.ts'
import { withStaleReads } from './stale.ts'

const handlers: Readonly<Record<OperationKey, GraphHandler>> = {
  ...readHandlers,
  ...servicePrincipalHandlers,
  ...roleHandlers,
  ...grantHandlers,
  ...deletedItemHandlers,
}

const json: z.ZodType<Json> = z.json()
const bodySchema: z.ZodType<JsonObject> = z.record(z.string(), json)

function bodyOf(request: Incoming): JsonObject {
  if (request.body === '') return {}
  if (!/^application\/json\b/i.test(header(request, 'content-type')))
    throw badRequest('Write requests must contain the Content-Type header declaration.')
  try {
    return bodySchema.parse(JSON.parse(request.body))
  } catch {
    throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set.')
  }
}

function unknown(method: string, path: string): GraphRefusal {
  return isKnownPath(path)
    ? new GraphRefusal(
        405,
        'Request_BadRequest',
        'Specified HTTP method is not allowed for the request target.',
      )
    : badRequest(`Resource not found for the segment of ${method} ${path}.`)
}

type Context = Pick<GraphContext, 'state' | 'request' | 'pages'>

function answer({ state, request, pages }: Context, path: string, matched: Matched | undefined): Result {
  try {
    const claims = admit(state, request)
    if (matched === undefined) throw unknown(request.method, path)
    const { operation, key, parameters } = matched
    if (!mayCall(state, claims, operation, request.method === 'GET')) throw denied()
    return {
      answer: handlers[key]({ state, request, parameters, pages, body: bodyOf(request) }),
      done: true,
    }
  } catch (error) {
    if (error instanceof GraphRefusal) return refused(graphError(error.status, error.code, error.message))
    throw error
  }
}

/** What is put down of a request that could change something. */
function writeOf({ method, body }: Incoming, path: string): JsonObject | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined
  return { path, ...(body === '' ? {} : { body: parsed(body) }) }
}

function parsed(body: string): Json {
  try {
    return json.parse(JSON.parse(body))
  } catch {
    return body
  }
}

function nameOf(method: string, path: string, matched: Matched | undefined): string {
  return matched?.operation.name ?? `${method} ${path.split('/').at(-1) ?? ''}`
}

/** Microsoft Graph v1.0, as far as the directory's applications go; undefined for an address that is not its own. */
export function createGraph(store: Store): (request: Incoming) => Reply | undefined {
  const pages = createPages()
  return (request) => {
    const [, path] = /^\/v1\.0(\/.*)$/.exec(request.url.pathname) ?? []
    if (path === undefined) return undefined
    const state: SandboxState = store.state
    const matched = matchOperation(request.method, path)
    const run = (fault: FaultKind | undefined): Result =>
      withStaleReads(state, fault, () => answer({ state, request, pages }, path, matched))
    return serve(store, graphFaults(request), {
      name: nameOf(request.method, path, matched),
      write: writeOf(request, path),
      run,
    })
  }
}
