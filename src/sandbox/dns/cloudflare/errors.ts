import type { JsonObject } from '../../../model/json.ts'
import { type Answer, jsonAnswer } from '../../http.ts'
import type { FaultLooks } from '../../serve.ts'

interface Fault {
  readonly code: number
  readonly message: string
}

/** Cloudflare refuses a request. https://developers.cloudflare.com/fundamentals/api/troubleshooting/ */
export class CloudflareRefusal extends Error {
  readonly status: number
  readonly code: number
  /** What exactly is wrong, where the error only says what kind of thing is. */
  readonly chain: readonly Fault[]

  constructor(status: number, code: number, message: string, chain: readonly Fault[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.chain = chain
  }
}

export function invalidRecord(code: number, message: string): CloudflareRefusal {
  return new CloudflareRefusal(400, 1004, 'DNS Validation Error', [{ code, message }])
}

export function noSuchRecord(): CloudflareRefusal {
  return new CloudflareRefusal(404, 81_044, 'Record does not exist.')
}

export function notAllowed(): CloudflareRefusal {
  return new CloudflareRefusal(403, 10_000, 'Authentication error')
}

export function refusalAnswer(
  { status, code, message, chain }: CloudflareRefusal,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const error_chain = chain.length === 0 ? {} : { error_chain: chain.map((fault) => ({ ...fault })) }
  const errors = [{ code, message, ...error_chain }]
  return jsonAnswer(status, { success: false, errors, messages: [], result: null }, headers)
}

/** A good answer, with what is said of its page where it is a list. */
export function resultAnswer(result: JsonObject | readonly JsonObject[], info?: JsonObject): Answer {
  const result_info = info === undefined ? {} : { result_info: info }
  return jsonAnswer(200, { success: true, errors: [], messages: [], result, ...result_info })
}

const tooMany =
  'More than 1200 requests per 300 seconds reached. Please wait and consider throttling your request speed'

/** How each fault looks on Cloudflare's wire. */
export const cloudflareFaults: FaultLooks = {
  throttle: () => refusalAnswer(new CloudflareRefusal(429, 10_100, tooMany), { 'retry-after': '1' }),
  outage: () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<html>503</html>' }),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: () => refusalAnswer(notAllowed()),
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': () => resultAnswer({}),
  hang: () => 'silence',
}
