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
import type { Answer } from '../../../../src/wire/answer.ts'
import { retryAfterMs } from '../../../../src/wire/retry-after.ts'
import type { Sent } from '../shared/send.ts'

interface Fault {
  readonly code: string
  readonly message: string
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/common-deployment-errors */
const envelope = z.looseObject({
  error: z.looseObject({ code: z.string().nullish(), message: z.string().nullish() }),
})
/** Azure DNS has the fault of some refusals on the top. */
const bare = z.looseObject({ code: z.string(), message: z.string().nullish() })

function faultIn(text: string): Fault | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const fault = envelope.safeParse(body).data?.error ?? bare.safeParse(body).data
  return fault === undefined ? undefined : { code: fault.code ?? '', message: fault.message ?? '' }
}

/** '412 PreconditionFailed: The condition … (request 1f0c…)' */
function said({ status, headers }: Answer, fault: Fault | undefined): string {
  if (fault === undefined) return `HTTP ${status} without an explanation`
  const request = headers.get('x-ms-request-id')
  const code = `${status} ${fault.code}`.trim()
  const named = fault.message === '' ? code : `${code}: ${fault.message}`
  return request === null ? named : `${named} (request ${request})`
}

type Maker = new (problem: Problem) => OffboardError

interface Kind {
  readonly error: Maker
  readonly hint?: string
}

/** By status, of answers that Azure explains. */
const statuses: Readonly<Record<number, Kind>> = {
  400: { error: UsageError, hint: 'Azure DNS does not take this value. Nothing was changed.' },
  401: {
    error: PermissionError,
    hint: 'Check that the credential is valid, and that its token is for Azure Resource Manager in the tenant of the subscription.',
  },
  403: {
    error: PermissionError,
    hint: 'Give the credential the role "DNS Zone Contributor" on the zone; "Reader" is enough for a dry run.',
  },
  404: { error: NotFoundError },
  409: { error: ConflictError },
  410: { error: NotFoundError },
  412: { error: ConflictError, hint: 'Somebody changed the record set meanwhile. Nothing was written.' },
}

/** A lock on the zone or its resource group. */
const locked = {
  error: TenantError,
  hint: 'A lock protects the zone. Remove it in the Azure portal for the time of the run.',
}

function kindOf({ status }: Answer, fault: Fault): Kind {
  if (fault.code === 'ScopeLocked') return locked
  return statuses[status] ?? { error: TenantError }
}

/** A write that met a 503 may have been done. */
function isThrottled({ status, headers }: Answer, { method }: Sent): boolean {
  return status === 429 || (status === 503 && method === 'GET' && headers.has('retry-after'))
}

/** The error of the family that a failed request is. */
export function failureError(sent: Sent, answer: Answer): OffboardError {
  const { status, headers } = answer
  const fault = faultIn(answer.text)
  const problem = { tried: sent.tried, said: said(answer, fault) }
  if (isThrottled(answer, sent)) {
    const wait = retryAfterMs(headers)
    return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
  }
  if (status >= 500 || status === 408)
    return new ServiceError({ ...problem, hint: 'Azure is in trouble for the moment. Try again later.' })
  const denied = status === 401 || status === 403
  if (fault === undefined && !denied)
    return new UsageError({ ...problem, hint: 'Check the endpoint: this is not how Azure answers.' })
  const { error: Made, hint } = kindOf(answer, fault ?? { code: '', message: '' })
  return new Made(hint === undefined ? problem : { ...problem, hint })
}
