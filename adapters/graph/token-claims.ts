import * as z from 'zod'
import { tokenPayload } from '../../src/wire/token-payload.ts'

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
  const { tid, roles, scp } = claims.safeParse(tokenPayload(token)).data ?? {}
  const tenantId = tid?.toLowerCase()
  if (scp !== undefined) return { tenantId, granted: { kind: 'delegated', names: scp.split(' ') } }
  return { tenantId, granted: roles && { kind: 'application', names: roles } }
}
