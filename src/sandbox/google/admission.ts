import { header, type Incoming } from '../http.ts'
import type { GoogleUser } from '../tenant/google.ts'
import type { SandboxState } from '../tenant/state.ts'
import { readAccessToken, type TokenClaims } from './access-token.ts'
import { googleAccount } from './account.ts'
import { errorInfo, GoogleRefusal, refusals } from './errors.ts'
import type { GoogleOperation } from './operations.ts'

const services = {
  cloudidentity: { host: 'cloudidentity.googleapis.com', title: 'Cloud Identity API' },
  reports: { host: 'admin.googleapis.com', title: 'Admin SDK API' },
  directory: { host: 'admin.googleapis.com', title: 'Admin SDK API' },
} as const

function claimsOf(request: Incoming, service: string): TokenClaims {
  const [, token] = /^Bearer (\S+)$/.exec(header(request, 'authorization')) ?? []
  const wanted =
    'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'
  const refuse = (what: string, reason: string): never => {
    throw new GoogleRefusal(refusals.unauthenticated, `Request ${what}. ${wanted}`, [
      errorInfo(reason, service),
    ])
  }
  if (token === undefined)
    return refuse('is missing required authentication credential', 'CREDENTIALS_MISSING')
  return (
    readAccessToken(token) ??
    refuse('had invalid authentication credentials', 'ACCESS_TOKEN_TYPE_UNSUPPORTED')
  )
}

/** What the administrator of a role that is too low is told; each API has its own words. */
const tooLow: Readonly<Record<GoogleOperation['api'], () => GoogleRefusal>> = {
  cloudidentity: () => new GoogleRefusal(refusals.denied, 'The caller does not have permission'),
  directory: () => new GoogleRefusal(refusals.denied, 'Not Authorized to access this resource/api'),
  reports: () =>
    new GoogleRefusal(
      refusals.unauthenticated,
      'Access denied. You are not authorized to read activity records.',
    ),
}

/** For whom the request acts. Throws a GoogleRefusal when the API would not take it. */
export function admitGoogle(
  { google }: SandboxState,
  request: Incoming,
  { api, scopes, role }: GoogleOperation,
): GoogleUser {
  const { host, title } = services[api]
  const claims = claimsOf(request, host)
  if (google.disabledApis.includes(api))
    throw new GoogleRefusal(
      refusals.disabled,
      `${title} has not been used in project ${googleAccount.projectNumber} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/${host}/overview?project=${googleAccount.projectNumber} then retry.`,
      [errorInfo('SERVICE_DISABLED', host, { consumer: `projects/${googleAccount.projectNumber}` })],
    )
  if (!scopes.some((scope) => claims.scopes.includes(scope)))
    throw new GoogleRefusal(refusals.scopeMissing, 'Request had insufficient authentication scopes.', [
      errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', host),
    ])
  const user = google.users.find(({ primaryEmail }) => primaryEmail === claims.user)
  const isAllowed = user?.isAdmin === true || (role === 'administrator' && user?.isDelegatedAdmin === true)
  if (user === undefined || user.suspended || !isAllowed) throw tooLow[api]()
  return user
}
