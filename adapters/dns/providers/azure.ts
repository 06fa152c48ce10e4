import type { Attempt } from '../../../src/model/attempt.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { NotFoundError, ServiceError } from '../../../src/model/errors.ts'
import type { ApprovedPlan } from '../../../src/model/plan.ts'
import type { RecordSetKey } from '../record-set.ts'
import type { Call } from './azure/client.ts'
import { azureSet, conditionOf, nextSet, versionedSet, versionOf } from './azure/record-set.ts'
import type { Role } from './azure/requests.ts'
import { type AzureZone, assertZone, findZone } from './azure/zones.ts'
import type { DnsProvider, DnsProviderReader } from './provider.ts'
import type { Delegation } from './shared/choose-zone.ts'

export interface AzureDnsOptions {
  /** https://management.azure.com by default. */
  readonly baseUrl?: URL
  readonly subscriptionId: string
  /** Tokens for Azure Resource Manager, scope `https://management.azure.com/.default`. */
  readonly tokens: TokenSource
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  /** Asked when several resource groups have a zone of one name. */
  readonly delegation?: Delegation
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
}

export interface AzureDns {
  reader(): DnsProviderReader
  writer(approved: ApprovedPlan): DnsProvider
}

const defaultTimeoutMs = 120_000

/** Loads the library, which takes a moment, with the first request. */
function lazyCall(options: AzureDnsOptions, role: Role): Call {
  const { baseUrl = new URL('https://management.azure.com') } = options
  const timeoutMs = options.requestTimeoutMs ?? defaultTimeoutMs
  const wire = { ...options, baseUrl, fetch: options.fetch ?? fetch, timeoutMs }
  let loading: Promise<Call> | undefined
  return async (tried, act) => {
    loading ??= import('./azure/client.ts').then(({ callsOver }) => callsOver(wire, role))
    const call = await loading
    return call(tried, act)
  }
}

/** '@' for the zone itself, `_dmarc` for what is below it. */
function relativeName({ name, zone }: RecordSetKey): string {
  return name === zone ? '@' : name.slice(0, -zone.length - 1)
}

function readerOver(call: Call, { subscriptionId, delegation }: AzureDnsOptions): DnsProviderReader {
  const known = new Map<string, AzureZone>()

  async function located(name: string): Promise<AzureZone> {
    const zone = known.get(name) ?? (await findZone(call, name, subscriptionId, delegation))
    known.set(name, zone)
    return zone
  }

  return {
    id: 'azure',
    async zone(name) {
      known.delete(name)
      const { nameServers } = await located(name)
      return { name, nameServers }
    },
    async read(key) {
      const tried = `read the ${key.type} records of ${key.name} from Azure DNS`
      const zone = await located(key.zone)
      const { resourceGroup } = zone
      try {
        const answer = await call(tried, ({ recordSets }) =>
          recordSets.get(resourceGroup, key.zone, relativeName(key), key.type),
        )
        const { data: set } = azureSet.safeParse(answer)
        if (set === undefined)
          throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
        return versionedSet(key, { resourceGroup, set }, tried)
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error
        await assertZone(call, key.zone, zone)
        return versionedSet(key, { resourceGroup, set: null }, tried)
      }
    },
    async close() {},
  }
}

function writerOver(call: Call, options: AzureDnsOptions): DnsProvider {
  return {
    ...readerOver(call, options),
    async replace(current, next) {
      const { key } = current
      const tried = `replace the ${key.type} records of ${key.name} in Azure DNS`
      const version = versionOf(current)
      const condition = conditionOf(version, tried)
      const place = [version.resourceGroup, key.zone, relativeName(key), key.type] as const
      if (next.values.length > 0) {
        const set = nextSet(key, version, next, tried)
        await call(tried, ({ recordSets }) => recordSets.createOrUpdate(...place, set, condition))
      } else if (version.set !== null) {
        await call(tried, ({ recordSets }) => recordSets.delete(...place, condition))
      }
    },
  }
}

/** Azure DNS: public zones of one subscription. A set is written under its etag, so that no foreign change is lost. */
export function openAzureDns(options: AzureDnsOptions): AzureDns {
  return {
    reader: () => readerOver(lazyCall(options, 'reader'), options),
    writer: (_approved) => writerOver(lazyCall(options, 'writer'), options),
  }
}
