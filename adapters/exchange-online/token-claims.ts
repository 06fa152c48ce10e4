import * as z from 'zod'
import { tokenPayload } from '../../src/wire/token-payload.ts'

const claims = z.looseObject({
  tid: z.string().optional(),
  scp: z.string().optional(),
  idp: z.string().optional(),
})

function claimsOf(token: string): z.infer<typeof claims> {
  return claims.safeParse(tokenPayload(token)).data ?? {}
}

/** The tenant id in an access token; undefined when the token cannot be read. Proves nothing by itself. */
export function tenantOfToken(token: string): string | undefined {
  return claimsOf(token).tid?.toLowerCase()
}

/**
 * Whether an access token is that of a person whose home is another tenant, as under delegated administration.
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function isFromElsewhere(token: string): boolean {
  const { tid, scp, idp } = claimsOf(token)
  if (tid === undefined || scp === undefined || idp === undefined) return false
  return !idp.toLowerCase().includes(tid.toLowerCase())
}
