import {
  ConflictError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import type { Answer } from '../../../src/wire/answer.ts'
import { type GoogleFault, googleFaultIn, googleWords } from '../../../src/wire/google-fault.ts'
import { retryAfterMs } from '../../../src/wire/retry-after.ts'
import type { GoogleRequest } from '../requests.ts'
import type { Sent } from './guard.ts'
import { policyPace } from './pace.ts'

/** A request that Google refused, or failed at. */
interface Failure {
  readonly sent: Sent
  readonly row: GoogleRequest
  readonly answer: Answer
}

/** The Directory and Reports APIs say so with 403: https://developers.google.com/workspace/admin/directory/v1/limits */
const quotaReasons = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
])

function isThrottled(
  { answer: { status, headers }, sent }: Failure,
  fault: GoogleFault | undefined,
): boolean {
  if (status === 429) return true
  if (status === 403) return fault !== undefined && quotaReasons.has(fault.reason)
  // A write that met a 503 may have been done.
  return status === 503 && sent.method === 'GET' && headers.has('retry-after')
}

function throttled(
  { answer, row }: Failure,
  fault: GoogleFault | undefined,
  problem: Problem,
): ThrottledError {
  const isQuota = row.api === 'cloudidentity' && /quota exceeded|per minute/i.test(fault?.message ?? '')
  const wait = retryAfterMs(answer.headers) ?? (isQuota ? policyPace.afterRefusalMs : undefined)
  return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
}

const apiNames = { admin: 'Admin SDK API', cloudidentity: 'Cloud Identity API' }

interface Remedy {
  readonly reason: RegExp
  readonly hint: (row: GoogleRequest) => string
}

/** What to do about a 403, told by its reason. First match wins. */
const remedies: readonly Remedy[] = [
  {
    reason: /^(?:accessNotConfigured|SERVICE_DISABLED)$/,
    hint: ({ api }) => `Enable the ${apiNames[api]} in the credential's Google Cloud project.`,
  },
  {
    reason: /^(?:insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT)$/,
    hint: ({ scope }) => `The access token needs the scope ${scope}.`,
  },
  {
    reason: /^/,
    hint: ({ api }) =>
      api === 'cloudidentity'
        ? 'Only a super administrator may use the Policy API: act as one.'
        : 'Act as an administrator of this customer who may do this, best a super administrator.',
  },
]

function refused({ row }: Failure, fault: GoogleFault | undefined, problem: Problem): PermissionError {
  const remedy = remedies.find(({ reason }) => reason.test(fault?.reason ?? ''))
  return new PermissionError(remedy === undefined ? problem : { ...problem, hint: remedy.hint(row) })
}

type Maker = new (problem: Problem) => OffboardError

const statuses: Readonly<Record<number, Maker>> = {
  404: NotFoundError,
  408: ServiceError,
  409: ConflictError,
  410: NotFoundError,
  412: ConflictError,
  501: TenantError,
}

function byStatus(
  { answer: { status } }: Failure,
  fault: GoogleFault | undefined,
  problem: Problem,
): OffboardError {
  const known = statuses[status]
  if (known !== undefined && fault !== undefined) return new known(problem)
  if (status >= 500 || status === 408)
    return new ServiceError({ ...problem, hint: 'Google is in trouble for the moment. Try again later.' })
  if (fault === undefined)
    return new UsageError({ ...problem, hint: 'Check the endpoint: this is not how Google answers.' })
  return new TenantError(problem)
}

/** The error of the family that a failed request is. */
export function failureError(failure: Failure): OffboardError {
  const { sent, answer } = failure
  const fault = googleFaultIn(answer.text)
  const problem = { tried: sent.tried, said: googleWords(answer.status, fault) }
  if (isThrottled(failure, fault)) return throttled(failure, fault, problem)
  if (answer.status === 401)
    return new PermissionError({
      ...problem,
      hint: 'Check that the credential is valid, and that the token is for the Google APIs.',
    })
  if (answer.status === 403) return refused(failure, fault, problem)
  return byStatus(failure, fault, problem)
}
