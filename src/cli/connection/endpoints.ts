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
  /** undefined: the host of the region that is asked for. */
  readonly xray: URL | undefined
  /** 'address:port' each, or an address alone; none: the system's. */
  readonly resolvers: readonly string[]
}

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
      resolvers: [sandbox.dns],
    }
  return {
    exchange: environment.OFFBOARD_EXCHANGE_URL ?? defaultUrl('exchange', cloud),
    graph: environment.OFFBOARD_GRAPH_URL ?? defaultUrl('graph', cloud),
    login: environment.OFFBOARD_LOGIN_URL ?? defaultUrl('login', cloud),
    google: environment.OFFBOARD_GOOGLE_URL,
    xray: environment.OFFBOARD_XRAY_URL,
    resolvers: (environment.OFFBOARD_DNS ?? []).map(({ address, port }) => {
      const host = address.includes(':') ? `[${address}]` : address
      return port === undefined ? address : `${host}:${port}`
    }),
  }
}
