import * as z from 'zod'
import type { JsonObject } from '../../model/json.ts'
import { type Answer, type Incoming, jsonAnswer } from '../http.ts'
import type { FaultLooks } from '../serve.ts'
import { guidOf } from '../tenant/ids.ts'
import { graphError } from './errors.ts'

const json: z.ZodType<JsonObject> = z.record(z.string(), z.json())

/** What a write that is not done is answered with: as if it were. */
function pretended({ method, body }: Incoming): Answer {
  if (method !== 'POST') return { status: 204, headers: {}, body: '' }
  const asked = body === '' ? {} : (json.safeParse(JSON.parse(body)).data ?? {})
  return jsonAnswer(201, { id: guidOf(`ignored ${body}`), ...asked })
}

/** How each fault looks on the wire of Graph, for one request. */
export function graphFaults(request: Incoming): FaultLooks {
  return {
    throttle: () =>
      graphError(429, 'TooManyRequests', 'Too many requests.', {
        'retry-after': '1',
      }),
    outage: () => ({
      status: 503,
      headers: { 'content-type': 'text/html' },
      body: '<html><head><title>503 Service Unavailable</title></head><body></body></html>',
    }),
    'lost-answer': () => 'cut',
    'stale-reads': undefined,
    denied: () =>
      graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    'empty-body': () => ({ status: 200, headers: {}, body: '' }),
    'ignored-write': () => pretended(request),
    hang: () => 'silence',
  }
}
