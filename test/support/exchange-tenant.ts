import * as z from 'zod'
import {
  type ExchangeOnline,
  type ExchangeOnlineOptions,
  exchangeOnline,
} from '../../adapters/exchange-online/index.ts'
import type { SystemWriter } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import type { ApprovedPlan } from '../../src/model/plan.ts'
import type { WritableResource } from '../../src/model/resource.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start.ts'

const grant = z.looseObject({ access_token: z.string() })

/** Tokens from the sandbox's own login service, for one of its tenants. */
function sandboxTokens({ endpoints }: Sandbox, tenant: string): TokenSource {
  return {
    async token() {
      const response = await fetch(`${endpoints.loginUrl}/${tenant}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: '6a000000-0000-4000-8000-000000000001',
          client_secret: 'sandbox',
          scope: `${endpoints.exchangeUrl}/.default`,
        }),
      })
      const { access_token: value } = grant.parse(await response.json())
      return { value, expiresAt: new Date(Date.now() + 3_600_000) }
    },
  }
}

/** Sends once, so that tests see what the adapter makes of an answer. */
const once: Attempt = (_effect, request) => request()

export interface TestTenant extends AsyncDisposable {
  readonly sandbox: Sandbox
  adapter(options?: Partial<ExchangeOnlineOptions>): ExchangeOnline
  tokens(tenant: string): TokenSource
  /** Opened under an approval, as the executor would. */
  writer(): Promise<SystemWriter>
}

export function approvalFor(guid: string): ApprovedPlan {
  return JSON.parse(JSON.stringify({ plan: { tenant: { guid, name: 'contoso' } } }))
}

export async function startTestTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  const sandbox = await startSandbox(options)
  const { endpoints } = sandbox
  const tokens = (tenant: string) => sandboxTokens(sandbox, tenant)
  const adapter = (given: Partial<ExchangeOnlineOptions> = {}) =>
    exchangeOnline({
      baseUrl: new URL(endpoints.exchangeUrl),
      loginUrl: new URL(endpoints.loginUrl),
      tokens: tokens(endpoints.tenantId),
      attempt: once,
      signal: new AbortController().signal,
      userAgent: 'offboard/test',
      ...given,
    })
  return {
    sandbox,
    adapter,
    tokens,
    writer: () => adapter().openForWriting({ asked: endpoints.tenantId }, approvalFor(endpoints.tenantId)),
    [Symbol.asyncDispose]: () => sandbox.close(),
  }
}

export function resourceOf(writer: SystemWriter, kind: string): WritableResource {
  const resource = writer.resources.get(kind)
  if (resource === undefined) throw new TypeError(`no resource ${kind}`)
  return resource
}
