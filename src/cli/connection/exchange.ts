import { type ExchangeOnline, exchangeOnline } from '../../../adapters/exchange-online/index.ts'
import { clouds } from '../../config/clouds.ts'
import type { TokenSource } from '../../model/credentials.ts'
import { transportOf } from '../exchange-transport.ts'
import { version } from '../version.ts'
import type { EndpointsInUse } from './endpoints.ts'
import type { ConnectionInput } from './input.ts'
import { tokensFor } from './tokens.ts'

/** Exchange Online of the tenant. */
export interface ExchangeConnection extends ExchangeOnline {
  readonly tokens: TokenSource
}

function powershellOptions({ environment, context }: ConnectionInput, baseUrl: URL) {
  const program = environment.OFFBOARD_PWSH
  return {
    environment: { ...context.env, OFFBOARD_EXCHANGE_URL: baseUrl.href.replace(/\/$/, '') },
    ...(program === undefined ? {} : { program }),
  }
}

export function connectExchange(input: ConnectionInput, endpoints: EndpointsInUse): ExchangeConnection {
  const { options, attempts, context, onWarning } = input
  const { exchange: baseUrl, login: loginUrl } = endpoints
  const tokens = tokensFor(input, loginUrl, clouds[options.cloud ?? 'global'].exchangeScope)
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
  return { ...exchange, tokens }
}
