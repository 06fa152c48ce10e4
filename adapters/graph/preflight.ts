import { type Act, type GraphRequest, requests } from './permissions.ts'
import type { TokenClaims } from './token-claims.ts'

/** Whether the caller may send a request, as far as its token tells; if not, the least that would do. */
export interface PermissionCheck {
  readonly request: GraphRequest
  readonly allowed: 'yes' | 'no' | 'unknown'
  /** All of these are needed; empty when nothing is missing. */
  readonly missing: readonly string[]
}

function check(request: GraphRequest, granted: TokenClaims['granted']): PermissionCheck {
  if (granted === undefined) return { request, allowed: 'unknown', missing: [] }
  const { least, accepted } = request[granted.kind]
  const held = new Set(granted.names)
  const isEnough = [least, ...accepted].some((names) => names.every((name) => held.has(name)))
  return isEnough
    ? { request, allowed: 'yes', missing: [] }
    : { request, allowed: 'no', missing: least.filter((name) => !held.has(name)) }
}

/**
 * Compares the permissions in the token with those that the requests for `acts` need. Sends nothing. For a person
 * the token's word is not the last one: a directory role is needed too, which it does not name.
 */
export function preflight(acts: readonly Act[], granted: TokenClaims['granted']): readonly PermissionCheck[] {
  return requests.filter(({ act }) => acts.includes(act)).map((request) => check(request, granted))
}
