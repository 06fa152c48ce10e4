import pRetry from 'p-retry'
import type { Attempt, Effect } from '../model/attempt.ts'
import type { Clock } from '../model/clock.ts'
import { OffboardError, type Problem, ServiceError, ThrottledError } from '../model/errors.ts'

/** How long is waited between tries. All waiting goes through the clock and ends with the signal. */
export interface BackoffOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** The first wait in milliseconds, before jitter; each later one is twice as long. 1 s by default. */
  readonly baseMs?: number
  /** The longest single wait in milliseconds that we choose ourselves. 1 minute by default. */
  readonly maxDelayMs?: number
  /** All waits together, in milliseconds. 5 minutes by default. */
  readonly totalMs?: number
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number
}

/** A try that failed and is about to be repeated. */
export interface RetryInfo {
  readonly error: ThrottledError | ServiceError
  readonly waitMs: number
  /** Which try failed: the first is 1. */
  readonly attempt: number
}

export interface AttemptOptions extends BackoffOptions {
  /** How often a request is sent at most. 5 by default. */
  readonly attempts?: number
  readonly onRetry?: (info: RetryInfo) => void
}

type Transient = ThrottledError | ServiceError

const repeatable = {
  read: [ThrottledError, ServiceError],
  write: [ThrottledError],
} satisfies Record<Effect, readonly (typeof ThrottledError | typeof ServiceError)[]>

const defaults = { attempts: 5, baseMs: 1000, maxDelayMs: 60_000, totalMs: 300_000 }

/**
 * The retry policy. Reads are repeated when the service is throttled or fails; writes only when they are throttled,
 * as nothing was done then. What the service asks to wait is a minimum; if that would pass `totalMs`, the error
 * surfaces at once with a hint. An error that surfaces after several tries says how many.
 *
 * When the signal fires its reason is thrown: at once while waiting or reading. A write in flight is left to its
 * answer, and a definite one counts.
 */
export function createAttempt(options: AttemptOptions): Attempt {
  const { clock, signal, attempts = defaults.attempts, totalMs = defaults.totalMs } = options

  return async (effect, request) => {
    let tries = 0
    let waitedMs = 0
    let hint: string | undefined

    const send = async () => {
      signal.throwIfAborted()
      tries += 1
      return effect === 'read' ? untilAborted(request(), signal) : request()
    }

    const waitAfter = async (error: Transient) => {
      const leftMs = totalMs - waitedMs
      const askedMs = error instanceof ThrottledError ? (error.retryAfterMs ?? 0) : 0
      if (askedMs > leftMs) hint = tooLong(askedMs, totalMs)
      if (askedMs > leftMs || leftMs <= 0) return false
      const waitMs = Math.max(askedMs, Math.min(backoffMs(tries, options), leftMs))
      options.onRetry?.({ error, waitMs, attempt: tries })
      await clock.sleep(waitMs, signal)
      waitedMs += waitMs
      return true
    }

    try {
      return await pRetry(send, {
        retries: attempts - 1,
        minTimeout: 0,
        shouldRetry: async ({ error }) => !signal.aborted && mayRepeat(effect, error) && waitAfter(error),
      })
    } catch (error) {
      if (signal.aborted && !isDefinite(error)) throw signal.reason
      throw isTransient(error) ? surfaced(error, tries, hint) : error
    }
  }
}

/**
 * Paces the polling that proves a write: yields 1, 2, 3, …, the first at once, the others after waits that grow
 * with jitter, and for the last time when `totalMs` have passed on the clock. Throws the signal's reason.
 *
 * ```ts
 * for await (const _ of waits({ clock, signal })) if (await isGone()) return true
 * return false
 * ```
 */
export async function* waits(options: BackoffOptions): AsyncGenerator<number, void> {
  const { clock, signal, totalMs = defaults.totalMs } = options
  const end = clock.now().getTime() + totalMs
  for (let look = 1; ; look += 1) {
    signal.throwIfAborted()
    const last = clock.now().getTime() >= end
    yield look
    if (last) return
    const leftMs = Math.max(0, end - clock.now().getTime())
    await clock.sleep(Math.min(backoffMs(look, options), leftMs), signal)
  }
}

/** Exponential, between half and the whole of its value; whole milliseconds, as clocks count them. */
function backoffMs(tries: number, options: BackoffOptions): number {
  const { baseMs = defaults.baseMs, maxDelayMs = defaults.maxDelayMs, random = Math.random } = options
  return Math.round(Math.min(maxDelayMs, baseMs * 2 ** (tries - 1)) * (0.5 + random() / 2))
}

function isTransient(error: unknown): error is Transient {
  return error instanceof ThrottledError || error instanceof ServiceError
}

function mayRepeat(effect: Effect, error: unknown): error is Transient {
  return repeatable[effect].some((kind) => error instanceof kind)
}

/** The service's last word: it would be the same if we asked again. */
function isDefinite(error: unknown): boolean {
  return error instanceof OffboardError && !isTransient(error)
}

function tooLong(askedMs: number, totalMs: number): string {
  const [asked, total] = [askedMs, totalMs].map((ms) => Math.ceil(ms / 1000))
  return `The service asks to wait ${asked} s; at most ${total} s are waited for one request. Try again after that.`
}

/** The same error, with the number of tries and the hint. */
function surfaced(error: Transient, tries: number, hint: string | undefined): Transient {
  if (tries === 1 && hint === undefined) return error
  const hints = [hint, error.hint].filter((text) => text !== undefined)
  const problem: Problem = {
    tried: tries === 1 ? error.tried : `${error.tried} (tried ${tries} times)`,
    ...(error.said === undefined ? {} : { said: error.said }),
    ...(hints.length === 0 ? {} : { hint: hints.join(' ') }),
    cause: error,
  }
  if (error instanceof ServiceError) return new ServiceError(problem)
  const { retryAfterMs } = error
  return new ThrottledError(retryAfterMs === undefined ? problem : { ...problem, retryAfterMs })
}

/** Settles with the promise, or rejects with the signal's reason, whichever is first. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = Promise.withResolvers<never>()
  const abort = () => stop.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, stop.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
