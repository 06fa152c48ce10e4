import { InternalError } from '../../../../src/model/errors.ts'
import type { Sent } from '../shared/send.ts'

export type Role = 'reader' | 'writer'

/** Where requests may go. */
export interface Home {
  readonly baseUrl: URL
  readonly subscriptionId: string
}

interface Row {
  readonly methods: Readonly<Record<Role, readonly string[]>>
  /** Below the subscription. */
  readonly path: RegExp
}

const readsOnly = { reader: ['GET'], writer: ['GET'] }

/** All requests of this provider: https://learn.microsoft.com/rest/api/dns/?view=rest-dns-2018-05-01 */
const rows: readonly Row[] = [
  { methods: readsOnly, path: /^\/providers\/Microsoft\.Network\/dnszones$/i },
  { methods: readsOnly, path: /^\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/dnsZones\/[^/]+$/i },
  {
    methods: { reader: ['GET'], writer: ['GET', 'PUT', 'DELETE'] },
    path: /^\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/dnsZones\/[^/]+\/(?:MX|TXT)\/[^/]+$/i,
  },
]

/** The path below the service's own root; undefined for an address elsewhere. */
function pathAt({ origin, pathname }: URL, baseUrl: URL): string | undefined {
  const root = baseUrl.pathname.replace(/\/$/, '')
  return origin === baseUrl.origin && pathname.startsWith(`${root}/`)
    ? pathname.slice(root.length)
    : undefined
}

/**
 * Lets the requests of this provider pass and no others: to its own service and subscription; of a reader, only those
 * that read; of a writer, no write without a version that it rests on.
 */
export function assertAdmitted({ url, method, headers, tried }: Sent, role: Role, home: Home): void {
  const root = `/subscriptions/${encodeURIComponent(home.subscriptionId)}/`
  const path = pathAt(url, home.baseUrl)
  const row =
    path?.toLowerCase().startsWith(root.toLowerCase()) === true
      ? rows.find((one) => one.path.test(path.slice(root.length - 1)))
      : undefined
  const isVersioned = headers['if-match'] !== undefined || headers['if-none-match'] === '*'
  if (row?.methods[role].includes(method) === true && (method === 'GET' || isVersioned)) return
  throw new InternalError({ tried, said: `a ${role} does not send ${method} ${url.origin}${url.pathname}` })
}
