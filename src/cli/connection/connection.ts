import { openDnsSystem } from '../../../adapters/dns/system.ts'
import type { SystemReader, SystemWriter } from '../../model/adapter.ts'
import type { ApprovedPlan } from '../../model/plan.ts'
import type { TenantIdentity } from '../../model/tenant.ts'
import type { SystemId } from '../../model/words.ts'
import { connectDns, type DnsConnection } from './dns/dns.ts'
import { sandboxPolicies } from './dns/policies.ts'
import { endpointsInUse } from './endpoints.ts'
import { connectExchange, type ExchangeConnection } from './exchange.ts'
import { connectGoogle, type GoogleConnection } from './google.ts'
import { connectGraph, type GraphConnection } from './graph.ts'
import type { ConnectionInput } from './input.ts'
import { isUsed } from './needed.ts'
import { readOnly } from './read-only.ts'
import { connectXray, type XrayConnection } from './xray.ts'

/** The systems of one tenant, opened when they are asked for. Each is undefined when the platform has nothing there. */
export interface Connection {
  readonly exchange: ExchangeConnection | undefined
  readonly graph: GraphConnection | undefined
  readonly google: GoogleConnection | undefined
  /** undefined where DNS is only read of another system's domains. */
  readonly dns: DnsConnection | undefined
  /** undefined too when no token for it is set. */
  readonly xray: XrayConnection | undefined
  open(): Promise<ReadonlyMap<SystemId, SystemReader>>
  openForWriting(approved: ApprovedPlan): Promise<ReadonlyMap<SystemId, SystemWriter>>
}

/** The domains whose MX is read are those of the identity that was asked for last: one request serves both. */
function sharing<System extends SystemReader>(system: System) {
  let latest: Promise<TenantIdentity> | undefined
  const identity = () => {
    latest = system.identity()
    return latest
  }
  return {
    system: { ...system, identity },
    domains: async () => (await (latest ?? identity())).domains.map((domain) => domain.name),
  }
}

type Shared<System extends SystemReader> = ReturnType<typeof sharing<System>>

function present<System>(
  systems: readonly (readonly [SystemId, System | undefined])[],
): ReadonlyMap<SystemId, System> {
  return new Map(systems.flatMap(([id, system]) => (system === undefined ? [] : [[id, system] as const])))
}

/** How the systems of a tenant are reached: endpoints, credentials, retry and signals put together. */
export function createConnection(input: ConnectionInput): Connection {
  const { tenant, platform, options, environment, sandbox, attempts, context } = input
  const asked = { asked: tenant }
  const fetchPolicy = sandboxPolicies(sandbox)
  const endpoints = endpointsInUse(environment, options.cloud ?? 'global', sandbox)
  const exchange = isUsed('exchange-online', platform) ? connectExchange(input, endpoints) : undefined
  const graph = isUsed('graph', platform) ? connectGraph(input, endpoints) : undefined
  const google = isUsed('google-workspace', platform) ? connectGoogle(input, endpoints) : undefined
  const dns = input.mx === undefined ? undefined : connectDns(input, endpoints, input.mx)
  const xray = connectXray(input, endpoints)

  function dnsFor(owner: Shared<SystemReader> | undefined): SystemReader | undefined {
    if (owner === undefined || !isUsed('dns', platform)) return undefined
    const { resolvers } = endpoints
    const { domains } = owner
    return openDnsSystem({
      resolvers,
      attempt: attempts.optional,
      signal: context.stopping,
      domains,
      ...(fetchPolicy === undefined ? {} : { fetchPolicy }),
    })
  }

  return {
    exchange,
    graph,
    google,
    dns,
    xray,
    async open() {
      const opening = [
        exchange?.open(asked).then(sharing),
        google?.open().then(sharing),
        graph?.open(),
        xray?.open(),
        dns?.open(),
      ] as const
      const [mail, customer, directory, vendor, zones] = await Promise.all(opening)
      return present([
        ['exchange-online', mail?.system],
        ['google-workspace', customer?.system],
        ['dns', zones ?? dnsFor(mail ?? customer)],
        ['graph', directory],
        ['xray', vendor],
      ])
    },
    async openForWriting(approved) {
      const mail = await exchange?.openForWriting(asked, approved).then(sharing)
      try {
        const opening = [
          google?.openForWriting(approved).then(sharing),
          graph?.openForWriting(approved),
          xray?.open(),
          dns?.openForWriting(approved),
        ] as const
        const [customer, directory, vendor, zones] = await Promise.all(opening)
        const records = dnsFor(mail ?? customer)
        return present([
          ['exchange-online', mail?.system],
          ['google-workspace', customer?.system],
          ['dns', zones ?? (records && readOnly(records))],
          ['graph', directory],
          ['xray', vendor && readOnly(vendor)],
        ])
      } catch (error) {
        await mail?.system.close()
        throw error
      }
    },
  }
}
