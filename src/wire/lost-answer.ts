import { ServiceError } from '../model/errors.ts'

/** How long a request may take, and what ends it before. */
export interface Patience {
  /** Ends a request that is under way. */
  readonly signal: AbortSignal
  /** The longest wait for a whole answer, in milliseconds. */
  readonly timeoutMs: number
}

/** What ends one request: its time is up, or the program stops. */
export function patienceOf({ signal, timeoutMs }: Patience): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? `${cause.message} (${cause.code})` : cause.message
  return error.message
}

/** No whole answer came, whatever `fetch` threw: what the request did is unknown. */
export function answerLost(tried: string, { signal, timeoutMs }: Patience, error: unknown): ServiceError {
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
