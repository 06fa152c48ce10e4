import { http } from '../../adapters/exchange-online/http.ts'
import { restTransport } from '../../adapters/exchange-online/rest/transport.ts'
import type { Transport } from '../../adapters/exchange-online/transport.ts'
import type { PowerShellTenant } from './tenant.ts'

/** The other transport to the same tenant. */
export function overRest({ sandbox: { endpoints }, tokens }: PowerShellTenant): Transport {
  return restTransport({
    baseUrl: new URL(endpoints.exchangeUrl),
    tenantId: endpoints.tenantId,
    tokens,
    http: http({ fetch, signal: new AbortController().signal, timeoutMs: 20_000 }),
    attempt: (_effect, request) => request(),
    userAgent: 'offboard/test',
  })
}
