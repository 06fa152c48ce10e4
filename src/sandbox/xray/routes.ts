import { type Answer, type Incoming, jsonAnswer } from '../http.ts'
import { type SandboxState, sandboxNow } from '../tenant/state.ts'
import { notFound } from './errors.ts'
import { listAnswer, spanOf } from './list.ts'
import { incidentEntries, scanEntries, scanReach } from './scans.ts'

const hosts = {
  us: 'https://api.perception-point.io',
  eu: 'https://api.eu.perception-point.io',
  au: 'https://api.aus.perception-point.io',
} as const

const environmentNames = { us: 'US', eu: 'EU', au: 'AUS' } as const

type Route = (state: SandboxState, request: Incoming, id: string) => Answer

const organization: Route = ({ vendor, directory }, _request, id) =>
  id === vendor.organization
    ? jsonAnswer(200, {
        id: Number(vendor.organization),
        name: directory.organization.displayName,
        active: true,
        number_of_seats: 250,
        origins: { office365: vendor.method !== 'google', gsuite: vendor.method === 'google' },
        environment: { name: environmentNames[vendor.region], api_url: hosts[vendor.region] },
      })
    : notFound()

const scans: Route = (state, request) =>
  listAnswer(
    request,
    scanEntries(state, request.url, spanOf(request, sandboxNow(state).getTime(), scanReach)),
  )

const incidents: Route = (state, request) =>
  listAnswer(
    request,
    incidentEntries(state, request.url, spanOf(request, sandboxNow(state).getTime(), scanReach)),
  )

const auditEvents: Route = (state, request) => {
  const { from, to } = spanOf(request, sandboxNow(state).getTime(), Number.POSITIVE_INFINITY)
  const entries = state.vendor.events
    .map(({ at, action }, index) => ({
      id: index + 1,
      row: { id: index + 1, timestamp: at / 1000, action, user: 'admin@contoso.com' },
      at,
    }))
    .filter(({ at }) => at >= from && at <= to)
  return listAnswer(request, entries)
}

const released: Route = () => jsonAnswer(200, { status: 'released' })

/** A request that the vendor's API knows. */
interface XrayRoute {
  readonly path: RegExp
  readonly name: string
  /** A GET that does something. */
  readonly acts?: true
  readonly answer: Route
}

/**
 * What other programs are known to read there; nothing of it is documented in public. Scans:
 * https://docs.blinkops.com/docs/integrations/perception-point/actions/list-scans
 */
export const xrayRoutes: readonly XrayRoute[] = [
  { path: /^\/api\/organizations\/([^/]+)\/$/, name: 'GET organizations', answer: organization },
  { path: /^\/api\/v1\/scans\/list\/$/, name: 'GET scans/list', answer: scans },
  { path: /^\/api\/v1\/scans\/incidents\/$/, name: 'GET scans/incidents', answer: incidents },
  { path: /^\/api\/v1\/audit-events\/$/, name: 'GET audit-events', answer: auditEvents },
  {
    path: /^\/api\/v1\/quarantine\/release\/([^/]+)\/?$/,
    name: 'GET quarantine/release',
    acts: true,
    answer: released,
  },
]
