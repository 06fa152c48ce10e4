import { InternalError } from '../../../../src/model/errors.ts'
import type { Sent } from '../shared/send.ts'

export type Role = 'reader' | 'writer'

/** Where requests may go. */
export interface Home {
  readonly baseUrl: URL
  readonly project: string
}

interface Row {
  readonly method: 'GET' | 'POST'
  /** Below the project. */
  readonly path: RegExp
  /** The least scope: a request that reads never holds a token that could write. */
  readonly scope: string
}

const reads = 'https://www.googleapis.com/auth/ndev.clouddns.readonly'
const writes = 'https://www.googleapis.com/auth/ndev.clouddns.readwrite'

/** All requests of this provider: https://docs.cloud.google.com/dns/docs/reference/rest/v1 */
const rows: readonly Row[] = [
  { method: 'GET', path: /^\/managedZones$/, scope: reads },
  { method: 'GET', path: /^\/managedZones\/[^/]+\/rrsets$/, scope: reads },
  { method: 'GET', path: /^\/managedZones\/[^/]+\/changes\/[^/]+$/, scope: reads },
  { method: 'POST', path: /^\/managedZones\/[^/]+\/changes$/, scope: writes },
]

/**
 * The scope of a request that may be sent. Nothing else passes: only the requests of this provider, to its own service
 * and project; of a reader, only those that read.
 */
export function admittedScope({ url, method, tried }: Sent, role: Role, { baseUrl, project }: Home): string {
  const root = `${baseUrl.pathname.replace(/\/$/, '')}/dns/v1/projects/${encodeURIComponent(project)}/`
  const isHome = url.origin === baseUrl.origin && url.pathname.startsWith(root)
  const path = url.pathname.slice(root.length - 1)
  const row = isHome ? rows.find((one) => one.method === method && one.path.test(path)) : undefined
  if (row !== undefined && (role === 'writer' || row.method === 'GET')) return row.scope
  throw new InternalError({ tried, said: `a ${role} does not send ${method} ${url.origin}${url.pathname}` })
}
