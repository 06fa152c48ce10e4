import type { Attempt } from '../../../src/model/attempt.ts'
import type { Clock } from '../../../src/model/clock.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import type { ApprovedPlan } from '../../../src/model/plan.ts'
import type { Call } from './google/client.ts'
import { followChange } from './google/follow.ts'
import { allPages, parsed } from './google/pages.ts'
import { changeTo, googleSet, versionedSet, versionOf } from './google/record-set.ts'
import type { Role } from './google/requests.ts'
import { findZone, type GoogleZone } from './google/zones.ts'
import type { DnsProvider, DnsProviderReader } from './provider.ts'
import type { Delegation } from './shared/choose-zone.ts'
import { plainName } from './shared/values.ts'

export interface GoogleDnsOptions {
  /** Root of the API: https://dns.googleapis.com by default. */
  readonly baseUrl?: URL
  /** The project's id or number. */
  readonly project: string
  /** A source of tokens for each scope: 'https://www.googleapis.com/auth/ndev.clouddns.…'. */
  readonly tokens: (scope: string) => TokenSource
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** A change that is pending is looked at again on it. */
  readonly clock: Clock
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  /** Asked when several managed zones have one name. */
  readonly delegation?: Delegation
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
}

export interface GoogleDns {
  reader(): DnsProviderReader
  writer(approved: ApprovedPlan): DnsProvider
}

const defaultTimeoutMs = 120_000

/** Loads the library, which takes a moment, with the first request. */
function lazyCall(options: GoogleDnsOptions, role: Role): Call {
  const { baseUrl = new URL('https://dns.googleapis.com') } = options
  const timeoutMs = options.requestTimeoutMs ?? defaultTimeoutMs
  const wire = { ...options, baseUrl, fetch: options.fetch ?? fetch, timeoutMs }
  let loading: Promise<Call> | undefined
  return async (tried, act) => {
    loading ??= import('./google/client.ts').then(({ callsOver }) => callsOver(wire, role))
    const call = await loading
    return call(tried, act)
  }
}

function readerOver(call: Call, { project, delegation }: GoogleDnsOptions): DnsProviderReader {
  const known = new Map<string, GoogleZone>()

  async function located(name: string): Promise<GoogleZone> {
    const zone = known.get(name) ?? (await findZone(call, name, project, delegation))
    known.set(name, zone)
    return zone
  }

  return {
    id: 'google',
    async zone(name) {
      known.delete(name)
      const { nameServers } = await located(name)
      return { name, nameServers }
    },
    async read(key) {
      const tried = `read the ${key.type} records of ${key.name} from Cloud DNS`
      const { managedZone } = await located(key.zone)
      const asked = { project, managedZone, name: `${key.name}.`, type: key.type }
      const listed = await allPages(
        (page) =>
          call(tried, ({ resourceRecordSets }, sent) => resourceRecordSets.list({ ...asked, ...page }, sent)),
        'rrsets',
        tried,
      )
      const set = listed
        .map((one) => parsed(googleSet, one, tried))
        .find(({ name, type }) => plainName(name) === key.name && type === key.type)
      return versionedSet(key, { managedZone, set: set ?? null }, tried)
    },
    async close() {},
  }
}

function writerOver(call: Call, options: GoogleDnsOptions): DnsProvider {
  const { project, clock, signal } = options
  return {
    ...readerOver(call, options),
    async replace(current, next) {
      const { key } = current
      const tried = `replace the ${key.type} records of ${key.name} in Cloud DNS`
      const version = versionOf(current)
      const { managedZone } = version
      const change = changeTo(key, version, next, tried)
      if (change.deletions.length === 0 && change.additions.length === 0) return
      const answer = await call(tried, ({ changes }, sent) =>
        changes.create({ project, managedZone, requestBody: change }, sent),
      )
      await followChange(answer, { call, project, managedZone, clock, signal }, tried)
    },
  }
}

/** Cloud DNS: public managed zones of one project. A change takes away the set as it was read, or does nothing. */
export function openGoogleDns(options: GoogleDnsOptions): GoogleDns {
  return {
    reader: () => readerOver(lazyCall(options, 'reader'), options),
    writer: (_approved) => writerOver(lazyCall(options, 'writer'), options),
  }
}
