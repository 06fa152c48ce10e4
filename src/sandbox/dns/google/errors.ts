import type { JsonObject } from '../../../model/json.ts'
import { type Answer, jsonAnswer } from '../../http.ts'
import type { FaultLooks } from '../../serve.ts'

/** Cloud DNS refuses a request: https://docs.cloud.google.com/dns/docs/reference/rest/v1 */
export class CloudDnsRefusal extends Error {
  readonly code: number
  /** 'conditionNotMet' */
  readonly reason: string

  constructor(code: number, reason: string, message: string) {
    super(message)
    this.code = code
    this.reason = reason
  }
}

export function invalid(field: string, value: string): CloudDnsRefusal {
  return new CloudDnsRefusal(400, 'invalid', `Invalid value for '${field}': '${value}'`)
}

export function notFound(field: string, name: string): CloudDnsRefusal {
  return new CloudDnsRefusal(404, 'notFound', `The '${field}' resource named '${name}' does not exist.`)
}

export function refusalAnswer(
  { code, reason, message }: CloudDnsRefusal,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body: JsonObject = { error: { code, message, errors: [{ message, domain: 'global', reason }] } }
  return jsonAnswer(code, body, headers)
}

/** How each fault looks on the wire of Cloud DNS. */
export const cloudDnsFaults: FaultLooks = {
  throttle: () =>
    refusalAnswer(new CloudDnsRefusal(429, 'rateLimitExceeded', 'Rate Limit Exceeded'), {
      'retry-after': '1',
    }),
  outage: () => refusalAnswer(new CloudDnsRefusal(503, 'backendError', 'Backend Error')),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: () => refusalAnswer(new CloudDnsRefusal(403, 'forbidden', 'Forbidden')),
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': () =>
    jsonAnswer(200, { kind: 'dns#change', id: '0', status: 'done', additions: [], deletions: [] }),
  hang: () => 'silence',
}
