import { withoutHidden } from '../config/visible.ts'
import { OffboardError, PermissionError, ServiceError, ThrottledError, UsageError } from '../model/errors.ts'
import type { GoogleKey } from './google-key.ts'
import type { GoogleLoginAnswer } from './google-login.ts'
import { waitOf } from './refusal.ts'
import type { Scrubber } from './scrub.ts'

export interface GoogleFailure {
  readonly error: unknown
  readonly answer: GoogleLoginAnswer | undefined
  readonly key: GoogleKey
  /** For whom the service account acts. */
  readonly subject: string | undefined
  readonly scope: string
  readonly scrub: Scrubber
  readonly now: Date
}

interface Remedy {
  readonly error: string
  readonly description?: RegExp
  readonly kind: typeof PermissionError | typeof UsageError
  readonly hint: (failure: GoogleFailure) => string
}

const signInAnew = 'The administrator signs in anew, and GOOGLE_APPLICATION_CREDENTIALS names the new file.'

/** https://developers.google.com/identity/protocols/oauth2/service-account#error-codes. First match wins. */
const remedies: readonly Remedy[] = [
  {
    error: 'unauthorized_client',
    kind: PermissionError,
    hint: ({ key, scope }) =>
      `In the Admin console, Security > Access and data control > API controls > Domain-wide delegation, give the client ${key.client_id} exactly this scope: ${scope}`,
  },
  {
    error: 'invalid_grant',
    description: /Invalid email or User ID/i,
    kind: UsageError,
    hint: ({ subject }) => `${subject} is no active user of this customer. Check OFFBOARD_GOOGLE_SUBJECT.`,
  },
  {
    error: 'invalid_grant',
    description: /\biat\b|timeframe/i,
    kind: PermissionError,
    hint: () => 'Set the clock of this machine right.',
  },
  {
    error: 'invalid_grant',
    description: /expired or revoked/i,
    kind: PermissionError,
    hint: () => signInAnew,
  },
  {
    error: 'invalid_grant',
    kind: PermissionError,
    hint: ({ key }) =>
      key.type === 'service_account'
        ? 'Check that the service account and this key of it still exist; make a new key.'
        : signInAnew,
  },
  {
    error: 'invalid_client',
    kind: PermissionError,
    hint: () => 'Check that the OAuth client of the credentials file still exists.',
  },
  {
    error: 'invalid_scope',
    kind: PermissionError,
    hint: ({ scope }) => `The scope that was asked for is ${scope}.`,
  },
]

function shown(text: string): string {
  return withoutHidden(text).slice(0, 400)
}

function outageOf({ answer, scrub, now }: GoogleFailure, tried: string): OffboardError | undefined {
  if (answer === undefined) return undefined
  if ('failure' in answer)
    return new ServiceError({
      tried,
      said: scrub(answer.failure),
      hint: 'Check the network and the endpoint; behind a proxy, NODE_USE_ENV_PROXY and NODE_EXTRA_CA_CERTS.',
    })
  const said = `the token service answered HTTP ${answer.status}`
  if (answer.status === 429) {
    const retryAfterMs = waitOf(answer.retryAfter, now)
    return new ThrottledError({ tried, said, ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }
  // A refusal is a 4xx; anything else that brought no token is a service that does not work.
  return answer.status >= 400 && answer.status < 500 ? undefined : new ServiceError({ tried, said })
}

/** Turns what the library threw into the family of errors. Its own error is dropped: it holds the request. */
export function explainGoogleFailure(failure: GoogleFailure): OffboardError {
  const { error, answer, scrub, subject } = failure
  if (error instanceof OffboardError) return error
  const tried = subject === undefined ? 'get a token from Google' : `get a token from Google for ${subject}`
  const outage = outageOf(failure, tried)
  if (outage !== undefined) return outage
  if (answer === undefined || 'failure' in answer)
    return new UsageError({ tried, said: 'the credentials could not be used' })
  const { error: code, description, status } = answer
  const words = [code, description].filter((word) => word !== '').join(': ')
  const said = shown(scrub(words === '' ? `HTTP ${status}` : words))
  const remedy = remedies.find((one) => one.error === code && one.description?.test(description) !== false)
  if (remedy === undefined) return new PermissionError({ tried, said })
  return new remedy.kind({ tried, said, hint: remedy.hint(failure) })
}
