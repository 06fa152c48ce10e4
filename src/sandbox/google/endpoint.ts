import * as z from 'zod'
import type { Json, JsonObject } from '../../model/json.ts'
import type { FaultKind } from '../faults.ts'
import { type Answer, type Incoming, jsonAnswer, type Reply } from '../http.ts'
import { type Result, refused, serve } from '../serve.ts'
import { noteRouting } from '../tenant/routing.ts'
import type { SandboxState } from '../tenant/state.ts'
import type { Store } from '../tenant/store.ts'
import { admitGoogle } from './admission.ts'
import { GoogleRefusal, invalid, notFound, refusalAnswer } from './errors.ts'
import { googleFaults, googleTokenFaults } from './faulty.ts'
import type { GoogleHandler } from './handler.ts'
import { activityHandlers } from './handlers/activities.ts'
import { directoryHandlers } from './handlers/directory.ts'
import { policyReadHandlers } from './handlers/policies.ts'
import { policyWriteHandlers } from './handlers/policy-writes.ts'
import { tokenHandlers } from './handlers/tokens.ts'
import { apiOf, type MatchedOperation, matchGoogle } from './match.ts'
import type { GoogleOperation, GoogleOperationKey } from './operations.ts'
import { withStaleReads } from './stale.ts'
import { googleTokenAnswer } from './token.ts'

const handlers: Readonly<Record<GoogleOperationKey, GoogleHandler>> = {
  ...policyReadHandlers,
  ...policyWriteHandlers,
  ...activityHandlers,
  ...directoryHandlers,
  ...tokenHandlers,
}

const json: z.ZodType<Json> = z.json()
const bodySchema: z.ZodType<JsonObject> = z.record(z.string(), json)

function bodyOf({ body }: Incoming): JsonObject {
  if (body === '') return {}
  try {
    return bodySchema.parse(JSON.parse(body))
  } catch {
    throw invalid('Invalid JSON payload received.')
  }
}

const noContent: Answer = { status: 204, headers: {}, body: '' }

/** An operation may have failed within a good answer. */
function isDone(body: Json | undefined): boolean {
  return !(typeof body === 'object' && body !== null && 'error' in body)
}

function run(state: SandboxState, request: Incoming, matched: MatchedOperation | undefined): Result {
  if (matched === undefined) throw notFound('Requested entity was not found.')
  const { operation, key, parameters } = matched
  const caller = admitGoogle(state, request, operation)
  const body = handlers[key]({ state, request, parameters, body: bodyOf(request), caller })
  noteRouting(state)
  const answer = body === undefined ? noContent : jsonAnswer(200, body)
  return { answer, done: isDone(body) }
}

function answer(
  state: SandboxState,
  request: Incoming,
  api: GoogleOperation['api'],
  matched: MatchedOperation | undefined,
): Result {
  try {
    return run(state, request, matched)
  } catch (error) {
    if (error instanceof GoogleRefusal) return refused(refusalAnswer(api, error))
    throw error
  }
}

function parsed(body: string): Json {
  try {
    return json.parse(JSON.parse(body))
  } catch {
    return body
  }
}

/** What is put down of a request that could change something. */
function writeOf({ method, url, body }: Incoming): JsonObject | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined
  return { path: url.pathname, ...(body === '' ? {} : { body: parsed(body) }) }
}

/** All of Google's APIs, and its token endpoint; undefined for an address that is none of theirs. */
export function createGoogle(store: Store): (request: Incoming) => Reply | undefined {
  const token = (request: Incoming): Reply =>
    serve(store, googleTokenFaults, {
      name: 'POST token',
      write: undefined,
      run: () => ({ answer: googleTokenAnswer(store.state.google, request), done: true }),
    })
  return (request) => {
    const { method, url } = request
    if (url.pathname === '/token' && method === 'POST') return token(request)
    const api = apiOf(url.pathname)
    if (api === undefined) return undefined
    const { state } = store
    const matched = matchGoogle(method, url.pathname)
    return serve(store, googleFaults(api, request), {
      name: matched?.operation.name ?? `${method} ${url.pathname}`,
      write: writeOf(request),
      run: (fault: FaultKind | undefined) =>
        withStaleReads(state, fault, () => answer(state, request, api, matched)),
    })
  }
}
