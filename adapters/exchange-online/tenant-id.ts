import * as z from 'zod'
import type { Attempt } from '../../src/model/attempt.ts'
import { ServiceError, ThrottledError, UsageError } from '../../src/model/errors.ts'
import { retryAfterMs } from '../../src/wire/retry-after.ts'
import type { Http, HttpAnswer } from './http.ts'

export interface TenantResolverOptions {
  /** Root of the sign-in service, 'https://login.microsoftonline.com'. */
  readonly loginUrl: URL
  readonly http: Http
  readonly attempt: Attempt
  readonly userAgent: string
}

/** The tenant id of a domain. Each domain is asked for once. */
export type TenantResolver = (domain: string) => Promise<string>

const discovery = z.looseObject({ issuer: z.string().optional(), token_endpoint: z.string().optional() })
const guidInPath = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i

function tenantIdIn(text: string): string | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const { issuer, token_endpoint: endpoint } = discovery.safeParse(body).data ?? {}
  const ids = [issuer, endpoint].flatMap(
    (address) => guidInPath.exec(address ?? '')?.[1]?.toLowerCase() ?? [],
  )
  return new Set(ids).size === 1 ? ids[0] : undefined
}

function throttled(tried: string, { headers }: HttpAnswer): ThrottledError {
  const wait = retryAfterMs(headers)
  const problem = { tried, said: 'the sign-in service asks to wait' }
  return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc */
async function ask({ loginUrl, http, userAgent }: TenantResolverOptions, domain: string): Promise<string> {
  const tried = `find the tenant of the domain ${domain}`
  const root = loginUrl.href.replace(/\/+$/, '')
  const url = new URL(`${root}/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`)
  const headers = { accept: 'application/json', 'user-agent': userAgent }
  const answer = await http({ url, method: 'GET', headers, tried })
  const { status, text } = answer
  if (status === 429) throw throttled(tried, answer)
  if (status === 400 || status === 404)
    throw new UsageError({
      tried,
      said: 'no Microsoft 365 tenant has it',
      hint: 'Check the tenant: a GUID, or one of its verified domains.',
    })
  const id = status === 200 ? tenantIdIn(text) : undefined
  if (id === undefined) throw new ServiceError({ tried, said: `HTTP ${status} without a tenant id` })
  return id
}

export function tenantResolver(options: TenantResolverOptions): TenantResolver {
  const asked = new Map<string, Promise<string>>()
  return (domain) => {
    const name = domain.toLowerCase()
    const known = asked.get(name)
    if (known !== undefined) return known
    const answer = options.attempt('read', () => ask(options, name))
    asked.set(name, answer)
    // A failure is not kept: the next caller asks again.
    answer.catch(() => asked.delete(name))
    return answer
  }
}
