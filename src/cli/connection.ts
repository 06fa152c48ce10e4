import { openDnsSystem } from '../../adapters/dns/system.ts'
import { type ExchangeOnline, exchangeOnline } from '../../adapters/exchange-online/index.ts'
import { sandboxTokenSource } from '../auth/sandbox.ts'
import { tokenSource } from '../auth/token-source.ts'
import { type CloudId, clouds } from '../config/clouds.ts'
import type { Environment } from '../config/environment.ts'
import type { SystemReader, SystemWriter } from '../model/adapter.ts'
import type { Attempt } from '../model/attempt.ts'
import type { TokenSource } from '../model/credentials.ts'
import type { ApprovedPlan } from '../model/plan.ts'
import type { TenantIdentity } from '../model/tenant.ts'
import type { SystemId } from '../model/words.ts'
import type { SandboxEndpoints } from '../sandbox/endpoints.ts'
import type { Context } from './command.ts'
import { endpointsInUse } from './endpoints.ts'
import { transportOf } from './exchange-transport.ts'
import type { Options } from './parse.ts'
import { version } from './version.ts'

export interface ConnectionInput {
  /** As asked for: an id or a domain. */
  readonly tenant: string
  readonly options: Pick<Options, 'auth' | 'cloud' | 'exchange' | 'sandbox'>
  readonly environment: Environment
  readonly sandbox: SandboxEndpoints | undefined
  readonly attempt: Attempt
  /** A dead resolver must not hold the survey up. */
  readonly dnsAttempt: Attempt
  readonly context: Context
  readonly onWarning: (text: string) => void
}

/** The systems of one tenant, opened when they are asked for. */
export interface Connection {
  readonly exchange: ExchangeOnline
  readonly tokens: TokenSource
  open(): Promise<ReadonlyMap<SystemId, SystemReader>>
  openForWriting(approved: ApprovedPlan): Promise<ReadonlyMap<SystemId, SystemWriter>>
}

function tokensFor(input: ConnectionInput, loginUrl: URL, cloud: CloudId): TokenSource {
  const { tenant, context, sandbox, environment, options } = input
  if (sandbox !== undefined) return sandboxTokenSource({ loginUrl, tenant, signal: context.leaving })
  return tokenSource({
    auth: options.auth,
    environment,
    cloud,
    tenant,
    scope: clouds[cloud].exchangeScope,
    loginUrl,
    signal: context.leaving,
    prompt: context.isTerminal ? (message) => context.stderr.write(`${message}\n`) : undefined,
  })
}

function powershellOptions({ environment, context }: ConnectionInput, baseUrl: URL) {
  const program = environment.OFFBOARD_PWSH
  return {
    environment: { ...context.env, OFFBOARD_EXCHANGE_URL: baseUrl.href.replace(/\/$/, '') },
    ...(program === undefined ? {} : { program }),
  }
}

/** The domains whose MX is read are those of the identity that was asked for last: one request serves both. */
function sharing(exchange: SystemReader): {
  exchange: SystemReader
  domains: () => Promise<readonly string[]>
} {
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

/** How the systems of a tenant are reached: endpoints, credentials, retry and signals put together. */
export function createConnection(input: ConnectionInput): Connection {
  const { tenant, options, environment, sandbox, attempt, dnsAttempt, context, onWarning } = input
  const cloud = options.cloud ?? 'global'
  const { exchange: baseUrl, login: loginUrl, resolvers } = endpointsInUse(environment, cloud, sandbox)
  const tokens = tokensFor(input, loginUrl, cloud)
  const exchange = exchangeOnline({
    baseUrl,
    loginUrl,
    tokens,
    attempt,
    signal: context.leaving,
    userAgent: `offboard/${version}`,
    onWarning,
    ...(transportOf(options) === 'powershell' ? { powershell: powershellOptions(input, baseUrl) } : {}),
  })
  const dnsFor = (domains: () => Promise<readonly string[]>) =>
    openDnsSystem({ resolvers, attempt: dnsAttempt, signal: context.stopping, domains })

  return {
    exchange,
    tokens,
    async open() {
      const shared = sharing(await exchange.open({ asked: tenant }))
      return new Map<SystemId, SystemReader>([
        ['exchange-online', shared.exchange],
        ['dns', dnsFor(shared.domains)],
      ])
    },
    async openForWriting(approved) {
      const writer = await exchange.openForWriting({ asked: tenant }, approved)
      const shared = sharing(writer)
      return new Map<SystemId, SystemWriter>([
        ['exchange-online', { ...writer, identity: shared.exchange.identity }],
        ['dns', { ...dnsFor(shared.domains), resources: new Map() }],
      ])
    },
  }
}
