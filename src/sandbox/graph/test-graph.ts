import * as z from 'zod'
import type { Json, JsonObject } from '../../model/json.ts'
import type { SandboxEndpoints } from '../endpoints.ts'
import { getToken, graphScope } from '../test-client.ts'

const json: z.ZodType<Json> = z.json()
const rowSchema = z.record(z.string(), json)
const bodySchema = z.looseObject({
  value: z.array(rowSchema).optional(),
  '@odata.nextLink': z.string().optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
})

/** An answer of Graph as it came. */
export interface GraphAnswer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly body: z.infer<typeof bodySchema>
}

interface CallOptions {
  readonly method?: string
  readonly body?: JsonObject
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls Graph with nothing between the test and the wire. */
export interface RawGraph {
  /** A path behind /v1.0, or a whole address. */
  call(path: string, options?: CallOptions): Promise<GraphAnswer>
  /** The rows of a list over all its pages, all of which must succeed. */
  rows(path: string): Promise<readonly JsonObject[]>
}

function parse(text: string): z.infer<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

export async function rawGraph(endpoints: SandboxEndpoints, token?: string): Promise<RawGraph> {
  const own = token ?? (await getToken(endpoints, endpoints.tenantId, graphScope))
  async function call(path: string, options: CallOptions = {}): Promise<GraphAnswer> {
    const { method = 'GET', body, headers = {} } = options
    const bearer = 'token' in options ? options.token : own
    const response = await fetch(path.startsWith('http') ? path : `${endpoints.graphUrl}/v1.0${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, headers: response.headers, body: parse(text) }
  }
  return {
    call,
    async rows(path) {
      const rows: JsonObject[] = []
      for (let next: string | undefined = path; next !== undefined; ) {
        const answer: GraphAnswer = await call(next)
        if (answer.body.value === undefined) throw new Error(`${path}: ${answer.status} ${answer.text}`)
        rows.push(...answer.body.value)
        next = answer.body['@odata.nextLink']
      }
      return rows
    },
  }
}
