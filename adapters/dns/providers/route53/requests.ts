import { InternalError } from '../../../../src/model/errors.ts'
import type { Sent } from '../shared/send.ts'

export type Role = 'reader' | 'writer'

interface Row {
  readonly method: 'GET' | 'POST'
  /** Below the version. */
  readonly path: RegExp
}

const version = '/2013-04-01'

/** All requests of this provider: https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html */
const rows: readonly Row[] = [
  { method: 'GET', path: /^\/hostedzonesbyname$/ },
  { method: 'GET', path: /^\/hostedzone\/[^/]+$/ },
  { method: 'GET', path: /^\/hostedzone\/[^/]+\/rrset$/ },
  { method: 'POST', path: /^\/hostedzone\/[^/]+\/rrset$/ },
]

/** Lets the requests of this provider pass and no others: to its own service; of a reader, only those that read. */
export function assertAdmitted({ url, method, tried }: Sent, role: Role, baseUrl: URL): void {
  const root = `${baseUrl.pathname.replace(/\/$/, '')}${version}`
  const isHome = url.origin === baseUrl.origin && url.pathname.startsWith(`${root}/`)
  const path = url.pathname.slice(root.length)
  const row = isHome ? rows.find((one) => one.method === method && one.path.test(path)) : undefined
  if (row !== undefined && (role === 'writer' || row.method === 'GET')) return
  throw new InternalError({ tried, said: `a ${role} does not send ${method} ${url.origin}${url.pathname}` })
}
