import type { TokenSource } from '../../../../src/model/credentials.ts'
import { ServiceError, UsageError } from '../../../../src/model/errors.ts'

/** A request of a client library, before a token is put to it. */
export interface Sent {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** What it is sent for, as a phrase. */
  readonly tried: string
}

/** An answer, read whole. The access token does not stand in it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface SendOptions {
  readonly fetch: typeof fetch
  /** Ends a request that is under way. */
  readonly signal: AbortSignal
  /** The longest wait for a whole answer, in milliseconds. */
  readonly timeoutMs: number
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

/** A header with other characters is refused by the HTTP library in an error that shows the whole of it. */
function assertUsable(token: string, tried: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return
  throw new UsageError({
    tried,
    said: 'the access token is empty or holds characters that no token has',
    hint: 'Get a new access token.',
  })
}

/** Sends a request with what it needs to be let in, and reads the answer whole. A redirect is not followed. */
export async function sendWhole(
  { url, method, headers, body, tried }: Sent,
  options: SendOptions,
): Promise<Answer> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)])
  try {
    const answer = await options.fetch(url, { method, headers, body, signal, redirect: 'manual' })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  } catch (error) {
    throw lost(tried, options, error)
  }
}

/** Sends with a bearer token, and reads the answer whole. A redirect is not followed. */
export async function sendWithToken(sent: Sent, tokens: TokenSource, options: SendOptions): Promise<Answer> {
  const { value } = await tokens.token()
  assertUsable(value, sent.tried)
  const headers = new Headers(sent.headers)
  headers.set('authorization', `Bearer ${value}`)
  const answer = await sendWhole({ ...sent, headers: Object.fromEntries(headers) }, options)
  return { ...answer, text: answer.text.replaceAll(value, '[token]') }
}

/** Refuses what is no JSON: an answer without content is a failure of the service, never "none". */
export function assertJson({ text }: Answer, tried: string): void {
  if (text.trim() === '') throw new ServiceError({ tried, said: 'an empty answer' })
  try {
    JSON.parse(text)
  } catch {
    throw new ServiceError({ tried, said: 'an answer that is not JSON' })
  }
}
