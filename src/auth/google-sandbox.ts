import * as z from 'zod'
import type { TokenSource } from '../model/credentials.ts'
import { PermissionError, ServiceError } from '../model/errors.ts'
import type { GoogleTokens } from './google-tokens.ts'
import { reuseToken } from './reuse.ts'

export interface SandboxGoogleOptions {
  /** Root of the sandbox's Google. */
  readonly baseUrl: URL
  /** The service account that it knows. */
  readonly serviceAccount: string
  /** The administrator for whom it acts; undefined: it acts for itself. */
  readonly subject: string | undefined
  readonly signal: AbortSignal
}

const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() })
const errorSchema = z.looseObject({ error_description: z.string() })

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** An assertion without a signature: the sandbox does not look at it. */
function assertionFor(scope: string, { baseUrl, serviceAccount, subject }: SandboxGoogleOptions): string {
  const iat = Math.floor(Date.now() / 1000)
  const aud = new URL('/token', baseUrl).href
  const claims = { iss: serviceAccount, sub: subject, scope, aud, iat, exp: iat + 3600 }
  return `${encoded({ alg: 'none' })}.${encoded(claims)}.x`
}

async function request(scope: string, options: SandboxGoogleOptions) {
  const tried = 'get a token for Google from the sandbox'
  const { baseUrl, signal } = options
  const response = await fetch(new URL('/token', baseUrl), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertionFor(scope, options),
    }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  }).catch(() => {
    signal.throwIfAborted()
    throw new ServiceError({ tried, said: 'no answer', hint: 'Start it: offboard sandbox start' })
  })
  const body: unknown = await response.json().catch(() => undefined)
  const { data } = tokenSchema.safeParse(body)
  if (response.ok && data !== undefined)
    return { value: data.access_token, expiresAt: new Date(Date.now() + data.expires_in * 1000) }
  const said = errorSchema.safeParse(body).data?.error_description ?? `HTTP ${response.status}`
  throw new (response.status >= 500 ? ServiceError : PermissionError)({ tried, said })
}

/** Tokens for the Google of a sandbox, which needs no credentials. */
export function sandboxGoogleTokens(options: SandboxGoogleOptions): GoogleTokens {
  const sources = new Map<string, TokenSource>()
  return {
    isScoped: async () => true,
    forScope(scope) {
      const source =
        sources.get(scope) ??
        reuseToken(
          () => request(scope, options),
          () => new Date(),
        )
      sources.set(scope, source)
      return source
    },
  }
}
