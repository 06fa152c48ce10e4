import { header, type Incoming } from '../http.ts'
import { type Claims, readJwt } from '../login/jwt.ts'
import type { SandboxState } from '../tenant/state.ts'
import { graphAudiences } from './audiences.ts'
import { GraphRefusal } from './errors.ts'
import type { Operation } from './operations.ts'

function refuse(message: string): never {
  throw new GraphRefusal(401, 'InvalidAuthenticationToken', message)
}

function claimsOf(request: Incoming): Claims {
  const authorization = header(request, 'authorization')
  const [, token] = /^Bearer (\S+)$/.exec(authorization) ?? []
  if (token === undefined) return refuse('Access token is empty.')
  return readJwt(token) ?? refuse('IDX14100: JWT is not well formed.')
}

/** The token's claims. Throws a GraphRefusal when Graph would not take the token. */
export function admit(state: SandboxState, request: Incoming): Claims {
  const claims = claimsOf(request)
  const audience = claims.aud?.replace(/\/$/, '') ?? ''
  if (![...graphAudiences, request.url.origin].includes(audience))
    refuse('Access token validation failure. Invalid audience.')
  if (claims.exp === undefined || claims.exp * 1000 <= Date.now())
    refuse('Lifetime validation failed, the token is expired.')
  if (claims.tid?.toLowerCase() !== state.tenant.id)
    refuse('Access token validation failure. Invalid issuer.')
  return claims
}

/** The caller owns no application: a permission on its own ones is none to write on these. */
const ownAppsOnly = 'Application.ReadWrite.OwnedBy'

/** Whether the token, and the tenant as it is now, give one of the published permissions. */
export function mayCall(state: SandboxState, claims: Claims, operation: Operation, isRead: boolean): boolean {
  const isDelegated = claims.scp !== undefined
  const inToken = isDelegated ? (claims.scp ?? '').split(' ') : (claims.roles ?? [])
  const held = inToken.filter((name) => state.directory.permissions.includes(name))
  const wanted = isDelegated ? operation.delegated : operation.application
  return wanted
    .filter((name) => isRead || name !== ownAppsOnly)
    .some((names) => names.split(' and ').every((name) => held.includes(name)))
}
