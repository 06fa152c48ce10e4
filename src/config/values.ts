import { isIP } from 'node:net'
import * as z from 'zod'
import { endpointFault } from './endpoint.ts'
import { guidPattern } from './guid.ts'
import { secret } from './secret.ts'
import { hasHidden } from './visible.ts'

/** The forms that values of the environment have. Their issues say what is wrong and never repeat the value. */

/** A server by address; without a port it is the service's usual one. */
export interface ServerAddress {
  readonly address: string
  readonly port?: number
}

export const text = z
  .string()
  .refine((value) => !hasHidden(value), wrong('holds a control character', 'Write it anew.'))

export const guid = guidFrom('the Entra admin center')

export const subscription = guidFrom('the Azure portal')

export const awsRegion = z
  .string()
  .refine(
    (value) => /^[a-z]{2}(?:-[a-z0-9]+)+$/.test(value),
    wrong('is not a region', 'Give one as us-east-1.'),
  )

export const secretText = z.string().transform(secret)

/** A bearer token: visible ASCII characters, as a header can carry them. */
export const token = z
  .string()
  .trim()
  .refine(
    (value) => /^[!-~]+$/.test(value),
    wrong('holds a blank or a line break inside', 'Give the token alone, without "Bearer".'),
  )
  .transform(secret)

export const port = z
  .string()
  .refine((value) => /^\d{1,5}$/.test(value), wrong('is not a port', 'Give a number from 1 to 65535.'))
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, wrong('is not a port', 'Give a number from 1 to 65535.'))

export const url = z.string().transform((value, context) => endpoint(value, context, { query: false }))

/** GitHub hands out its address with a query. */
export const urlWithQuery = z
  .string()
  .transform((value, context) => endpoint(value, context, { query: true }))

export const addresses = z.string().transform((value, context): readonly ServerAddress[] => {
  const read = value.split(',').map((part) => serverAddress(part.trim()))
  const good = read.filter((address) => address !== undefined)
  if (good.length === read.length) return good
  context.addIssue({
    code: 'custom',
    ...wrong(
      'is not a list of addresses',
      'Write 192.0.2.53 or 192.0.2.53:53 or [2001:db8::53]:53, with commas between.',
    ),
  })
  return z.NEVER
})

export const address = addresses
  .refine((list) => list.length === 1, wrong('is more than one address', 'Give one address:port.'))
  .transform(([first]) => first)

function guidFrom(place: string) {
  return z
    .string()
    .refine((value) => guidPattern.test(value), wrong('is not a GUID', `Copy the id from ${place}.`))
}

function endpoint(value: string, context: z.RefinementCtx, { query }: { query: boolean }): URL {
  const said = endpointFault(value, { query })
  if (said === undefined) return new URL(value)
  const hint = 'Give an https URL without user, query and fragment; http only on loopback.'
  context.addIssue({ code: 'custom', ...wrong(said, hint) })
  return z.NEVER
}

function serverAddress(value: string): ServerAddress | undefined {
  if (isIP(value) !== 0) return { address: value }
  const [, v4, v6, digits] = /^(?:([\d.]+)|\[([0-9a-f:.]+)\]):(\d{1,5})$/i.exec(value) ?? []
  const host = v4 ?? v6 ?? ''
  const number = Number(digits)
  if (isIP(host) !== (v4 === undefined ? 6 : 4) || number < 1 || number > 65_535) return undefined
  return { address: host, port: number }
}

function wrong(message: string, hint: string): { message: string; params: { hint: string } } {
  return { message, params: { hint } }
}
