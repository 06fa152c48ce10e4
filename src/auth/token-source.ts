import type { TokenCredential } from '@azure/identity'
import type { CloudId } from '../config/clouds.ts'
import type { Environment } from '../config/environment.ts'
import type { AccessToken, TokenSource } from '../model/credentials.ts'
import { ServiceError } from '../model/errors.ts'
import { chooseAuthMethod } from './choose.ts'
import { loginClient } from './login-client.ts'
import type { AuthContext, AuthMethodId } from './method.ts'
import { explainFailure } from './refusal.ts'
import { reuseToken } from './reuse.ts'
import { createScrubber } from './scrub.ts'

export interface TokenSourceOptions {
  /** `--auth`; without it the only method that is configured. */
  readonly auth?: AuthMethodId | undefined
  readonly environment: Environment
  readonly cloud: CloudId
  /** The tenant to work on: an id or a domain. */
  readonly tenant: string
  /** `https://outlook.office365.com/.default` */
  readonly scope: string
  /** The login service; http is possible on loopback. */
  readonly loginUrl: URL
  readonly signal: AbortSignal
  /** Shows a person how to sign in, on stderr. Left out when nobody is there. */
  readonly prompt?: ((message: string) => void) | undefined
  readonly now?: () => Date
}

/**
 * Tokens of one tenant for one service.
 *
 * The token is always asked of the tenant to work on, at its own authority. AZURE_TENANT_ID, the credential's home,
 * takes no part: an application of another tenant gets a token wherever it has consent, and a person under delegated
 * administration (GDAP) signs in with the home account at the customer's authority. So the library is never given
 * the home tenant with others allowed besides: its AZURE_IDENTITY_DISABLE_MULTITENANTAUTH would then answer with a
 * token of the home tenant, without a word. A managed identity is of its own tenant only, and a token that was
 * given is of whatever tenant it is: who we are is compared by those who use the token, before the first write.
 *
 * Throws a UsageError at once when no method can be chosen. `token()` throws a UsageError for files and settings,
 * a PermissionError when the login is refused, a ServiceError or ThrottledError when it may be tried again.
 */
export function tokenSource(options: TokenSourceOptions): TokenSource {
  const {
    auth,
    environment,
    cloud,
    tenant,
    scope,
    loginUrl,
    signal,
    prompt,
    now = () => new Date(),
  } = options
  const method = chooseAuthMethod(auth, environment)
  const scrub = createScrubber(environment)
  const login = loginClient(loginUrl, cloud, signal)
  const context: AuthContext = { environment, cloud, tenant, scope, login, signal, now, prompt }
  const clientId = environment.AZURE_CLIENT_ID ?? ''
  const consentUrl = `${loginUrl.origin}/${tenant}/adminconsent?client_id=${clientId}&scope=${scope}`
  let credential: TokenCredential | undefined

  return reuseToken(async () => {
    signal.throwIfAborted()
    login.forgetAnswer()
    try {
      credential ??= await method.credential(context)
      return await unlessAborted(request(credential, scope, signal), signal)
    } catch (error) {
      signal.throwIfAborted()
      // The library remembers an outage for a minute and answers from memory; a new credential asks again.
      credential = undefined
      const answer = login.lastAnswer()
      throw explainFailure({ error, method, answer, scrub, now: now(), tenant, clientId, consentUrl })
    }
  }, now)
}

async function request(
  credential: TokenCredential,
  scope: string,
  signal: AbortSignal,
): Promise<AccessToken> {
  const answer = await credential.getToken(scope, { abortSignal: signal })
  if (answer === null) throw new ServiceError({ tried: 'get a token', said: 'the answer holds none' })
  return { value: answer.token, expiresAt: new Date(answer.expiresOnTimestamp) }
}

/** The library looks at its signal only between requests, so an interrupt does not wait for it. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const stopped = Promise.withResolvers<never>()
  const stop = () => stopped.reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([promise, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
