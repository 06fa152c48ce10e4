import * as z from 'zod'

const claimsSchema = z.looseObject({
  exp: z.number().optional(),
  tid: z.string().optional(),
})

/** What a token says of itself, not verified. `exp` is in seconds since 1970. */
export type Claims = z.output<typeof claimsSchema>

/** Reads the claims of a JWT; undefined for a token that is none. */
export function tokenClaims(token: string): Claims | undefined {
  const [, payload] = token.split('.')
  if (payload === undefined) return undefined
  try {
    return claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data
  } catch {
    return undefined
  }
}
