import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../../http.ts'
import type { FaultLooks } from '../../serve.ts'

/** Azure Resource Manager, or Azure DNS behind it, refuses a request. */
export class AzureRefusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export function badRequest(message: string): AzureRefusal {
  return new AzureRefusal(400, 'BadRequest', message)
}

export function azureHeaders(): Readonly<Record<string, string>> {
  return { 'x-ms-request-id': randomUUID() }
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/common-deployment-errors */
export function azureError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(status, { error: { code, message } }, { ...azureHeaders(), ...headers })
}

/** How each fault looks on the wire of Azure Resource Manager. */
export const azureFaults: FaultLooks = {
  throttle: () =>
    azureError(429, 'TooManyRequests', 'The request is being throttled as the limit has been reached.', {
      'retry-after': '1',
    }),
  outage: () => azureError(503, 'ServiceUnavailable', 'The service is temporarily unavailable.'),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: () =>
    azureError(
      403,
      'AuthorizationFailed',
      "The client '11111111-2222-4333-8444-555555555555' does not have authorization to perform the action over the scope, or the scope is invalid.",
    ),
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': () => jsonAnswer(200, {}, azureHeaders()),
  hang: () => 'silence',
}
