import * as z from 'zod'

const claims = z.looseObject({ tid: z.string().optional() })

/** The tenant id in an access token; undefined when the token cannot be read. Proves nothing by itself. */
export function tenantOfToken(token: string): string | undefined {
  const payload = token.split('.')[1]
  if (payload === undefined) return undefined
  try {
    return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).tid?.toLowerCase()
  } catch {
    return undefined
  }
}
