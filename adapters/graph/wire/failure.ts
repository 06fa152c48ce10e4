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
} from '../../../src/model/errors.ts'
import { retryAfterMs } from '../../../src/wire/retry-after.ts'
import { requestFor } from '../permissions.ts'
import type { Sent } from './link.ts'

/** A request that Graph refused, or failed at. */
export interface Failure {
  readonly sent: Sent
  /** The path below `/v1.0`. */
  readonly path: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

interface Fault {
  readonly code: string
  readonly message: string
  /** Microsoft's support traces a request by it. */
  readonly requestId: string | undefined
}

/** https://learn.microsoft.com/graph/errors */
const envelope = z.looseObject({
  error: z.looseObject({
    code: z.string().nullish(),
    message: z.string().nullish(),
    innerError: z.looseObject({ 'request-id': z.string().optional() }).nullish().catch(undefined),
  }),
})

function faultIn({ text, headers }: Failure): Fault | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const { error } = envelope.safeParse(body).data ?? {}
  if (error === undefined) return undefined
  const requestId = error.innerError?.['request-id'] ?? headers.get('request-id') ?? undefined
  return { code: error.code ?? '', message: error.message ?? '', requestId }
}

function said(status: number, fault: Fault | undefined): string {
  const words = [fault?.code, fault?.message].filter((word) => word !== undefined && word !== '').join(': ')
  if (words === '') return `HTTP ${status} without an explanation`
  return fault?.requestId === undefined ? words : `${words} (request ${fault.requestId})`
}

type Maker = new (problem: Problem) => OffboardError

interface Kind {
  readonly code?: RegExp
  readonly text?: RegExp
  readonly error: Maker
  readonly hint?: string
}

const notYetEverywhere = 'The directory may not have spread a change everywhere yet. Try again in a minute.'

/** Told by code and text where the status says too little. First match wins. */
const kinds: readonly Kind[] = [
  { code: /^(?:Request_MultipleObjectsWithSameKeyValue|ObjectConflict)$/, error: ConflictError },
  { text: /\balready exists\b/i, error: ConflictError },
  { code: /ResourceNotFound$/, error: NotFoundError },
  { text: /\bnot a valid reference update\b/i, error: ServiceError, hint: notYetEverywhere },
  { code: /^Directory_/, error: ServiceError, hint: notYetEverywhere },
]

const statuses: Readonly<Record<number, Maker>> = {
  404: NotFoundError,
  408: ServiceError,
  409: ConflictError,
  410: NotFoundError,
  412: ConflictError,
  425: ServiceError,
}

const mayNotCall = 'Grant the caller the permission that it lacks. "offboard doctor" names it.'

/** What the caller needs for the request, from the table. */
function needs({ sent, path }: Failure): string {
  const row = requestFor(sent.method, path)
  if (row === undefined) return mayNotCall
  const { application, delegated } = row
  const both = [application.least.join(' and '), delegated.least.join(' and ')]
  return both[0] === both[1]
    ? `The caller needs the permission ${both[0]}. ${mayNotCall}`
    : `The caller needs the permission ${both[0]} (with a person: ${both[1]}). ${mayNotCall}`
}

function throttled({ headers }: Failure, problem: Problem): ThrottledError {
  const wait = retryAfterMs(headers)
  return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
}

/** Whether Graph asks to wait and surely did nothing. A write that met a 503 may have been done. */
function asksToWait({ status, sent, headers }: Failure): boolean {
  if (status === 429) return true
  return status === 503 && sent.method === 'GET' && headers.has('retry-after')
}

function byStatus({ status }: Failure, fault: Fault | undefined, problem: Problem): OffboardError {
  const known = statuses[status]
  if (known !== undefined && fault !== undefined) return new known(problem)
  if (status >= 500 || known === ServiceError)
    return new ServiceError({
      ...problem,
      hint: 'Microsoft Graph is in trouble for the moment. Try again later.',
    })
  if (fault === undefined)
    return new UsageError({
      ...problem,
      hint: 'Check the endpoint: this is not how Microsoft Graph answers.',
    })
  return new TenantError(problem)
}

/** The error of the family that a failed request is. */
export function failureError(failure: Failure): OffboardError {
  const { sent, status } = failure
  const fault = faultIn(failure)
  const problem = { tried: sent.tried, said: said(status, fault) }
  if (asksToWait(failure)) return throttled(failure, problem)
  if (status === 401)
    return new PermissionError({
      ...problem,
      hint: 'Check that the credential is valid, and that the token is for Microsoft Graph.',
    })
  if (status === 403) return new PermissionError({ ...problem, hint: needs(failure) })
  const kind =
    fault && status < 500
      ? kinds.find(({ code, text }) => code?.test(fault.code) === true || text?.test(fault.message) === true)
      : undefined
  if (kind === undefined) return byStatus(failure, fault, problem)
  return new kind.error(kind.hint === undefined ? problem : { ...problem, hint: kind.hint })
}
