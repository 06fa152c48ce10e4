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
} from '../../../../src/model/errors.ts'
import type { Answer } from '../../../../src/wire/answer.ts'
import { type GoogleFault, googleFaultIn, googleWords } from '../../../../src/wire/google-fault.ts'
import { retryAfterMs } from '../../../../src/wire/retry-after.ts'
import type { Sent } from '../shared/send.ts'

const rateReasons = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'])

/** A write that met a 503 may have been done. */
function isThrottled({ status, headers }: Answer, { method }: Sent, fault: GoogleFault | undefined): boolean {
  if (status === 429) return true
  if (status === 403) return rateReasons.has(fault?.reason ?? '')
  return status === 503 && method === 'GET' && headers.has('retry-after')
}

interface Remedy {
  readonly reason: RegExp
  readonly hint: string
}

/** What to do about a 403, told by its reason. First match wins. */
const remedies: readonly Remedy[] = [
  {
    reason: /^(?:accessNotConfigured|SERVICE_DISABLED)$/,
    hint: 'Enable the Cloud DNS API in the project.',
  },
  {
    reason: /^(?:insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT)$/,
    hint: 'The access token needs the scope https://www.googleapis.com/auth/ndev.clouddns.readwrite; for a dry run ndev.clouddns.readonly.',
  },
  {
    reason: /^/,
    hint: 'Give the credential the role roles/dns.admin on the project; roles/dns.reader is enough for a dry run.',
  },
]

type Maker = new (problem: Problem) => OffboardError

interface Kind {
  readonly error: Maker
  readonly hint?: string
}

const changed: Kind = {
  error: ConflictError,
  hint: 'Somebody changed the record set meanwhile. Nothing was written.',
}

function deniedKind({ reason }: GoogleFault): Kind {
  const hint = remedies.find((remedy) => remedy.reason.test(reason))?.hint
  return hint === undefined ? { error: PermissionError } : { error: PermissionError, hint }
}

/** By status, of answers that Google explains. */
const statuses: Readonly<Record<number, (fault: GoogleFault, sent: Sent) => Kind>> = {
  400: () => ({ error: UsageError, hint: 'Cloud DNS does not take this value. Nothing was changed.' }),
  401: () => ({
    error: PermissionError,
    hint: 'Check that the credential is valid, and that the token is for the Google APIs.',
  }),
  403: deniedKind,
  // A set that a change would take away and that is not there any more, or the zone or the project.
  404: ({ message }, { method }) =>
    method === 'POST' && message.includes('entity.change') ? changed : { error: NotFoundError },
  409: () => changed,
  410: () => ({ error: NotFoundError }),
  412: () => changed,
}

const noFault: GoogleFault = { reason: '', message: '', status: '' }

/** The error of the family that a failed request is. */
export function failureError(sent: Sent, answer: Answer): OffboardError {
  const { status, headers } = answer
  const fault = googleFaultIn(answer.text)
  const problem = { tried: sent.tried, said: googleWords(status, fault) }
  if (isThrottled(answer, sent, fault)) {
    const wait = retryAfterMs(headers)
    return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
  }
  if (status >= 500 || status === 408)
    return new ServiceError({ ...problem, hint: 'Google is in trouble for the moment. Try again later.' })
  const denied = status === 401 || status === 403
  if (fault === undefined && !denied)
    return new UsageError({ ...problem, hint: 'Check the endpoint: this is not how Google answers.' })
  const kind = statuses[status]?.(fault ?? noFault, sent) ?? { error: TenantError }
  return new kind.error(kind.hint === undefined ? problem : { ...problem, hint: kind.hint })
}
