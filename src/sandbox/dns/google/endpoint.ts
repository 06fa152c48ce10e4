import type { Json, JsonObject } from '../../../model/json.ts'
import { GoogleRefusal } from '../../google/errors.ts'
import { pageOf, pageSizeOf } from '../../google/pages.ts'
import { type Incoming, jsonAnswer, type Reply } from '../../http.ts'
import { type Result, refused, serve } from '../../serve.ts'
import type { Store } from '../../tenant/store.ts'
import type { Zone } from '../zones.ts'
import { admitCloudDns } from './admission.ts'
import { applyChange } from './changes.ts'
import { CloudDnsRefusal, cloudDnsFaults, notFound, refusalAnswer } from './errors.ts'
import { findManaged, managedZones, presentManaged, presentSet, rrsetJson } from './zones.ts'

/** A request, and what stands in its path. */
interface Asked {
  readonly request: Incoming
  readonly zones: readonly Zone[]
  readonly managedZone: string
  readonly change: string
}

type Handler = (asked: Asked) => JsonObject

const usualPage = 100

function page(rows: readonly JsonObject[], field: string, url: URL): JsonObject {
  const size = pageSizeOf(url.searchParams.get('maxResults'), usualPage, usualPage)
  const { rows: shown, next } = pageOf(rows, size, url)
  return { [field]: shown, ...(next === undefined ? {} : { nextPageToken: next }) }
}

const listZones: Handler = ({ zones, request: { url } }) => {
  const name = url.searchParams.get('dnsName')
  const wanted = managedZones(zones).filter(({ zone }) => name === null || `${zone.name}.` === name)
  return page(wanted.map(presentManaged), 'managedZones', url)
}

const listSets: Handler = ({ zones, managedZone, request: { url } }) => {
  const { searchParams } = url
  const [name, type] = [searchParams.get('name'), searchParams.get('type')]
  const wanted = findManaged(zones, managedZone)
    .sets.map(presentSet)
    .filter((set) => (name === null || set.name === name) && (type === null || set.type === type))
  return page(wanted.map(rrsetJson), 'rrsets', url)
}

/** Every change is pending at first, and done by the time somebody asks. */
const createChange: Handler = ({ zones, managedZone, request }) => ({
  ...applyChange(findManaged(zones, managedZone), request.body),
  status: 'pending',
})

const getChange: Handler = ({ zones, managedZone, change }) => {
  const { serial } = findManaged(zones, managedZone)
  if (!/^\d+$/.test(change) || Number(change) > serial) throw notFound('parameters.changeId', change)
  return { kind: 'dns#change', id: change, status: 'done' }
}

interface Route {
  readonly name: string
  readonly method: string
  readonly path: RegExp
  readonly handler: Handler
}

const routes: readonly Route[] = [
  { name: 'GET managedZones', method: 'GET', path: /^\/managedZones$/, handler: listZones },
  { name: 'GET rrsets', method: 'GET', path: /^\/managedZones\/([^/]+)\/rrsets$/, handler: listSets },
  { name: 'POST changes', method: 'POST', path: /^\/managedZones\/([^/]+)\/changes$/, handler: createChange },
  {
    name: 'GET changes',
    method: 'GET',
    path: /^\/managedZones\/([^/]+)\/changes\/([^/]+)$/,
    handler: getChange,
  },
]

function refusalOf(error: unknown): CloudDnsRefusal {
  if (error instanceof CloudDnsRefusal) return error
  if (error instanceof GoogleRefusal) return new CloudDnsRefusal(error.code, error.reason, error.message)
  throw error
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** Cloud DNS; undefined for an address that is not its own. */
export function createCloudDns(store: Store): (request: Incoming) => Reply | undefined {
  return (request) => {
    const { method, url, body } = request
    const [, project, rest] = /^\/dns\/v1\/projects\/([^/]+)(\/.*)$/.exec(url.pathname) ?? []
    if (project === undefined || rest === undefined) return undefined
    const route = routes.find((one) => one.method === method && one.path.test(rest))
    const run = (): Result => {
      try {
        admitCloudDns(request, decodeURIComponent(project))
        if (route === undefined) throw notFound('path', rest)
        const [, managedZone = '', change = ''] = route.path.exec(rest) ?? []
        const asked = { request, zones: store.state.dns.zones, managedZone, change }
        return { answer: jsonAnswer(200, route.handler(asked)), done: true }
      } catch (error) {
        return refused(refusalAnswer(refusalOf(error)))
      }
    }
    return serve(store, cloudDnsFaults, {
      name: route?.name ?? `${method} ${url.pathname}`,
      write: method === 'GET' ? undefined : { path: url.pathname, body: parsed(body) },
      run,
    })
  }
}
