import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { JsonObject } from '../../model/json.ts'

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** A token with these claims. The signature is random: nobody can check it, and the sandbox does not. */
export function makeJwt(claims: JsonObject): string {
  const head = encode({ typ: 'JWT', alg: 'RS256', kid: 'sandbox' })
  return `${head}.${encode(claims)}.${randomBytes(256).toString('base64url')}`
}

const claimsSchema = z.looseObject({
  aud: z.string().optional(),
  tid: z.string().optional(),
  exp: z.number().optional(),
  roles: z.array(z.string()).optional(),
  scp: z.string().optional(),
})

export type Claims = z.infer<typeof claimsSchema>

/** The claims of a well-formed token, or undefined. */
export function readJwt(token: string): Claims | undefined {
  const parts = token.split('.')
  if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]+$/.test(part))) return undefined
  try {
    return claimsSchema.safeParse(JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))).data
  } catch {
    return undefined
  }
}
