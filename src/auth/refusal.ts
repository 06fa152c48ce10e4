import { withoutHidden } from '../config/visible.ts'
import {
  OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  ThrottledError,
  UsageError,
} from '../model/errors.ts'
import { entraErrors, type RefusalContext } from './entra-errors.ts'
import type { LoginAnswer } from './login-client.ts'
import type { AuthMethod } from './method.ts'
import type { Scrubber } from './scrub.ts'

export interface Failure extends RefusalContext {
  readonly error: unknown
  readonly method: AuthMethod
  readonly answer: LoginAnswer | undefined
  readonly scrub: Scrubber
  readonly now: Date
}

const kinds = { permission: PermissionError, usage: UsageError, service: ServiceError }

/**
 * Turns what a credential threw into the family of errors. The library reports an outage as a refusal, so the last
 * answer of the login service decides. The library's own error is dropped: it may hold the request.
 */
export function explainFailure(failure: Failure): OffboardError {
  const { error, method, answer, scrub, tenant } = failure
  const ours = ourError(error)
  if (ours !== undefined) return ours
  const message = scrub(descriptionOf(answer) ?? (error instanceof Error ? error.message : String(error)))
  const tried = `get a token for ${tenant} with --auth ${method.id}`
  const code = Number(/AADSTS(\d+)/.exec(message)?.[1])
  const known = entraErrors.get(code)
  if (known !== undefined) {
    return new kinds[known.kind]({ tried, said: sentence(message), hint: known.hint(failure) })
  }
  const outage = outageOf(failure, tried)
  if (outage !== undefined) return outage
  const problem: Problem = { tried, said: sentence(message), hint: method.unavailable }
  const isUnavailable = error instanceof Error && error.name === 'CredentialUnavailableError'
  return isUnavailable && answer === undefined ? new UsageError(problem) : new PermissionError(problem)
}

/** What the service said; not all that the library throws repeats it. */
function descriptionOf(answer: LoginAnswer | undefined): string | undefined {
  return answer !== undefined && 'description' in answer ? answer.description : undefined
}

/** An error of ours that the library wrapped. */
function ourError(error: unknown): OffboardError | undefined {
  if (error instanceof OffboardError) return error
  return error instanceof Error && error.cause !== undefined ? ourError(error.cause) : undefined
}

function outageOf({ answer, now, scrub }: Failure, tried: string): OffboardError | undefined {
  if (answer === undefined) return undefined
  if ('failure' in answer) {
    return new ServiceError({
      tried,
      said: scrub(answer.failure),
      hint: 'Check the network and the login endpoint; behind a proxy, NODE_USE_ENV_PROXY and NODE_EXTRA_CA_CERTS.',
    })
  }
  const said = `the login service answered HTTP ${answer.status}`
  if (answer.status === 429) {
    const retryAfterMs = waitOf(answer.retryAfter, now)
    return new ThrottledError({ tried, said, ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }
  // A refusal is a 4xx; anything else that brought no token is a service that does not work.
  return answer.status >= 400 && answer.status < 500 ? undefined : new ServiceError({ tried, said })
}

/** The wait of a Retry-After header, given in seconds or as a date, in milliseconds. */
export function waitOf(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime()
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined
}

/** The part of an answer that people can use: from the code on, without the ids of the request. */
function sentence(message: string): string {
  const from = message.slice(Math.max(message.indexOf('AADSTS'), 0))
  const [text = ''] = from.split(/\s*(?:Trace ID:|Correlation ID:|\n)/)
  return withoutHidden(text).slice(0, 400)
}
