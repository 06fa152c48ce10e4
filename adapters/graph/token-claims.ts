import * as z from 'zod'

const claims = z.looseObject({
  tid: z.string().optional(),
  roles: z.array(z.string()).optional(),
  scp: z.string().optional(),
})

/** What an access token says of itself. Proves nothing: whoever it is sent to decides. */
export interface TokenClaims {
  /** The directory that it is for, lower case; undefined when the token cannot be read. */
  readonly tenantId: string | undefined
  /** Whether a person is behind it, and the permissions in it; undefined when it names none. */
  readonly granted:
    | { readonly kind: 'application' | 'delegated'; readonly names: readonly string[] }
    | undefined
}

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export function claimsOf(token: string): TokenClaims {
  const { tid, roles, scp } = decoded(token)
  const tenantId = tid?.toLowerCase()
  if (scp !== undefined) return { tenantId, granted: { kind: 'delegated', names: scp.split(' ') } }
  return { tenantId, granted: roles && { kind: 'application', names: roles } }
}

function decoded(token: string): z.infer<typeof claims> {
  const payload = token.split('.')[1]
  if (payload === undefined) return {}
  try {
    return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  } catch {
    return {}
  }
}
