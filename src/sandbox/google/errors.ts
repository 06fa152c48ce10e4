import type { JsonObject } from '../../model/json.ts'
import { type Answer, jsonAnswer } from '../http.ts'
import type { GoogleOperation } from './operations.ts'

/** Google refuses a request: https://cloud.google.com/apis/design/errors. */
export class GoogleRefusal extends Error {
  readonly code: number
  /** The canonical name: 'PERMISSION_DENIED'. */
  readonly status: string
  /** What the Admin SDK calls it: 'forbidden'. */
  readonly reason: string
  readonly details: readonly JsonObject[]

  constructor(
    [code, status, reason]: readonly [number, string, string],
    message: string,
    details: readonly JsonObject[] = [],
  ) {
    super(message)
    this.code = code
    this.status = status
    this.reason = reason
    this.details = details
  }
}

export const refusals = {
  invalid: [400, 'INVALID_ARGUMENT', 'invalid'],
  unauthenticated: [401, 'UNAUTHENTICATED', 'authError'],
  denied: [403, 'PERMISSION_DENIED', 'forbidden'],
  disabled: [403, 'PERMISSION_DENIED', 'accessNotConfigured'],
  scopeMissing: [403, 'PERMISSION_DENIED', 'insufficientPermissions'],
  notFound: [404, 'NOT_FOUND', 'notFound'],
  exhausted: [429, 'RESOURCE_EXHAUSTED', 'rateLimitExceeded'],
  unimplemented: [501, 'UNIMPLEMENTED', 'notImplemented'],
} as const

export function invalid(message: string): GoogleRefusal {
  return new GoogleRefusal(refusals.invalid, message)
}

export function notFound(message: string): GoogleRefusal {
  return new GoogleRefusal(refusals.notFound, message)
}

/** Why, for a machine: https://cloud.google.com/apis/design/errors#error_info. */
export function errorInfo(reason: string, service: string, metadata: JsonObject = {}): JsonObject {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service, ...metadata },
  }
}

/** A refusal in the envelope of its API: the Admin SDK's ones have a list of errors. */
export function refusalAnswer(
  api: GoogleOperation['api'],
  { code, status, reason, message, details }: GoogleRefusal,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const errors = api === 'cloudidentity' ? {} : { errors: [{ message, domain: 'global', reason }] }
  return jsonAnswer(
    code,
    { error: { code, message, ...errors, status, ...(details.length === 0 ? {} : { details }) } },
    headers,
  )
}
