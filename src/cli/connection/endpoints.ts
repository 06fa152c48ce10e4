import { type CloudId, defaultUrl } from '../../config/clouds.ts'
import type { Environment } from '../../config/environment.ts'
import type { SandboxEndpoints } from '../../sandbox/endpoints.ts'

/** Where a command on a tenant goes. */
export interface EndpointsInUse {
  readonly exchange: URL
  readonly graph: URL
  readonly login: URL
  /** The root of every Google API; undefined: Google's own hosts. */
  readonly google: URL | undefined
  /** Azure Resource Manager. */
  readonly azure: URL
  /** The root of Cloudflare's API, with its version. */
  readonly cloudflare: URL
  /** undefined: the host of the partition that AWS_REGION is in. */
  readonly route53: URL | undefined
  /** undefined: the host of the region that is asked for. */
  readonly xray: URL | undefined
  /** 'address:port' each, or an address alone; none: the system's. */
  readonly resolvers: readonly string[]
  /** On which port authoritative servers are asked; undefined: the usual one. */
  readonly authorityPort: number | undefined
  /** At which mail servers must answer; undefined: the usual one. */
  readonly smtpPort: number | undefined
}

const cloudflareUrl = 'https://api.cloudflare.com/client/v4'

export function endpointsInUse(
  environment: Environment,
  cloud: CloudId,
  sandbox: SandboxEndpoints | undefined,
): EndpointsInUse {
  if (sandbox !== undefined)
    return {
      exchange: new URL(sandbox.exchangeUrl),
      graph: new URL(sandbox.graphUrl),
      login: new URL(sandbox.loginUrl),
      google: new URL(sandbox.googleUrl),
      xray: new URL(sandbox.xrayUrl),
      azure: new URL(sandbox.dnsApiUrl),
      cloudflare: new URL('/client/v4', sandbox.dnsApiUrl),
      route53: new URL(sandbox.dnsApiUrl),
      resolvers: [sandbox.dns],
      authorityPort: Number(sandbox.dns.split(':').at(-1)),
      smtpPort: Number(sandbox.smtp.split(':').at(-1)),
    }
  return {
    exchange: environment.OFFBOARD_EXCHANGE_URL ?? defaultUrl('exchange', cloud),
    graph: environment.OFFBOARD_GRAPH_URL ?? defaultUrl('graph', cloud),
    login: environment.OFFBOARD_LOGIN_URL ?? defaultUrl('login', cloud),
    google: environment.OFFBOARD_GOOGLE_URL,
    xray: environment.OFFBOARD_XRAY_URL,
    azure: environment.OFFBOARD_AZURE_URL ?? defaultUrl('azure', cloud),
    cloudflare: environment.CLOUDFLARE_BASE_URL ?? new URL(cloudflareUrl),
    route53: environment.AWS_ENDPOINT_URL_ROUTE_53,
    resolvers: (environment.OFFBOARD_DNS ?? []).map(({ address, port }) => {
      const host = address.includes(':') ? `[${address}]` : address
      return port === undefined ? address : `${host}:${port}`
    }),
    authorityPort: environment.OFFBOARD_DNS?.find(({ port }) => port !== undefined)?.port,
    smtpPort: environment.OFFBOARD_SMTP_PORT,
  }
}
