import * as z from 'zod'

const lifetimeSeconds = 3599
const prefix = 'ya29.'

const claimsSchema = z.looseObject({
  /** The client that the token was given to. */
  client: z.string(),
  /** For whom it acts; null: for the service account itself. */
  user: z.string().nullable(),
  scopes: z.array(z.string()),
  /** Epoch seconds. */
  expires: z.number(),
})

export type TokenClaims = z.infer<typeof claimsSchema>

/** A token, and what its answer says of it. Nobody but the sandbox can read it, as with Google's own. */
export function makeAccessToken(claims: Omit<TokenClaims, 'expires'>) {
  const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds
  const body = Buffer.from(JSON.stringify({ ...claims, expires })).toString('base64url')
  return {
    access_token: `${prefix}${body}`,
    expires_in: lifetimeSeconds,
    token_type: 'Bearer',
  }
}

/** What a token says; undefined when it is none of ours, or has expired. */
export function readAccessToken(token: string): TokenClaims | undefined {
  if (!token.startsWith(prefix)) return undefined
  try {
    const text = Buffer.from(token.slice(prefix.length), 'base64url').toString('utf8')
    const claims = claimsSchema.safeParse(JSON.parse(text)).data
    return claims !== undefined && claims.expires * 1000 > Date.now() ? claims : undefined
  } catch {
    return undefined
  }
}
