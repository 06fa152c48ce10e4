import type { Attempt } from '../../../src/model/attempt.ts'
import type { ApprovedPlan } from '../../../src/model/plan.ts'
import type { DnsProvider, DnsProviderReader } from './provider.ts'
import type { AwsCredentials } from './route53/client.ts'
import type { Role } from './route53/requests.ts'
import type { Route53Zone } from './route53/zones.ts'
import type { Delegation } from './shared/choose-zone.ts'

export interface Route53Options {
  /** https://route53.amazonaws.com by default; other partitions have their own. */
  readonly baseUrl?: URL
  /** By which requests are signed. 'us-east-1' by default. */
  readonly region?: string
  /** Asked for each request. */
  readonly credentials: () => Promise<AwsCredentials>
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  /** Asked when the account has several public zones of one name. */
  readonly delegation?: Delegation
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
}

export interface Route53 {
  reader(): DnsProviderReader
  writer(approved: ApprovedPlan): DnsProvider
}

const defaultTimeoutMs = 120_000

/** Loads the library, which takes a moment, with the first request. */
async function load(options: Route53Options, role: Role) {
  const [{ callsOver }, { findZone }, { readSet, replaceSet }] = await Promise.all([
    import('./route53/client.ts'),
    import('./route53/zones.ts'),
    import('./route53/sets.ts'),
  ])
  const { baseUrl = new URL('https://route53.amazonaws.com'), region = 'us-east-1' } = options
  const timeoutMs = options.requestTimeoutMs ?? defaultTimeoutMs
  const call = callsOver({ ...options, baseUrl, region, fetch: options.fetch ?? fetch, timeoutMs }, role)
  return { call, findZone, readSet, replaceSet }
}

type Loaded = () => ReturnType<typeof load>

function lazily(options: Route53Options, role: Role): Loaded {
  let loading: ReturnType<typeof load> | undefined
  return () => {
    loading ??= load(options, role)
    return loading
  }
}

function readerOver(loaded: Loaded, { delegation }: Route53Options): DnsProviderReader {
  const known = new Map<string, Route53Zone>()

  async function located(name: string): Promise<Route53Zone> {
    const { call, findZone } = await loaded()
    const zone = known.get(name) ?? (await findZone(call, name, delegation))
    known.set(name, zone)
    return zone
  }

  return {
    id: 'route53',
    async zone(name) {
      known.delete(name)
      const { nameServers } = await located(name)
      return { name, nameServers }
    },
    async read(key) {
      const { id } = await located(key.zone)
      const { call, readSet } = await loaded()
      return readSet(call, id, key)
    },
    async close() {},
  }
}

function writerOver(loaded: Loaded, options: Route53Options): DnsProvider {
  return {
    ...readerOver(loaded, options),
    async replace(current, next) {
      const { call, replaceSet } = await loaded()
      await replaceSet(call, current, next)
    },
  }
}

/**
 * Route 53: public hosted zones of one account. A set is replaced by one batch that deletes it as it was read, letter
 * by letter, and creates the new one: the service carries out both, or neither when the set is another by now.
 */
export function openRoute53(options: Route53Options): Route53 {
  return {
    reader: () => readerOver(lazily(options, 'reader'), options),
    writer: (_approved) => writerOver(lazily(options, 'writer'), options),
  }
}
