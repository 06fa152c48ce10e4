import * as z from 'zod'
import { type Answer, type Incoming, jsonAnswer } from '../http.ts'
import type { FaultLooks } from '../serve.ts'
import { GoogleRefusal, refusalAnswer, refusals } from './errors.ts'
import type { GoogleOperation } from './operations.ts'
import { tokenError } from './token.ts'

type Api = GoogleOperation['api']

const busy = [503, 'UNAVAILABLE', 'backendError'] as const
/** The Directory API answers 403 for it: https://developers.google.com/workspace/admin/directory/v1/limits. */
const tooMany = [403, 'PERMISSION_DENIED', 'userRateLimitExceeded'] as const

const throttled: Readonly<Record<Api, GoogleRefusal>> = {
  cloudidentity: new GoogleRefusal(
    refusals.exhausted,
    "Quota exceeded for quota metric 'Policy API read requests' and limit 'Policy API read requests per minute per user'.",
  ),
  reports: new GoogleRefusal(refusals.exhausted, 'Rate Limit Exceeded'),
  directory: new GoogleRefusal(tooMany, 'User Rate Limit Exceeded'),
}

const policySchema = z.record(z.string(), z.json())

/** What a write that is not done is answered with: as if it were. */
function pretended({ method, body, url }: Incoming): Answer {
  if (method === 'DELETE') return { status: 204, headers: {}, body: '' }
  const asked = policySchema.safeParse(body === '' ? {} : JSON.parse(body)).data ?? {}
  return jsonAnswer(200, { name: `operations/ignored${url.pathname}`, done: true, response: asked })
}

/** How each fault looks on the wire of one of Google's APIs, for one request. */
export function googleFaults(api: Api, request: Incoming): FaultLooks {
  return {
    throttle: () => refusalAnswer(api, throttled[api], { 'retry-after': '1' }),
    outage: () => refusalAnswer(api, new GoogleRefusal(busy, 'The service is currently unavailable.')),
    'lost-answer': () => 'cut',
    'stale-reads': undefined,
    denied: () =>
      refusalAnswer(api, new GoogleRefusal(refusals.denied, 'The caller does not have permission')),
    'empty-body': () => ({ status: 200, headers: {}, body: '' }),
    'ignored-write': () => pretended(request),
    hang: () => 'silence',
  }
}

/** How each fault looks at the token endpoint. */
export const googleTokenFaults: FaultLooks = {
  throttle: () => ({
    ...tokenError(429, 'rate_limit_exceeded', 'Too many requests. Try again later.'),
    headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' },
  }),
  outage: () => tokenError(503, 'temporarily_unavailable', 'The service is temporarily unavailable.'),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: () => tokenError(400, 'invalid_grant', 'Invalid JWT Signature.'),
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': undefined,
  hang: () => 'silence',
}
