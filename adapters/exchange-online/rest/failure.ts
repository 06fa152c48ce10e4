import type { Effect } from '../../../src/model/attempt.ts'
import {
  type OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import { retryAfterMs } from '../../../src/wire/retry-after.ts'
import { describeFault, type Fault, faultKind, mayNotRun, notAccepted } from '../fault.ts'
import type { HttpAnswer } from '../http.ts'

/** A request that failed, and what is known of it. */
export interface Failure {
  readonly tried: string
  readonly effect: Effect
  readonly answer: HttpAnswer
  readonly fault: Fault | undefined
  /** Microsoft's support traces a request by it. */
  readonly requestId: string
}

function describe({ answer, fault }: Failure): string {
  if (fault === undefined) return `HTTP ${answer.status} without an explanation`
  return describeFault(fault)
}

function throttled(failure: Failure, problem: Problem): ThrottledError {
  const wait = retryAfterMs(failure.answer.headers)
  return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
}

/** Whether the service asks to wait and surely did nothing. A write that met a 503 may have been done. */
function asksToWait({ effect, answer }: Failure): boolean {
  if (answer.status === 429) return true
  return answer.status === 503 && effect === 'read' && answer.headers.has('retry-after')
}

function byStatus({ answer, fault, requestId }: Failure, problem: Problem): OffboardError {
  if (answer.status >= 500 || answer.status === 408)
    return new ServiceError({
      ...problem,
      hint: `Try again later. Microsoft's support finds this request by its id, ${requestId}.`,
    })
  if (fault === undefined)
    return new UsageError({
      ...problem,
      hint: 'Check the endpoint: this is not how Exchange Online answers.',
    })
  return new TenantError(problem)
}

/** The error of the family that a failed request is: told by the exception, as the status is 400 for most of them. */
export function failureError(failure: Failure): OffboardError {
  const { tried, answer, fault } = failure
  const problem = { tried, said: describe(failure) }
  if (asksToWait(failure)) return throttled(failure, problem)
  if (answer.status === 401) return new PermissionError({ ...problem, hint: notAccepted })
  if (answer.status === 403) return new PermissionError({ ...problem, hint: mayNotRun })
  const kind = fault && faultKind(fault)
  if (kind === undefined) return byStatus(failure, problem)
  if (kind.error === ThrottledError) return throttled(failure, problem)
  return new kind.error(kind.hint === undefined ? problem : { ...problem, hint: kind.hint })
}
