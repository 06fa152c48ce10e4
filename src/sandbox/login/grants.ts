import { createHash, randomUUID } from 'node:crypto'
import type { JsonObject } from '../../model/json.ts'
import { type Answer, type Incoming, jsonAnswer } from '../http.ts'
import { loginError } from './errors.ts'
import { makeJwt, readJwt } from './jwt.ts'
import { rightsFor } from './rights.ts'

const lifetimeSeconds = 3599
const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The resource that the scopes ask for: what the token is made out to. */
function audienceOf(scope: string): string | undefined {
  const resource = scope.split(' ').find((one) => one.includes('://') || one.endsWith('/.default'))
  return resource?.replace(/\/[^/]*$/, '').replace(/\/$/, '')
}

function claims(tenantId: string, clientId: string, audience: string): JsonObject {
  const now = Math.floor(Date.now() / 1000)
  return {
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + lifetimeSeconds,
    appid: clientId,
    tid: tenantId,
    ver: '1.0',
  }
}

/** Who asks for a token, and what is granted to it on Graph. */
interface Asking {
  readonly tenantId: string
  readonly clientId: string
  readonly graphPermissions: readonly string[]
}

function applicationToken({ tenantId, clientId, graphPermissions }: Asking, audience: string): Answer {
  const { roles } = rightsFor(audience, graphPermissions)
  const token = makeJwt({ ...claims(tenantId, clientId, audience), idtyp: 'app', roles })
  return jsonAnswer(200, {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: token,
  })
}

function userToken(
  { tenantId, clientId, graphPermissions }: Asking,
  audience: string,
  scope: string,
): Answer {
  const { scopes } = rightsFor(audience, graphPermissions)
  const base = claims(tenantId, clientId, audience)
  const oid = createHash('md5').update('admin').digest('hex')
  const upn = 'admin@contoso.onmicrosoft.com'
  return jsonAnswer(200, {
    token_type: 'Bearer',
    scope,
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: makeJwt({ ...base, idtyp: 'user', scp: scopes.join(' '), upn }),
    refresh_token: randomUUID(),
    id_token: makeJwt({ ...base, aud: clientId, oid, sub: oid, preferred_username: upn, ver: '2.0' }),
    client_info: Buffer.from(JSON.stringify({ uid: oid, utid: tenantId })).toString('base64url'),
  })
}

type Grant = (form: URLSearchParams, asking: Asking) => Answer

/** An application proves itself with a secret, or with a signed assertion. */
const clientCredentials: Grant = (form, asking) => {
  const scope = form.get('scope') ?? ''
  const audience = audienceOf(scope)
  if (!scope.split(' ').some((one) => one.endsWith('/.default')) || audience === undefined)
    return loginError(
      400,
      'invalid_scope',
      'AADSTS1002012',
      `The provided value for scope ${scope} is not valid.`,
    )
  const secret = form.get('client_secret')
  const assertion = form.get('client_assertion')
  if (secret === null && assertion === null)
    return loginError(
      401,
      'invalid_client',
      'AADSTS7000218',
      "The request body must contain 'client_assertion' or 'client_secret'.",
    )
  if (secret?.startsWith('wrong') === true || secret === '')
    return loginError(401, 'invalid_client', 'AADSTS7000215', 'Invalid client secret provided.')
  if (assertion !== null && readJwt(assertion) === undefined)
    return loginError(401, 'invalid_client', 'AADSTS50027', 'The client assertion is not a valid token.')
  return applicationToken(asking, audience)
}

/** The person is taken to have entered the code at once. */
const signedInUser: Grant = (form, asking) => {
  const scope = form.get('scope') ?? 'https://outlook.office365.com/.default'
  return userToken(asking, audienceOf(scope) ?? 'https://outlook.office365.com', scope)
}

const grants: Readonly<Record<string, Grant>> = {
  client_credentials: clientCredentials,
  'urn:ietf:params:oauth:grant-type:device_code': signedInUser,
  device_code: signedInUser,
  refresh_token: signedInUser,
}

function formOf(request: Incoming): URLSearchParams {
  return new URLSearchParams(request.body)
}

export function tokenAnswer(
  request: Incoming,
  tenantId: string,
  graphPermissions: readonly string[],
): Answer {
  const form = formOf(request)
  const clientId = form.get('client_id') ?? ''
  if (!guidPattern.test(clientId))
    return loginError(
      400,
      'unauthorized_client',
      'AADSTS700016',
      `Application '${clientId}' was not found in the directory.`,
    )
  const grant = grants[form.get('grant_type') ?? '']
  return grant === undefined
    ? loginError(400, 'unsupported_grant_type', 'AADSTS70003', 'The grant type is not supported.')
    : grant(form, { tenantId, clientId, graphPermissions })
}

export function deviceCodeAnswer(request: Incoming): Answer {
  return jsonAnswer(200, {
    user_code: 'SANDBOX99',
    device_code: randomUUID(),
    verification_uri: `${request.url.origin}/device`,
    expires_in: 900,
    interval: 1,
    message: `To sign in, open ${request.url.origin}/device and enter the code SANDBOX99. The sandbox takes it as entered.`,
  })
}
