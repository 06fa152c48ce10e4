import { ServiceError, UsageError } from '../../src/model/errors.ts'

export interface HttpRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** What this is done for, as a phrase. */
  readonly tried: string
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface HttpOptions {
  readonly fetch: typeof fetch
  /** Ends a request that is under way. */
  readonly signal: AbortSignal
  /** The longest wait for a whole answer, in milliseconds. */
  readonly timeoutMs: number
}

/** Sends one request. Throws a ServiceError when no whole answer came: what it did is then unknown. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? `${cause.message} (${cause.code})` : cause.message
  return error.message
}

function lost({ tried }: HttpRequest, { signal, timeoutMs }: HttpOptions, error: unknown): ServiceError {
  if (signal.aborted)
    return new ServiceError({ tried, said: 'interrupted before the answer came', cause: error })
  const timedOut = error instanceof Error && error.name === 'TimeoutError'
  return new ServiceError({
    tried,
    said: timedOut ? `no answer within ${timeoutMs / 1000} s` : reason(error),
    hint: 'Check the network, the proxy and the service health, then try again.',
    cause: error,
  })
}

/** A redirect is not followed: the token would be sent to a place that nobody named. */
function refuseRedirect({ url, tried }: HttpRequest, { status }: HttpAnswer): void {
  if (status < 300 || status > 399) return
  throw new UsageError({
    tried,
    said: `${url.origin} redirects elsewhere (HTTP ${status}), which is not followed`,
    hint: 'Check the endpoint and the proxy.',
  })
}

export function http(options: HttpOptions): Http {
  return async (request) => {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)])
    const { method, headers } = request
    const body = request.body === undefined ? {} : { body: request.body }
    try {
      const response = await options.fetch(request.url, {
        method,
        headers,
        ...body,
        signal,
        redirect: 'manual',
      })
      const answer = { status: response.status, headers: response.headers, text: await response.text() }
      refuseRedirect(request, answer)
      return answer
    } catch (error) {
      throw error instanceof UsageError ? error : lost(request, options, error)
    }
  }
}
