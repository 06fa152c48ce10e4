import * as z from 'zod'
import {
  ConflictError,
  InternalError,
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

/** What the library throws: the service's code is the name. */
const serviceError = z.looseObject({
  name: z.string(),
  message: z.string(),
})
type Fault = z.infer<typeof serviceError>

interface Kind {
  readonly error: new (problem: Problem) => OffboardError
  readonly hint?: string
}

const denied: Kind = {
  error: PermissionError,
  hint: 'The access key must be valid and allowed route53:ListHostedZonesByName, GetHostedZone, ListResourceRecordSets and ChangeResourceRecordSets; the last is not needed for a dry run.',
}
const clock: Kind = { error: PermissionError, hint: 'Set the clock of this machine right, then try again.' }
const notTaken: Kind = { error: UsageError, hint: 'Route 53 does not take this. Nothing was changed.' }

/** https://docs.aws.amazon.com/Route53/latest/APIReference/CommonErrors.html */
const codes: Readonly<Record<string, Kind>> = {
  AccessDenied: denied,
  AccessDeniedException: denied,
  ExpiredToken: { ...denied, hint: 'The session of these credentials is over. Get new ones.' },
  ExpiredTokenException: { ...denied, hint: 'The session of these credentials is over. Get new ones.' },
  IncompleteSignature: denied,
  InvalidClientTokenId: denied,
  MissingAuthenticationToken: denied,
  SignatureDoesNotMatch: denied,
  UnrecognizedClientException: denied,
  RequestExpired: clock,
  RequestTimeTooSkewed: clock,
  NoSuchHostedZone: { error: NotFoundError },
  InvalidInput: notTaken,
  InvalidDomainName: notTaken,
}

/** Nothing was done: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const paceCodes: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'SlowDown',
  'TooManyRequestsException',
])

/** Why a batch is refused that rested on a set as it was. */
const isStale = /but it (?:was not found|already exists)|do not match the current values/

const changed: Kind = {
  error: ConflictError,
  hint: 'Somebody changed the record set meanwhile. Nothing was written.',
}

/** The API's reference gives a batch's refusal an envelope of its own, which the library does not know. */
function faultIn(fault: Fault, { text }: Answer): Fault {
  if (!/<InvalidChangeBatch[\s>]/.test(text)) return fault
  const messages = [...text.matchAll(/<Message>([^<]*)<\/Message>/g)].map(([, message]) => message)
  return { ...fault, name: 'InvalidChangeBatch', message: messages.join(', ') }
}

function kindOf({ name, message }: Fault, status: number): Kind {
  if (name === 'InvalidChangeBatch') return isStale.test(message) ? changed : notTaken
  const known = codes[name]
  if (known !== undefined) return known
  return status === 401 || status === 403 ? denied : { error: TenantError }
}

function sentence({ name, message }: Fault, status: number): string {
  return message === '' || message === 'UnknownError' ? `${status} ${name}` : `${status} ${name}: ${message}`
}

/** The error of the family that an error of the library is, with the answer that it was made of. */
export function failureError(tried: string, error: unknown, answer: Answer | undefined): OffboardError {
  const { data } = serviceError.safeParse(error)
  if (data === undefined || answer === undefined)
    return new InternalError({ tried, said: "AWS's library failed at the request", cause: error })
  const { status, headers, text } = answer
  const fault = faultIn(data, answer)
  const said = sentence(fault, status)
  if (status === 429 || paceCodes.has(fault.name)) {
    const wait = retryAfterMs(headers)
    return new ThrottledError(wait === undefined ? { tried, said } : { tried, said, retryAfterMs: wait })
  }
  if (status >= 500 || status === 408)
    return new ServiceError({ tried, said, hint: 'Route 53 is in trouble for the moment. Try again later.' })
  if (status < 300) return new ServiceError({ tried, said: 'an answer that could not be read', cause: error })
  if (!text.includes('<'))
    return new UsageError({
      tried,
      said: `HTTP ${status} without an explanation`,
      hint: 'Check the endpoint: this is not how Route 53 answers.',
    })
  const { error: Made, hint } = kindOf(fault, status)
  return new Made(hint === undefined ? { tried, said } : { tried, said, hint })
}
