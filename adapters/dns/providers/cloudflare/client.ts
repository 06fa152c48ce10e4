import { BaseRecords } from 'cloudflare/resources/dns/records'
import { BaseZones } from 'cloudflare/resources/zones/zones'
import { createClient } from 'cloudflare/tree-shakable'
import type { Attempt } from '../../../../src/model/attempt.ts'
import type { TokenSource } from '../../../../src/model/credentials.ts'
import { InternalError } from '../../../../src/model/errors.ts'
import { assertJson, type SendOptions, type Sent, sendWithToken } from '../shared/send.ts'
import { failureError } from './failure.ts'
import { assertAdmitted, type Role } from './requests.ts'

export interface WireOptions extends SendOptions {
  readonly baseUrl: URL
  readonly tokens: TokenSource
  readonly attempt: Attempt
  readonly userAgent: string
}

const once: Attempt = (_effect, request) => request()

/**
 * Cloudflare's client for DNS alone. It takes nothing from the environment, and has no token and no retry of its own:
 * both belong to the exchange below it.
 */
function createCloudflare({ baseUrl, userAgent }: WireOptions, fetchImplementation: typeof fetch) {
  return createClient({
    resources: [BaseZones, BaseRecords],
    baseURL: baseUrl.href.replace(/\/$/, ''),
    apiToken: null,
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: fetchImplementation,
    defaultHeaders: { authorization: null, 'user-agent': userAgent },
  })
}

type Client = ReturnType<typeof createCloudflare>

/** Calls Cloudflare's client for one purpose. `unrepeated`: a failure is left to the caller's own attempt. */
export type Call = <T>(
  tried: string,
  act: (client: Client) => Promise<T>,
  policy?: 'unrepeated',
) => Promise<T>

/** What is done with a request: through the guard, under the retry policy, to a whole answer. */
async function exchange(sent: Sent, options: WireOptions, role: Role, attempt: Attempt): Promise<Response> {
  assertAdmitted(sent, role, options.baseUrl)
  return attempt(sent.method === 'GET' ? 'read' : 'write', async () => {
    const answer = await sendWithToken(sent, options.tokens, options)
    const failure = failureError(sent, answer)
    if (failure !== undefined) throw failure
    assertJson(answer, sent.tried)
    return new Response(answer.text, { status: 200, headers: { 'content-type': 'application/json' } })
  })
}

/** The library wraps whatever is thrown below it: the error that the exchange threw is kept aside. */
export function callsOver(options: WireOptions, role: Role): Call {
  return async (tried, act, policy) => {
    const thrown: unknown[] = []
    const attempt = policy === 'unrepeated' ? once : options.attempt
    const client = createCloudflare(options, async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const method = (init?.method ?? 'GET').toUpperCase()
      const body = typeof init?.body === 'string' ? init.body : null
      const headers = Object.fromEntries(new Headers(init?.headers))
      try {
        return await exchange({ url, method, headers, body, tried }, options, role, attempt)
      } catch (error) {
        thrown.push(error)
        throw error
      }
    })
    try {
      return await act(client)
    } catch (error) {
      if (thrown.length > 0) throw thrown[0]
      throw new InternalError({ tried, said: "Cloudflare's library failed at the request", cause: error })
    }
  }
}
