import { InternalError } from '../../../../src/model/errors.ts'
import type { Sent } from '../shared/send.ts'

export type Role = 'reader' | 'writer'

interface Row {
  readonly method: 'GET' | 'POST'
  /** Below the API's root. */
  readonly path: RegExp
}

/** All requests of this provider: https://developers.cloudflare.com/api/resources/dns/ */
const rows: readonly Row[] = [
  { method: 'GET', path: /^\/zones$/ },
  { method: 'GET', path: /^\/zones\/[^/]+\/dns_records$/ },
  { method: 'POST', path: /^\/zones\/[^/]+\/dns_records\/batch$/ },
]

/** Lets the requests of this provider pass and no others: to its own service; of a reader, only those that read. */
export function assertAdmitted({ url, method, tried }: Sent, role: Role, baseUrl: URL): void {
  const root = baseUrl.pathname.replace(/\/$/, '')
  const isHome = url.origin === baseUrl.origin && url.pathname.startsWith(`${root}/`)
  const path = url.pathname.slice(root.length)
  const row = isHome ? rows.find((one) => one.method === method && one.path.test(path)) : undefined
  if (row !== undefined && (role === 'writer' || row.method === 'GET')) return
  throw new InternalError({ tried, said: `a ${role} does not send ${method} ${url.origin}${url.pathname}` })
}
