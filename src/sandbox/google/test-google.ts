import { generateKeyPairSync } from 'node:crypto'
import * as z from 'zod'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Sandbox } from '../start.ts'
import { googleAccount } from './account.ts'

const json: z.ZodType<Json> = z.json()
const object: z.ZodType<JsonObject> = z.record(z.string(), json)
const bodySchema = z.looseObject({
  policies: z.array(object).optional(),
  items: z.array(object).optional(),
  users: z.array(object).optional(),
  nextPageToken: z.string().optional(),
  access_token: z.string().optional(),
  error: z.union([z.string(), z.looseObject({ code: z.number(), message: z.string() })]).optional(),
})

/** An answer of Google as it came. */
export interface GoogleAnswer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly body: z.infer<typeof bodySchema>
}

function parse(text: string): z.infer<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

async function answerOf(response: Response): Promise<GoogleAnswer> {
  const text = await response.text()
  return { status: response.status, text, headers: response.headers, body: parse(text) }
}

/** What a service account says of itself when it asks for a token; undefined leaves something out. */
export type AssertionChanges = Readonly<Record<string, string | number | undefined>>

/** Asks for a token as a service account does, its assertion not signed. */
export async function askToken(
  { endpoints }: Sandbox,
  scopes: readonly string[],
  changes: AssertionChanges = {},
): Promise<GoogleAnswer> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: googleAccount.serviceAccount,
    sub: googleAccount.subject,
    scope: scopes.join(' '),
    aud: 'https://oauth2.googleapis.com/token',
    iat: now,
    exp: now + 3600,
    ...changes,
  }
  const [head, body] = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${head}.${body}.c2lnbmF0dXJl`,
  }
  return answerOf(
    await fetch(`${endpoints.googleUrl}/token`, { method: 'POST', body: new URLSearchParams(form) }),
  )
}

/** The key file of the sandbox's service account, with a key that is made for it. */
export function serviceAccountKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    type: 'service_account',
    project_id: 'contoso-offboarding',
    private_key_id: 'sandbox',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: googleAccount.serviceAccount,
    client_id: googleAccount.serviceAccountClientId,
    token_uri: 'https://oauth2.googleapis.com/token',
  }
}

interface CallOptions {
  readonly method?: string
  readonly body?: JsonObject | string
  readonly token?: string | undefined
}

/** Calls Google's APIs with nothing between the test and the wire. */
export interface RawGoogle {
  call(path: string, options?: CallOptions): Promise<GoogleAnswer>
  /** The pages of a list to its end, all of which must succeed; a second of the sandbox's clock before each. */
  pages(path: string): Promise<readonly GoogleAnswer[]>
}

export async function rawGoogle(sandbox: Sandbox, scopes: readonly string[]): Promise<RawGoogle> {
  const granted = await askToken(sandbox, scopes)
  if (granted.body.access_token === undefined) throw new Error(granted.text)
  const own = granted.body.access_token
  async function call(path: string, options: CallOptions = {}): Promise<GoogleAnswer> {
    const { method = 'GET', body } = options
    const token = 'token' in options ? options.token : own
    const response = await fetch(`${sandbox.endpoints.googleUrl}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return answerOf(response)
  }
  return {
    call,
    async pages(path) {
      const pages: GoogleAnswer[] = []
      for (let token: string | undefined = ''; token !== undefined; ) {
        await sandbox.control.clock(1000)
        const mark: string = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`
        const page = await call(`${path}${mark}`)
        if (page.status !== 200) throw new Error(`${path}: ${page.status} ${page.text}`)
        pages.push(page)
        token = page.body.nextPageToken
      }
      return pages
    },
  }
}
