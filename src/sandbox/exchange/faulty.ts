import { type Answer, jsonAnswer } from '../http.ts'
import type { FaultLooks } from '../serve.ts'

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
export const exchangeFaults: FaultLooks = {
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
