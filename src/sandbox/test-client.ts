import * as z from 'zod'
import type { Json, JsonObject } from '../model/json.ts'
import type { SandboxEndpoints } from './endpoints.ts'

const json: z.ZodType<Json> = z.json()

export const exchangeScope = 'https://outlook.office365.com/.default'
export const graphScope = 'https://graph.microsoft.com/.default'
export const clientId = '11111111-2222-4333-8444-555555555555'

const tokenSchema = z.looseObject({ access_token: z.string() })

/** A token of an application, as a client gets one. */
export async function getToken(
  endpoints: SandboxEndpoints,
  tenant = endpoints.tenant,
  scope = exchangeScope,
): Promise<string> {
  const response = await fetch(`${endpoints.loginUrl}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'canary',
      scope,
    }),
  })
  return tokenSchema.parse(await response.json()).access_token
}

const bodySchema = z.looseObject({
  value: z.array(z.record(z.string(), json).nullable()).optional(),
  '@odata.nextLink': z.string().optional(),
  '@adminapi.warnings': z.array(z.string()).optional(),
  '@adminapi.errors': z.array(z.string()).optional(),
  '@adminapi.confirmationmessage': z.string().optional(),
})

/** An answer as it came, with nothing interpreted but its JSON. */
export interface RawAnswer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly body: z.infer<typeof bodySchema>
  readonly rows: readonly JsonObject[]
}

interface CallOptions {
  /** Headers to add; undefined leaves one of the usual ones out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly tenant?: string
  readonly url?: string
  readonly rawBody?: string
}

/** Calls cmdlets with nothing between the test and the wire. */
export interface RawClient {
  call(cmdlet: string, parameters?: JsonObject, options?: CallOptions): Promise<RawAnswer>
  /** The rows of a call that must succeed. */
  rows(cmdlet: string, parameters?: JsonObject): Promise<readonly JsonObject[]>
}

function parse(text: string): z.infer<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

function present(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

export function rawClient(endpoints: SandboxEndpoints, token: string): RawClient {
  async function call(
    cmdlet: string,
    parameters: JsonObject = {},
    options: CallOptions = {},
  ): Promise<RawAnswer> {
    const tenant = options.tenant ?? endpoints.tenantId
    const response = await fetch(
      options.url ?? `${endpoints.exchangeUrl}/adminapi/beta/${tenant}/InvokeCommand`,
      {
        method: 'POST',
        headers: present({
          authorization: `Bearer ${token}`,
          'content-type': 'application/json; charset=utf-8',
          'x-cmdletname': cmdlet,
          'x-anchormailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${endpoints.tenantId}`,
          ...options.headers,
        }),
        body:
          options.rawBody ?? JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } }),
      },
    )
    const text = await response.text()
    const body = parse(text)
    const rows = (body.value ?? []).flatMap((row) => (row === null ? [] : [row]))
    return { status: response.status, text, headers: response.headers, body, rows }
  }
  return {
    call,
    async rows(cmdlet, parameters) {
      const answer = await call(cmdlet, parameters)
      if (answer.status !== 200 || answer.body['@adminapi.errors'] !== undefined)
        throw new Error(`${cmdlet}: ${answer.status} ${answer.text}`)
      return answer.rows
    },
  }
}

/** A change to a list, in the only form that the service binds. */
export function hashTable(change: {
  readonly Add?: readonly string[]
  readonly Remove?: readonly string[]
}): JsonObject {
  return { '@odata.type': '#Exchange.GenericHashTable', ...change }
}
