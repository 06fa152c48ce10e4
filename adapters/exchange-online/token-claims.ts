import * as z from 'zod'

const claims = z.looseObject({
  tid: z.string().optional(),
  scp: z.string().optional(),
  idp: z.string().optional(),
})

function claimsOf(token: string): z.infer<typeof claims> {
  const payload = token.split('.')[1]
  if (payload === undefined) return {}
  try {
    return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  } catch {
    return {}
  }
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
