import { type Answer, header, type Incoming } from '../http.ts'
import { readJwt } from '../login/jwt.ts'
import type { SandboxState } from '../tenant/state.ts'
import { frontEndAnswer } from './errors.ts'

/** Whom a token for Exchange may be made out to: the application's id, and its address in each cloud. */
const audiences = [
  '00000002-0000-0ff1-ce00-000000000000',
  'https://outlook.office365.com',
  'https://outlook.office365.us',
  'https://outlook-dod.office365.us',
  'https://partner.outlook.cn',
]

function isAudience(audience: string | undefined, request: Incoming): boolean {
  const bare = audience?.replace(/\/$/, '')
  return bare !== undefined && [...audiences, request.url.origin].includes(bare)
}

function isTenant(state: SandboxState, name: string): boolean {
  const wanted = name.toLowerCase()
  const domains = state.objects['accepted-domain'].map((domain) => domain.name.toLowerCase())
  return wanted === state.tenant.id || wanted === state.tenant.domain || domains.includes(wanted)
}

/** Why a request is turned away before its command is looked at; undefined when it is let in. */
export function turnAway(state: SandboxState, request: Incoming, tenant: string): Answer | undefined {
  const [, token] = /^Bearer (\S+)$/.exec(header(request, 'authorization')) ?? []
  const claims = token === undefined ? undefined : readJwt(token)
  if (claims === undefined) return { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' }
  if (claims.exp === undefined || claims.exp * 1000 <= Date.now())
    return frontEndAnswer(401, 'Unauthorized', 'The token has expired.')
  if (!isAudience(claims.aud, request))
    return frontEndAnswer(401, 'Unauthorized', 'The token is for another audience.')
  if (!isTenant(state, tenant))
    return frontEndAnswer(404, 'NotFound', `The tenant '${tenant}' was not found.`)
  if (claims.tid?.toLowerCase() !== state.tenant.id)
    return frontEndAnswer(403, 'Forbidden', 'The token was issued by another tenant.')
  return undefined
}

/** Connectors are written where the tenant's own system mailbox lives; another anchor leads to the wrong server. */
export function isAnchored(state: SandboxState, request: Incoming): boolean {
  const [, tenant] =
    /^(?:APP|UPN):SystemMailbox\{bb558c35-97f1-4cb9-8ff7-d53741dc928c\}@(.+)$/i.exec(
      header(request, 'x-anchormailbox'),
    ) ?? []
  return tenant !== undefined && isTenant(state, tenant)
}
