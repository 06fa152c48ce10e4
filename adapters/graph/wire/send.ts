import { randomUUID } from 'node:crypto'
import type { Middleware } from '@microsoft/microsoft-graph-client'
import { ServiceError } from '../../../src/model/errors.ts'
import { link, sentIn } from './link.ts'

export interface SendOptions {
  readonly fetch: typeof fetch
  /** Ends a request that is under way. */
  readonly signal: AbortSignal
  /** The longest wait for a whole answer, in milliseconds. */
  readonly timeoutMs: number
  readonly userAgent: string
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? `${cause.message} (${cause.code})` : cause.message
  return error.message
}

/** No whole answer came: what the request did is unknown. */
function lost(tried: string, { signal, timeoutMs }: SendOptions, error: unknown): ServiceError {
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

/** The end of the chain: sends the request, and reads the answer whole. A redirect is not followed. */
export function send(options: SendOptions): Middleware {
  return link(async (context) => {
    const { url, tried } = sentIn(context)
    const { method = 'GET', body = null } = context.options ?? {}
    const headers = new Headers(context.options?.headers)
    headers.set('accept', 'application/json')
    headers.set('user-agent', options.userAgent)
    headers.set('client-request-id', randomUUID())
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)])
    try {
      const answer = await options.fetch(url, { method, headers, body, signal, redirect: 'manual' })
      const text = await answer.text()
      context.response = new Response(text === '' ? null : text, {
        status: answer.status,
        headers: answer.headers,
      })
    } catch (error) {
      throw lost(tried, options, error)
    }
  })
}
