import * as z from 'zod'
import {
  ConflictError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../../src/model/errors.ts'
import type { Answer } from '../../../../src/wire/answer.ts'
import { retryAfterMs } from '../../../../src/wire/retry-after.ts'
import type { Sent } from '../shared/send.ts'

const fault = z.looseObject({ code: z.number().optional(), message: z.string().optional() })
/** https://developers.cloudflare.com/fundamentals/api/troubleshooting/ */
const envelope = z.looseObject({
  success: z.boolean(),
  errors: z.array(fault.extend({ error_chain: z.array(fault).optional() })).nullish(),
})
type Fault = z.infer<typeof fault>

interface Said {
  readonly success: boolean
  /** With what stands behind each. */
  readonly faults: readonly Fault[]
}

function saidIn(text: string): Said | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const { data } = envelope.safeParse(body)
  if (data === undefined) return undefined
  const faults = (data.errors ?? []).flatMap(({ error_chain = [], ...first }) => [first, ...error_chain])
  return { success: data.success, faults }
}

/** '400: DNS Validation Error (1004), Invalid TTL (9021)' */
function sentence(status: number, faults: readonly Fault[]): string {
  const parts = faults.map(({ code, message = '' }) =>
    code === undefined ? message : `${message} (${code})`,
  )
  return parts.length === 0 ? `HTTP ${status} without an explanation` : `${status}: ${parts.join(', ')}`
}

interface Kind {
  readonly error: new (problem: Problem) => OffboardError
  readonly hint?: string
}

const denied: Kind = {
  error: PermissionError,
  hint: 'The API token must be valid, for this zone, with "Zone: Read" and "DNS: Edit"; "DNS: Read" is enough for a dry run.',
}
const changed: Kind = {
  error: ConflictError,
  hint: 'Somebody changed the record set meanwhile. Nothing was written.',
}

const codes: Readonly<Record<number, Kind>> = {
  6003: denied,
  6111: denied,
  9109: denied,
  10000: denied,
  81044: changed,
  81057: changed,
  81058: changed,
}

const statuses: Readonly<Record<number, Kind>> = {
  400: { error: UsageError, hint: 'Cloudflare does not take this value. Nothing was changed.' },
  401: denied,
  403: denied,
  404: { error: NotFoundError },
  409: { error: ConflictError },
}

/** The service manages some records itself. */
const managed: Kind = {
  error: TenantError,
  hint: 'Switch Email Routing off for this zone in the Cloudflare dashboard, then try again.',
}

const paceCodes: ReadonlySet<number | undefined> = new Set([971, 10_100, 10_429])

function kindOf(status: number, faults: readonly Fault[]): Kind {
  if (faults.some(({ message }) => /email routing/i.test(message ?? ''))) return managed
  const known = faults.flatMap(({ code = 0 }) => codes[code] ?? [])
  return known[0] ?? statuses[status] ?? { error: TenantError }
}

/** The error of the family that an answer is; undefined when it is a good one. */
export function failureError({ tried }: Sent, answer: Answer): OffboardError | undefined {
  const { status, headers } = answer
  const said = saidIn(answer.text)
  const isGood = status >= 200 && status < 300
  if (isGood && said?.success !== false) return undefined
  const faults = said?.faults ?? []
  const problem = { tried, said: sentence(status, faults) }
  if (status === 429 || faults.some(({ code }) => paceCodes.has(code))) {
    const wait = retryAfterMs(headers)
    return new ThrottledError(wait === undefined ? problem : { ...problem, retryAfterMs: wait })
  }
  if (status >= 500 || status === 408 || isGood)
    return new ServiceError({ ...problem, hint: 'Cloudflare is in trouble for the moment. Try again later.' })
  if (said === undefined && status !== 401 && status !== 403)
    return new UsageError({ ...problem, hint: 'Check the endpoint: this is not how Cloudflare answers.' })
  const { error: Made, hint } = kindOf(status, faults)
  return new Made(hint === undefined ? problem : { ...problem, hint })
}
