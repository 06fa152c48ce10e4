import type { Json, JsonObject } from '../../../model/json.ts'
import { type Answer, type Incoming, jsonAnswer, type Reply } from '../../http.ts'
import { type Result, refused, serve } from '../../serve.ts'
import type { Store } from '../../tenant/store.ts'
import type { Zone } from '../zones.ts'
import { admitAzure } from './admission.ts'
import { AzureRefusal, azureError, azureFaults, azureHeaders, badRequest } from './errors.ts'
import { type AskedSet, deleteSet, getSet, replaceSet } from './record-sets.ts'
import { findPlaced, placedZones, presentZone } from './zones.ts'

const pageSize = 100

/** What stands in the path of a request; all but the subscription may be left out. */
interface Place {
  readonly subscription: string
  readonly group: string
  readonly zone: string
  readonly type: string
  readonly relative: string
}

const zonesPath = /^\/subscriptions\/(?<subscription>[^/]+)\/providers\/Microsoft\.Network\/dnszones$/i
const zonePath =
  /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.Network\/dnszones\/(?<zone>[^/]+)(?:\/(?<type>[^/]+)\/(?<relative>[^/]+))?$/i

function placeOf({ pathname }: URL): Place | undefined {
  const groups = (zonesPath.exec(pathname) ?? zonePath.exec(pathname))?.groups
  if (groups === undefined) return undefined
  const part = (name: string) => decodeURIComponent(groups[name] ?? '')
  return {
    subscription: part('subscription'),
    group: part('group'),
    zone: part('zone'),
    type: part('type').toUpperCase(),
    relative: part('relative'),
  }
}

function listZones(zones: readonly Zone[], { url }: Incoming): Answer {
  const from = Number(url.searchParams.get('$skipToken') ?? '0')
  const next = new URL(url)
  next.searchParams.set('$skipToken', String(from + pageSize))
  const value = placedZones(zones)
    .slice(from, from + pageSize)
    .map(presentZone)
  const nextLink = from + pageSize < zones.length ? { nextLink: next.href } : {}
  return jsonAnswer(200, { value, ...nextLink }, azureHeaders())
}

type Act = (asked: AskedSet, request: Incoming) => Answer
const acts: Readonly<Record<string, Act>> = { GET: getSet, PUT: replaceSet, DELETE: deleteSet }

function onSet(zones: readonly Zone[], place: Place, request: Incoming): Answer {
  const placed = findPlaced(zones, place.group, place.zone, true)
  const { type, relative } = place
  if (type !== 'MX' && type !== 'TXT') throw badRequest(`The record type '${type}' is not served here.`)
  const act = acts[request.method]
  if (act === undefined)
    throw new AzureRefusal(405, 'MethodNotAllowed', `The method ${request.method} is not served here.`)
  return act({ placed, type, relative }, request)
}

function run({ state }: Store, place: Place, request: Incoming): Result {
  try {
    admitAzure(state, request, place.subscription)
    if (!request.url.searchParams.has('api-version'))
      throw new AzureRefusal(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter is required.',
      )
    const { zones } = state.dns
    if (place.zone === '') return { answer: listZones(zones, request), done: true }
    if (place.type !== '') return { answer: onSet(zones, place, request), done: true }
    const zone = presentZone(findPlaced(zones, place.group, place.zone, false))
    return { answer: jsonAnswer(200, zone, azureHeaders()), done: true }
  } catch (error) {
    if (error instanceof AzureRefusal) return refused(azureError(error.status, error.code, error.message))
    throw error
  }
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** What is put down of a request that could change something. */
function writeOf({ method, url, body }: Incoming): JsonObject | undefined {
  if (method === 'GET') return undefined
  return { path: url.pathname, ...(body === '' ? {} : { body: parsed(body) }) }
}

/** Azure Resource Manager, as far as Azure DNS goes; undefined for an address that is not its own. */
export function createAzureDns(store: Store): (request: Incoming) => Reply | undefined {
  return (request) => {
    const place = placeOf(request.url)
    if (place === undefined) return undefined
    return serve(store, azureFaults, {
      name: `${request.method} ${place.type === '' ? 'dnszones' : 'recordsets'}`,
      write: writeOf(request),
      run: () => run(store, place, request),
    })
  }
}
