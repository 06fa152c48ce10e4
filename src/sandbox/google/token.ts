import * as z from 'zod'
import { type Answer, type Incoming, jsonAnswer } from '../http.ts'
import type { GoogleState } from '../tenant/google.ts'
import { makeAccessToken } from './access-token.ts'
import { googleAccount } from './account.ts'
import { googleScopes } from './scopes.ts'

const tokenAddress = 'https://oauth2.googleapis.com/token'
const longestSeconds = 3600
/** How far two clocks may be apart. */
const slackSeconds = 300

const assertionSchema = z.looseObject({
  iss: z.string(),
  sub: z.string().optional(),
  scope: z.string().default(''),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
})

type Assertion = z.infer<typeof assertionSchema>

/** An error of the token endpoint: https://developers.google.com/identity/protocols/oauth2/service-account#error-codes. */
export function tokenError(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description })
}

/** What an assertion says. Its signature is not looked at: the sandbox lets its service account in. */
function readAssertion(assertion: string): Assertion | undefined {
  const parts = assertion.split('.')
  if (parts.length !== 3) return undefined
  try {
    return assertionSchema.safeParse(JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')))
      .data
  } catch {
    return undefined
  }
}

function isTimely({ iat, exp }: Assertion): boolean {
  const now = Date.now() / 1000
  return iat <= now + slackSeconds && exp > now - slackSeconds && exp - iat <= longestSeconds
}

/** A service account may act for a user by the scopes that stand in the list of delegation clients, and no others. */
function delegatedToken({ users, delegation }: GoogleState, user: string, scopes: readonly string[]): Answer {
  if (!users.some(({ primaryEmail, suspended }) => primaryEmail === user.toLowerCase() && !suspended))
    return tokenError(400, 'invalid_grant', 'Invalid email or User ID')
  const client = delegation.find(({ clientId }) => clientId === googleAccount.serviceAccountClientId)
  if (scopes.some((scope) => client?.scopes.includes(scope) !== true))
    return tokenError(
      401,
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    )
  const token = {
    client: googleAccount.serviceAccountClientId,
    user: user.toLowerCase(),
    scopes: [...scopes],
  }
  return jsonAnswer(200, makeAccessToken(token))
}

function fromAssertion(google: GoogleState, form: URLSearchParams, origin: string): Answer {
  const assertion = readAssertion(form.get('assertion') ?? '')
  if (assertion === undefined) return tokenError(400, 'invalid_grant', 'Bad Request')
  if (assertion.iss !== googleAccount.serviceAccount)
    return tokenError(400, 'invalid_grant', 'Invalid grant: account not found')
  const scopes = assertion.scope.split(' ').filter((scope) => scope !== '')
  const isOurs = [tokenAddress, `${origin}/token`].includes(assertion.aud)
  if (!isOurs || scopes.length === 0)
    return tokenError(400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.')
  if (!isTimely(assertion))
    return tokenError(
      400,
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    )
  if (assertion.sub !== undefined) return delegatedToken(google, assertion.sub, scopes)
  return jsonAnswer(
    200,
    makeAccessToken({ client: googleAccount.serviceAccountClientId, user: null, scopes }),
  )
}

/** The super administrator consented to every scope. */
function fromRefreshToken(_google: GoogleState, form: URLSearchParams): Answer {
  if (form.get('client_id') !== googleAccount.oauthClientId)
    return tokenError(401, 'invalid_client', 'The OAuth client was not found.')
  if (form.get('refresh_token') !== googleAccount.refreshToken)
    return tokenError(400, 'invalid_grant', 'Token has been expired or revoked.')
  const scopes = Object.values(googleScopes)
  const token = { client: googleAccount.oauthClientId, user: googleAccount.subject, scopes }
  return jsonAnswer(200, { ...makeAccessToken(token), scope: scopes.join(' ') })
}

type Grant = (google: GoogleState, form: URLSearchParams, origin: string) => Answer

const grants: Readonly<Record<string, Grant>> = {
  'urn:ietf:params:oauth:grant-type:jwt-bearer': fromAssertion,
  refresh_token: fromRefreshToken,
}

/** Answers a request for a token. */
export function googleTokenAnswer(google: GoogleState, request: Incoming): Answer {
  const form = new URLSearchParams(request.body)
  const grant = grants[form.get('grant_type') ?? '']
  return grant === undefined
    ? tokenError(400, 'unsupported_grant_type', 'Invalid grant_type: ')
    : grant(google, form, request.url.origin)
}
