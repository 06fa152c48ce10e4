import * as z from 'zod'
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
import { retryAfterMs } from '../shared/retry-after.ts'
import type { Answer, Sent } from '../shared/send.ts'

interface Fault {
  readonly reason: string
  readonly message: string
}

/** https://docs.cloud.google.com/apis/design/errors, and the older list of errors that Cloud DNS has. */
const envelope = z.looseObject({
  error: z.looseObject({
    message: z.string().nullish(),
    errors: z
      .array(z.looseObject({ reason: z.string().nullish() }))
      .nullish()
      .catch(undefined),
    details: z
      .array(z.looseObject({ reason: z.string().optional() }).catch({}))
      .nullish()
      .catch(undefined),
  }),
})

function faultIn(text: string): Fault | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const { error } = envelope.safeParse(body).data ?? {}
  if (error === undefined) return undefined
  const detailed = error.details?.find(({ reason }) => reason !== undefined)?.reason
  return { reason: detailed ?? error.errors?.[0]?.reason ?? '', message: error.message ?? '' }
}

/** '412 (conditionNotMet): Precondition not met for 'entity.change.deletions[0]'' */
function said(status: number, fault: Fault | undefined): string {
  if (fault === undefined) return `HTTP ${status} without an explanation`
  const named = fault.reason === '' ? String(status) : `${status} (${fault.reason})`
  return fault.message === '' ? named : `${named}: ${fault.message}`
}

const rateReasons = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'])

/** A write that met a 503 may have been done. */
function isThrottled({ status, headers }: Answer, { method }: Sent, fault: Fault | undefined): boolean {
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

function deniedKind({ reason }: Fault): Kind {
  const hint = remedies.find((remedy) => remedy.reason.test(reason))?.hint
  return hint === undefined ? { error: PermissionError } : { error: PermissionError, hint }
}

/** By status, of answers that Google explains. */
const statuses: Readonly<Record<number, (fault: Fault, sent: Sent) => Kind>> = {
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

/** The error of the family that a failed request is. */
export function failureError(sent: Sent, answer: Answer): OffboardError {
  const { status, headers } = answer
  const fault = faultIn(answer.text)
  const problem = { tried: sent.tried, said: said(status, fault) }
  if (isThrottled(answer, sent, fault)) {
    const wait = retryAfterMs(headers)
    return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
  }
  if (status >= 500 || status === 408)
    return new ServiceError({ ...problem, hint: 'Google is in trouble for the moment. Try again later.' })
  const denied = status === 401 || status === 403
  if (fault === undefined && !denied)
    return new UsageError({ ...problem, hint: 'Check the endpoint: this is not how Google answers.' })
  const kind = statuses[status]?.(fault ?? { reason: '', message: '' }, sent) ?? { error: TenantError }
  return new kind.error(kind.hint === undefined ? problem : { ...problem, hint: kind.hint })
}
