import { openDnsSystem } from '../../../adapters/dns/system.ts'
import { type ExchangeOnline, exchangeOnline } from '../../../adapters/exchange-online/index.ts'
import { clouds } from '../../config/clouds.ts'
import type { SystemReader, SystemWriter } from '../../model/adapter.ts'
import type { TokenSource } from '../../model/credentials.ts'
import type { ApprovedPlan } from '../../model/plan.ts'
import type { TenantIdentity } from '../../model/tenant.ts'
import type { SystemId } from '../../model/words.ts'
import { transportOf } from '../exchange-transport.ts'
import { version } from '../version.ts'
import { endpointsInUse } from './endpoints.ts'
import { connectGraph, type GraphConnection } from './graph.ts'
import type { ConnectionInput } from './input.ts'
import { isUsed } from './needed.ts'
import { readOnly } from './read-only.ts'
import { tokensFor } from './tokens.ts'
import { connectXray, type XrayConnection } from './xray.ts'

/** The systems of one tenant, opened when they are asked for. */
export interface Connection {
  readonly exchange: ExchangeOnline
  /** For Exchange Online. */
  readonly tokens: TokenSource
  /** undefined when the platform has nothing there. */
  readonly graph: GraphConnection | undefined
  /** undefined when no token for it is set. */
  readonly xray: XrayConnection | undefined
  open(): Promise<ReadonlyMap<SystemId, SystemReader>>
  openForWriting(approved: ApprovedPlan): Promise<ReadonlyMap<SystemId, SystemWriter>>
}

function powershellOptions({ environment, context }: ConnectionInput, baseUrl: URL) {
  const program = environment.OFFBOARD_PWSH
  return {
    environment: { ...context.env, OFFBOARD_EXCHANGE_URL: baseUrl.href.replace(/\/$/, '') },
    ...(program === undefined ? {} : { program }),
  }
}

/** The domains whose MX is read are those of the identity that was asked for last: one request serves both. */
function sharing<System extends SystemReader>(exchange: System) {
  let latest: Promise<TenantIdentity> | undefined
  const identity = () => {
    latest = exchange.identity()
    return latest
  }
  return {
    exchange: { ...exchange, identity },
    domains: async () => (await (latest ?? identity())).domains.map((domain) => domain.name),
  }
}

function present<System>(
  systems: readonly (readonly [SystemId, System | undefined])[],
): ReadonlyMap<SystemId, System> {
  return new Map(systems.flatMap(([id, system]) => (system === undefined ? [] : [[id, system] as const])))
}

/** How the systems of a tenant are reached: endpoints, credentials, retry and signals put together. */
export function createConnection(input: ConnectionInput): Connection {
  const { tenant, platform, options, environment, sandbox, attempts, context, onWarning } = input
  const cloud = options.cloud ?? 'global'
  const endpoints = endpointsInUse(environment, cloud, sandbox)
  const { exchange: baseUrl, login: loginUrl, resolvers } = endpoints
  const tokens = tokensFor(input, loginUrl, clouds[cloud].exchangeScope)
  const exchange = exchangeOnline({
    baseUrl,
    loginUrl,
    tokens,
    attempt: attempts.exchange,
    signal: context.leaving,
    userAgent: `offboard/${version}`,
    onWarning,
    ...(transportOf(options) === 'powershell' ? { powershell: powershellOptions(input, baseUrl) } : {}),
  })
  const graph = isUsed('graph', platform) ? connectGraph(input, endpoints) : undefined
  const xray = connectXray(input, endpoints)
  const dnsFor = (domains: () => Promise<readonly string[]>) =>
    openDnsSystem({ resolvers, attempt: attempts.optional, signal: context.stopping, domains })

  return {
    exchange,
    tokens,
    graph,
    xray,
    async open() {
      const opening = [exchange.open({ asked: tenant }).then(sharing), graph?.open(), xray?.open()] as const
      const [shared, directory, vendor] = await Promise.all(opening)
      return present([
        ['exchange-online', shared.exchange],
        ['dns', dnsFor(shared.domains)],
        ['graph', directory],
        ['xray', vendor],
      ])
    },
    async openForWriting(approved) {
      const shared = sharing(await exchange.openForWriting({ asked: tenant }, approved))
      try {
        const [directory, vendor] = await Promise.all([graph?.openForWriting(approved), xray?.open()])
        return present([
          ['exchange-online', shared.exchange],
          ['dns', readOnly(dnsFor(shared.domains))],
          ['graph', directory],
          ['xray', vendor && readOnly(vendor)],
        ])
      } catch (error) {
        await shared.exchange.close()
        throw error
      }
    },
  }
}
