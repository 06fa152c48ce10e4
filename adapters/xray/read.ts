import type { Attempt } from '../../src/model/attempt.ts'
import {
  InternalError,
  NotFoundError,
  OffboardError,
  PermissionError,
  ServiceError,
  ThrottledError,
  UsageError,
} from '../../src/model/errors.ts'

export interface ReadOptions {
  /** Root of the API, 'https://api.eu.perception-point.io'. */
  readonly baseUrl: URL
  /** Sent to its own origin alone, and shown nowhere. */
  readonly token: string
  /** Each request goes through it, as a read. */
  readonly attempt: Attempt
  /** Ends the request that is under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 30 s by default. */
  readonly requestTimeoutMs?: number
}

/** Reads the JSON at an address. Throws an error of the family. */
export type Read = (url: URL, tried: string) => Promise<unknown>

/**
 * All that is ever asked for. A GET can act there: `/api/v1/quarantine/release/…` lets a message go, so nothing
 * passes but these.
 */
const readable: readonly RegExp[] = [/^\/api\/organizations\/[\w-]+\/$/, /^\/api\/v1\/scans\/list\/$/]

function assertReadable(url: URL, root: URL, tried: string): void {
  if (url.origin !== root.origin)
    throw new ServiceError({ tried, said: 'a link leads to another server, which is not followed' })
  if (!readable.some((path) => path.test(url.pathname)))
    throw new InternalError({ tried, said: `nothing asks for ${url.pathname}` })
}

/** A header with other characters is refused by the HTTP library in an error that shows the whole of it. */
function authorization(token: string, tried: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return `Token ${token}`
  throw new UsageError({
    tried,
    said: "the token for the vendor's API is empty or holds characters that no token has",
    hint: 'Check OFFBOARD_XRAY_TOKEN.',
  })
}

function throttled(tried: string, headers: Headers): ThrottledError {
  const seconds = headers.get('retry-after')?.trim() ?? ''
  const problem = { tried, said: "the vendor's API asks to wait" }
  return new ThrottledError(
    /^\d+$/.test(seconds) ? { ...problem, retryAfterMs: Number(seconds) * 1000 } : problem,
  )
}

/** Told by the status alone: what the body holds is not known, and may repeat the request. */
function refusal({ status, headers }: Response, tried: string): OffboardError {
  const said = `the vendor's API answered HTTP ${status}`
  if (status === 429) return throttled(tried, headers)
  if (status === 401) return new PermissionError({ tried, said: `${said}: it does not take the token` })
  if (status === 403) return new PermissionError({ tried, said: `${said}: the token may not read this` })
  if (status === 404) return new NotFoundError({ tried, said: `${said}: it is not there` })
  if (status >= 500 || status === 408) return new ServiceError({ tried, said })
  return new UsageError({ tried, said })
}

/** A reason without what the HTTP library may repeat of the request. */
function lost(tried: string, options: ReadOptions, error: unknown): ServiceError {
  if (options.signal.aborted) return new ServiceError({ tried, said: 'interrupted before the answer came' })
  const timedOut = error instanceof Error && error.name === 'TimeoutError'
  return new ServiceError({ tried, said: timedOut ? 'no answer in time' : 'no answer came' })
}

async function send(url: URL, tried: string, options: ReadOptions): Promise<unknown> {
  const headers = {
    accept: 'application/json',
    authorization: authorization(options.token, tried),
    'user-agent': options.userAgent,
  }
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.requestTimeoutMs ?? 30_000)])
  try {
    const response = await (options.fetch ?? fetch)(url, {
      method: 'GET',
      headers,
      signal,
      redirect: 'manual',
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw refusal(response, tried)
    }
    const text = await response.text()
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof OffboardError) throw error
    if (error instanceof SyntaxError) throw new ServiceError({ tried, said: 'an answer that is not JSON' })
    throw lost(tried, options, error)
  }
}

/** Reads from the vendor's API: GET alone, its own origin alone, and only what is listed here. */
export function reader(options: ReadOptions): Read {
  return async (url, tried) => {
    assertReadable(url, options.baseUrl, tried)
    return options.attempt('read', () => send(url, tried, options))
  }
}
