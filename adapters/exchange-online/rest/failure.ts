import type { Effect } from '../../../src/model/attempt.ts'
import {
  ConflictError,
  InternalError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import type { HttpAnswer } from '../http.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Fault } from './fault.ts'

/** A request that failed, and what is known of it. */
export interface Failure {
  readonly tried: string
  readonly effect: Effect
  readonly answer: HttpAnswer
  readonly fault: Fault | undefined
  /** Microsoft's support traces a request by it. */
  readonly requestId: string
}

interface Kind {
  /** Tested against the type's name, which is the same in every language. */
  readonly type?: RegExp
  /** Tested against the text, which is not. */
  readonly text?: RegExp
  readonly error: new (problem: Problem) => OffboardError
  readonly hint?: string
}

const mayNotRun = 'Give the caller a role that holds this cmdlet. "offboard doctor" names it.'
const notAccepted =
  'Check that the credential is valid, and that it has the permission Exchange.ManageAsApp and a role. "offboard doctor" names what is missing.'

/** Told apart by the exception's type and not by the status, which is 400 for most of them. First match wins. */
const kinds: readonly Kind[] = [
  {
    type: /ObjectNotFoundException$/,
    text: /\bobject\b.*\bcouldn['’]t be found\b|\bcouldn['’]t find object\b/i,
    error: NotFoundError,
  },
  {
    type: /StillReferencedException$/,
    error: ConflictError,
    hint: 'A mail-flow rule still routes to this connector. Remove or change that rule first.',
  },
  { type: /AlreadyExistsException$/, text: /\balready (?:exists|in use)\b/i, error: ConflictError },
  {
    type: /Throttl|OverBudget|ServerBusy|TooManyRequests/,
    text: /\bmicro delay\b|\btoo many requests\b/i,
    error: ThrottledError,
  },
  {
    type: /ServerSettingsChanged|Transient|CmdletProxyNotAvailable|InvalidPagination|Timeout|Unavailable/,
    text: /\b(?:expired or )?invalid pagination request\b/i,
    error: ServiceError,
    hint: 'The service is in trouble for the moment. Try again later.',
  },
  {
    type: /InsufficientPermissions|UnauthorizedAccess|CommandNotFound|Authorization/,
    text: /\bnot allowed to call\b|\bis(?:n['’]t| not) recognized as\b|\baccess (?:is )?denied\b/i,
    error: PermissionError,
    hint: mayNotRun,
  },
  {
    type: /DehydratedContext/,
    error: TenantError,
    hint: 'Run Enable-OrganizationCustomization once in this tenant, and try again when it is done.',
  },
  { type: /^ParameterBinding/, error: InternalError },
]

function matches({ type, text }: Kind, fault: Fault): boolean {
  return type?.test(fault.type) === true || text?.test(fault.message) === true
}

function describe({ answer, fault }: Failure): string {
  if (fault === undefined) return `HTTP ${answer.status} without an explanation`
  const text = fault.message.slice(0, 1000)
  return fault.type === '' ? text : `${text} (${fault.type})`
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

/** The error of the family that a failed request is. */
export function failureError(failure: Failure): OffboardError {
  const { tried, answer, fault } = failure
  const problem = { tried, said: describe(failure) }
  if (asksToWait(failure)) return throttled(failure, problem)
  if (answer.status === 401) return new PermissionError({ ...problem, hint: notAccepted })
  if (answer.status === 403) return new PermissionError({ ...problem, hint: mayNotRun })
  const kind = fault && kinds.find((candidate) => matches(candidate, fault))
  if (kind === undefined) return byStatus(failure, problem)
  if (kind.error === ThrottledError) return throttled(failure, problem)
  return new kind.error(kind.hint === undefined ? problem : { ...problem, hint: kind.hint })
}
