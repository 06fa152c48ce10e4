import { dns } from 'googleapis/build/src/apis/dns/index.js'
import type { Attempt } from '../../../../src/model/attempt.ts'
import type { TokenSource } from '../../../../src/model/credentials.ts'
import { InternalError } from '../../../../src/model/errors.ts'
import { assertJson, type SendOptions, type Sent, sendWithToken } from '../shared/send.ts'
import { failureError } from './failure.ts'
import { admittedScope, type Home, type Role } from './requests.ts'

export interface WireOptions extends Home, SendOptions {
  /** A source for each scope, so that a reader never holds a token that could write. */
  readonly tokens: (scope: string) => TokenSource
  readonly attempt: Attempt
  readonly userAgent: string
}

type Client = ReturnType<typeof dns>

/** How one request is sent: given to a method of the client as its options. */
interface CallOptions {
  readonly fetchImplementation: typeof fetch
}

/** Calls one method of Google's client, and answers its JSON. */
export type Call = (
  tried: string,
  act: (client: Client, options: CallOptions) => Promise<{ readonly data: unknown }>,
) => Promise<unknown>

/** What is done with a request: through the guard, under the retry policy, to a whole answer. */
function exchangeOver(options: WireOptions, role: Role): (sent: Sent) => Promise<Response> {
  return async (sent) => {
    const scope = admittedScope(sent, role, options)
    return options.attempt(sent.method === 'GET' ? 'read' : 'write', async () => {
      const answer = await sendWithToken(sent, options.tokens(scope), options)
      if (answer.status < 200 || answer.status >= 300) throw failureError(sent, answer)
      assertJson(answer, sent.tried)
      return new Response(answer.text, { status: 200, headers: { 'content-type': 'application/json' } })
    })
  }
}

function ownHeaders(userAgent: string, body: string | null): Readonly<Record<string, string>> {
  const headers = { accept: 'application/json', 'user-agent': userAgent }
  return body === null ? headers : { ...headers, 'content-type': 'application/json' }
}

/**
 * Google's client for Cloud DNS, without credentials of its own and without retry: both belong to the exchange below.
 * The subpath is not a documented contract of the package. The library wraps whatever is thrown below it: the error
 * that the exchange threw is kept aside.
 */
export function callsOver(options: WireOptions, role: Role): Call {
  const exchange = exchangeOver(options, role)
  const client = dns({ version: 'v1', retry: false, rootUrl: options.baseUrl.href })
  return async (tried, act) => {
    const thrown: unknown[] = []
    const fetchImplementation: typeof fetch = async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const method = (init?.method ?? 'GET').toUpperCase()
      const body = typeof init?.body === 'string' ? init.body : null
      try {
        return await exchange({ url, method, headers: ownHeaders(options.userAgent, body), body, tried })
      } catch (error) {
        thrown.push(error)
        throw error
      }
    }
    try {
      return (await act(client, { fetchImplementation })).data
    } catch (error) {
      if (thrown.length > 0) throw thrown[0]
      throw new InternalError({ tried, said: "Google's library failed at the request", cause: error })
    }
  }
}
