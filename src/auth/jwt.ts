import * as z from 'zod'
import { tokenPayload } from '../wire/token-payload.ts'

const claimsSchema = z.looseObject({
  exp: z.number().optional(),
  tid: z.string().optional(),
})

/** What a token says of itself, not verified. `exp` is in seconds since 1970. */
export type Claims = z.output<typeof claimsSchema>

/** Reads the claims of a JWT; undefined for a token that is none. */
export function tokenClaims(token: string): Claims | undefined {
  return claimsSchema.safeParse(tokenPayload(token)).data
}
