import type { FaultKind } from '../faults.ts'
import { type Answer, jsonAnswer, type Reply } from '../http.ts'

/** What the client gets in place of the service's own answer; `undefined` leaves that as it is. */
type Disturb = ((answer: Answer) => Reply) | undefined

const odataEmpty = { '@odata.context': '', value: [] }

/** The service asks to wait so many seconds. */
export function throttledAnswer(seconds: number): Answer {
  return jsonAnswer(
    429,
    { error: { code: 'TooManyRequests', message: 'The request was throttled.' } },
    { 'retry-after': String(seconds), 'rate-limit-remaining': '0' },
  )
}

/** How each fault looks on the wire of Exchange. */
export const exchangeFaults: Readonly<Record<FaultKind, Disturb>> = {
  throttle: () => throttledAnswer(1),
  outage: () => ({
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>Service Unavailable</title></head><body><h2>Service Unavailable</h2></body></html>',
  }),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: () => ({ status: 403, headers: {}, body: new Uint8Array(4096) }),
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': () => jsonAnswer(200, odataEmpty),
  hang: () => 'silence',
}
