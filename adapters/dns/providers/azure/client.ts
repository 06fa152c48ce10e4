import { DnsManagementClient, type DnsManagementClientOptionalParams } from '@azure/arm-dns'
import type { Attempt } from '../../../../src/model/attempt.ts'
import type { TokenSource } from '../../../../src/model/credentials.ts'
import { InternalError, ServiceError } from '../../../../src/model/errors.ts'
import type { Answer } from '../../../../src/wire/answer.ts'
import { assertJson, type SendOptions, type Sent, sendWithToken } from '../shared/send.ts'
import { failureError } from './failure.ts'
import { assertAdmitted, type Home, type Role } from './requests.ts'

type HttpClient = NonNullable<DnsManagementClientOptionalParams['httpClient']>
type PipelineRequest = Parameters<HttpClient['sendRequest']>[0]
type PipelineResponse = Awaited<ReturnType<HttpClient['sendRequest']>>

export interface WireOptions extends Home, SendOptions {
  /** Tokens for Azure Resource Manager. */
  readonly tokens: TokenSource
  readonly attempt: Attempt
  readonly userAgent: string
}

/** Calls Azure's client for one purpose, and answers what it answers. */
export type Call = <T>(tried: string, act: (client: DnsManagementClient) => Promise<T>) => Promise<T>

function responseHeaders(headers: Headers): PipelineResponse['headers'] {
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers[Symbol.iterator](),
  }
}

function sentOf({ url, method, headers, body }: PipelineRequest, tried: string): Sent {
  return {
    url: new URL(url),
    method,
    headers: headers.toJSON(),
    body: typeof body === 'string' ? body : null,
    tried,
  }
}

/** What is done with a request: through the guard, under the retry policy, to a whole answer. */
function exchangeOver(options: WireOptions, role: Role): (sent: Sent) => Promise<Answer> {
  return async (sent) => {
    assertAdmitted(sent, role, options)
    return options.attempt(sent.method === 'GET' ? 'read' : 'write', async () => {
      const answer = await sendWithToken(sent, options.tokens, options)
      if (answer.status < 200 || answer.status >= 300) throw failureError(sent, answer)
      if (sent.method !== 'DELETE') assertJson(answer, sent.tried)
      return answer
    })
  }
}

/** The library's own policy wants https; the token is put to the request further down, where the guard has seen it. */
const noCredential = {
  async getToken() {
    throw new InternalError({ tried: 'send a request to Azure', said: 'the library asked for a token' })
  },
}

/**
 * Azure's client, with nothing of its own left on the wire: tokens, retry and redirects are the exchange's. The
 * library wraps what is thrown below it, so the error that the exchange threw is kept aside.
 */
export function callsOver(options: WireOptions, role: Role): Call {
  const exchange = exchangeOver(options, role)
  const endpoint = options.baseUrl.href.replace(/\/$/, '')
  return async (tried, act) => {
    const thrown: unknown[] = []
    const visited = new Set<string>()
    const httpClient: HttpClient = {
      async sendRequest(request) {
        try {
          if (visited.has(request.url))
            throw new ServiceError({ tried, said: 'the addresses of the pages go in a circle' })
          visited.add(request.url)
          const { status, headers, text } = await exchange(sentOf(request, tried))
          return { request, status, headers: responseHeaders(headers), bodyAsText: text }
        } catch (error) {
          thrown.push(error)
          throw error
        }
      },
    }
    const client = new DnsManagementClient(noCredential, options.subscriptionId, {
      endpoint,
      $host: endpoint,
      httpClient,
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 },
      userAgentOptions: { userAgentPrefix: options.userAgent },
    })
    client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' })
    try {
      return await act(client)
    } catch (error) {
      if (thrown.length > 0) throw thrown[0]
      throw new InternalError({ tried, said: "Azure's library failed at the request", cause: error })
    }
  }
}
