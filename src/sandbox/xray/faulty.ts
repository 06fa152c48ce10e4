import { jsonAnswer } from '../http.ts'
import type { FaultLooks } from '../serve.ts'
import { forbidden, xrayError } from './errors.ts'

/** How each fault looks on the wire of the vendor's API. */
export const xrayFaults: FaultLooks = {
  throttle: () =>
    xrayError(429, 'Request was throttled. Expected available in 1 second.', { 'retry-after': '1' }),
  outage: () => ({
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
  }),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: forbidden,
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': () => jsonAnswer(200, {}),
  hang: () => 'silence',
}
