import { createPrivateKey } from 'node:crypto'
import * as z from 'zod'
import { UsageError } from '../model/errors.ts'
import { readNamedFile } from './read-file.ts'

const variable = 'GOOGLE_APPLICATION_CREDENTIALS'

const serviceAccount = z.looseObject({
  type: z.literal('service_account'),
  client_email: z.string().min(1),
  /** By which it stands in the list of domain-wide delegation. */
  client_id: z.string().min(1),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
})

const authorizedUser = z.looseObject({
  type: z.literal('authorized_user'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  refresh_token: z.string().min(1),
})

const keySchema = z.discriminatedUnion('type', [serviceAccount, authorizedUser])

export type GoogleKey = z.infer<typeof keySchema>

const typed = z.looseObject({ type: z.string() })

function hasUsableKey(key: GoogleKey): boolean {
  if (key.type !== 'service_account') return true
  try {
    return createPrivateKey(key.private_key).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

/** Names the fields that are wrong, and repeats no value. */
function faultOf(json: unknown, error: z.ZodError): string {
  const type = typed.safeParse(json).data?.type
  if (type !== undefined && type !== 'service_account' && type !== 'authorized_user')
    return 'it is of another type than service_account or authorized_user'
  return `missing or wrong: ${[...new Set(error.issues.map(({ path }) => path.join('.') || 'type'))].join(', ')}`
}

/**
 * Reads the credentials that GOOGLE_APPLICATION_CREDENTIALS names: the key of a service account, or of a person who
 * signed in. A UsageError says what is wrong with the file.
 */
export async function readGoogleKey(path: string): Promise<GoogleKey> {
  const fault = (said: string) =>
    new UsageError({
      tried: `read ${path}, which ${variable} names`,
      said,
      hint: 'Give the JSON key of a service account, or the file of an administrator who signed in.',
    })
  const content = await readNamedFile(path, variable)
  let json: unknown
  try {
    json = JSON.parse(content.toString('utf8'))
  } catch {
    throw fault('it is not JSON')
  }
  const { data, error } = keySchema.safeParse(json)
  if (error !== undefined) throw fault(faultOf(json, error))
  if (!hasUsableKey(data)) throw fault('its private key cannot be read')
  return data
}
