import { InternalError } from '../../../src/model/errors.ts'
import { type GoogleApi, type GoogleRequest, requestFor } from '../requests.ts'

export type Role = 'reader' | 'writer'

/** Where each API answers. */
export type Roots = Readonly<Record<GoogleApi, URL>>

/** One root serves every API where the caller names one. */
export function rootsOf(baseUrl: URL | undefined): Roots {
  return {
    admin: baseUrl ?? new URL('https://admin.googleapis.com'),
    cloudidentity: baseUrl ?? new URL('https://cloudidentity.googleapis.com'),
  }
}

/** The address, method, body and purpose of a request. */
export interface Sent {
  readonly url: URL
  readonly method: string
  readonly body: string | null
  /** What it is sent for, as a phrase. */
  readonly tried: string
}

/**
 * The row of a request that may be sent. Nothing else passes: only the requests of the adapter's table, each to
 * its own API; of a reader, only those that read.
 */
export function admitted({ url, method, tried }: Sent, role: Role, roots: Roots): GoogleRequest {
  const row = requestFor(method, url.pathname)
  const isAtHome = row !== undefined && url.origin === roots[row.api].origin
  if (row === undefined || !isAtHome || (role === 'reader' && row.method !== 'GET'))
    throw new InternalError({ tried, said: `a ${role} does not send ${method} ${url.origin}${url.pathname}` })
  return row
}
