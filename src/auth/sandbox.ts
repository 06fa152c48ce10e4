import * as z from 'zod'
import type { AccessToken, TokenSource } from '../model/credentials.ts'
import { PermissionError, ServiceError, ThrottledError } from '../model/errors.ts'
import { waitOf } from './refusal.ts'
import { reuseToken } from './reuse.ts'

/** The sandbox lets any application in. */
const clientId = '00000000-0000-4000-8000-000000000000'

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() })
const errorSchema = z.looseObject({ error_description: z.string() })

export interface SandboxTokenOptions {
  /** Of the sandbox's login service. */
  readonly loginUrl: URL
  readonly tenant: string
  /** 'https://graph.microsoft.com/.default' */
  readonly scope: string
  readonly signal: AbortSignal
}

/** Tokens for one service of a sandbox, which needs no credentials. */
export function sandboxTokenSource(options: SandboxTokenOptions): TokenSource {
  return reuseToken(
    () => request(options),
    () => new Date(),
  )
}

async function request({ loginUrl, tenant, scope, signal }: SandboxTokenOptions): Promise<AccessToken> {
  const tried = `get a token for ${tenant} from the sandbox`
  const response = await fetch(new URL(`/${tenant}/oauth2/v2.0/token`, loginUrl), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'sandbox',
      scope,
    }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  }).catch(() => {
    signal.throwIfAborted()
    throw new ServiceError({ tried, said: 'no answer', hint: 'Start it: offboard sandbox start' })
  })
  const body: unknown = await response.json().catch(() => undefined)
  const token = tokenSchema.safeParse(body)
  if (response.ok && token.success) {
    const expiresAt = new Date(Date.now() + token.data.expires_in * 1000)
    return { value: token.data.access_token, expiresAt }
  }
  const said = errorSchema.safeParse(body).data?.error_description ?? `HTTP ${response.status}`
  if (response.status === 429) {
    const retryAfterMs = waitOf(response.headers.get('retry-after'), new Date())
    throw new ThrottledError({ tried, said, ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }
  const isRefusal = response.status >= 400 && response.status < 500
  throw new (isRefusal ? PermissionError : ServiceError)({ tried, said })
}
