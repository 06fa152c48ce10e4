import { randomUUID } from 'node:crypto'
import type { Answer } from '../../http.ts'
import type { FaultLooks } from '../../serve.ts'
import { type Content, type Element, xmlOf } from './xml.ts'

/** Route 53 refuses a request: https://docs.aws.amazon.com/Route53/latest/APIReference/CommonErrors.html */
export class Route53Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** A batch that cannot be carried out, and then none of it is: with what is wrong with each change. */
export function invalidBatch(messages: readonly string[]): Route53Refusal {
  return new Route53Refusal(400, 'InvalidChangeBatch', `[${messages.join(', ')}]`)
}

export function xmlAnswer(root: Element, status = 200): Answer {
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() }
  return { status, headers, body: xmlOf(root) }
}

function request(): Element {
  return ['RequestId', randomUUID()]
}

export function refusalAnswer({ status, code, message }: Route53Refusal): Answer {
  const error: Content = [
    ['Type', status < 500 ? 'Sender' : 'Receiver'],
    ['Code', code],
    ['Message', message],
  ]
  return xmlAnswer(['ErrorResponse', [['Error', error], request()]], status)
}

/** What a change came to, and when it was asked for. */
export function changeInfo(id: string, status: 'PENDING' | 'INSYNC'): Element {
  const at = new Date().toISOString()
  return [
    'ChangeInfo',
    [
      ['Id', `/change/${id}`],
      ['Status', status],
      ['SubmittedAt', at],
    ],
  ]
}

export function accessDenied(operation: string): Route53Refusal {
  return new Route53Refusal(
    403,
    'AccessDenied',
    `User: arn:aws:iam::123456789012:user/offboard is not authorized to perform: route53:${operation} because no identity-based policy allows the route53:${operation} action`,
  )
}

export function noSuchZone(id: string): Route53Refusal {
  return new Route53Refusal(404, 'NoSuchHostedZone', `No hosted zone found with ID: ${id}`)
}

/** How each fault looks on Route 53's wire. */
export function route53Faults(operation: string): FaultLooks {
  return {
    throttle: () => refusalAnswer(new Route53Refusal(400, 'Throttling', 'Rate exceeded')),
    outage: () => refusalAnswer(new Route53Refusal(503, 'ServiceUnavailable', 'Service is unavailable')),
    'lost-answer': () => 'cut',
    'stale-reads': undefined,
    denied: () => refusalAnswer(accessDenied(operation)),
    'empty-body': () => ({ status: 200, headers: {}, body: '' }),
    'ignored-write': () => xmlAnswer(['ChangeResourceRecordSetsResponse', [changeInfo('C1', 'PENDING')]]),
    hang: () => 'silence',
  }
}
