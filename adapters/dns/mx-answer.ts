import type { MxRecord } from 'node:dns'
import { ServiceError } from '../../src/model/errors.ts'
import { toHost } from './domain-name.ts'

/** Where a domain's mail is delivered. Lower preference comes first. */
interface MxHost {
  readonly preference: number
  /** Lower case, without the dot at the end. */
  readonly host: string
}

/**
 * What was learnt of a domain's MX. `unresolvable` is "not checked", never "none". A domain that takes no mail at
 * all (RFC 7505) is `answered`, with no records and the reason.
 */
export interface MxAnswer {
  readonly state: 'answered' | 'no-record' | 'unresolvable'
  readonly records: readonly MxHost[]
  readonly reason?: string
}

type RecordType = 'MX' | 'TXT'

function noRecord(code: string, type: RecordType): string | undefined {
  if (code === 'ENOTFOUND') return 'there is no such domain (NXDOMAIN)'
  return code === 'ENODATA' ? `the domain has no ${type} record` : undefined
}

/** Worth asking again. */
const transient: ReadonlyMap<string, string> = new Map([
  ['ESERVFAIL', 'the name server failed (SERVFAIL)'],
  ['ETIMEOUT', 'no name server answered in time'],
])

const unresolvable: ReadonlyMap<string, string> = new Map([
  ['EREFUSED', 'the name server refused to answer (REFUSED)'],
  ['ECONNREFUSED', 'no name server could be reached'],
  ['EBADNAME', 'it is not a domain name'],
  ['EBADRESP', 'the answer of the name server could not be read'],
])

export function answeredMx(records: readonly MxRecord[]): MxAnswer {
  const hosts = records.map(({ priority, exchange }) => ({ preference: priority, host: toHost(exchange) }))
  if (hosts.length > 0 && hosts.every(({ host }) => host === '')) {
    return { state: 'answered', records: [], reason: 'the domain takes no mail (null MX)' }
  }
  const order = (one: MxHost, other: MxHost) =>
    one.preference - other.preference || one.host.localeCompare(other.host, 'en')
  return { state: 'answered', records: hosts.sort(order) }
}

export function unresolvableMx(reason: string): MxAnswer {
  return { state: 'unresolvable', records: [], reason }
}

/**
 * What an error of node:dns says of a name; throws a ServiceError when it is worth asking again.
 * Codes: https://nodejs.org/docs/latest-v24.x/api/dns.html#error-codes
 */
export function failedMx(domain: string, error: unknown, type: RecordType = 'MX'): MxAnswer {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error
  const { code } = error
  const none = noRecord(code, type)
  if (none !== undefined) return { state: 'no-record', records: [], reason: none }
  const passing = transient.get(code)
  if (passing === undefined) return unresolvableMx(unresolvable.get(code) ?? code)
  throw new ServiceError({ tried: `resolve the ${type} of ${domain}`, said: passing, cause: error })
}
