import type { Environment } from '../config/environment.ts'
import { secret } from '../config/secret.ts'
import type { AccessToken, TokenSource } from '../model/credentials.ts'
import { ServiceError, UsageError } from '../model/errors.ts'
import { type GoogleKey, readGoogleKey } from './google-key.ts'
import { type GoogleLogin, googleLogin } from './google-login.ts'
import { explainGoogleFailure } from './google-refusal.ts'
import type { AuthMethodId } from './method.ts'
import { reuseToken } from './reuse.ts'
import { createScrubber, type Scrubber } from './scrub.ts'

/** Tokens for Google's APIs. */
export interface GoogleTokens {
  /**
   * A source for one scope, 'https://www.googleapis.com/auth/…'. A service account asks for that scope alone, so that
   * the reads of a customer never hold a token that could write.
   */
  readonly forScope: (scope: string) => TokenSource
  /** Whether its tokens are for exactly that scope. A person consented to several at once, and a token is as it is. */
  readonly isScoped: () => Promise<boolean>
}

/**
 * For whom a service account acts: for the administrator in OFFBOARD_GOOGLE_SUBJECT, as the APIs of Google Workspace
 * want it, or for itself, with roles of its own in Google Cloud.
 */
export type GoogleActor = 'subject' | 'itself'

export interface GoogleTokensOptions {
  /** `--auth token` takes OFFBOARD_GOOGLE_TOKEN; without it, the only credentials that are set. */
  readonly auth?: AuthMethodId | undefined
  readonly environment: Environment
  /** Root of every Google API, which serves `/token` too. */
  readonly baseUrl?: URL | undefined
  readonly signal: AbortSignal
  /** 'subject' by default. */
  readonly actor?: GoogleActor
  readonly now?: () => Date
}

const tried = 'choose the credentials for Google'
const whatToSet: Readonly<Record<GoogleActor, string>> = {
  subject:
    'Set GOOGLE_APPLICATION_CREDENTIALS (and OFFBOARD_GOOGLE_SUBJECT for a service account), or OFFBOARD_GOOGLE_TOKEN with --auth token.',
  itself: 'Set GOOGLE_APPLICATION_CREDENTIALS, or OFFBOARD_GOOGLE_TOKEN with --auth token.',
}

/** How long a token is taken to be good that does not say so. */
const assumedMs = 3_600_000

function givenTokens(value: string, now: () => Date): GoogleTokens {
  const source: TokenSource = {
    token: async () => ({ value, expiresAt: new Date(now().getTime() + assumedMs) }),
  }
  return { forScope: () => source, isScoped: async () => false }
}

/** Takes what is secret in the file out of a text, in every spelling. */
function keyScrubber(key: GoogleKey, environment: Environment): Scrubber {
  const secrets = key.type === 'service_account' ? [key.private_key] : [key.client_secret, key.refresh_token]
  const scrubbers = [
    createScrubber(environment),
    ...secrets.map((value) => createScrubber({ OFFBOARD_GOOGLE_TOKEN: secret(value) })),
  ]
  return (text) => scrubbers.reduce((rest, scrub) => scrub(rest), text)
}

function accessToken(value: string | null | undefined, expires: number | null | undefined): AccessToken {
  if (!value) throw new ServiceError({ tried: 'get a token from Google', said: 'the answer holds none' })
  return { value, expiresAt: new Date(expires ?? Date.now() + assumedMs) }
}

/** Asks for one token. https://developers.google.com/identity/protocols/oauth2/service-account */
async function request(
  key: GoogleKey,
  scope: string,
  subject: string | undefined,
  login: GoogleLogin,
): Promise<AccessToken> {
  const { JWT, UserRefreshClient } = (await import('./google-clients.ts')).googleClients
  const transporterOptions = login.options
  if (key.type === 'authorized_user') {
    const client = new UserRefreshClient({
      clientId: key.client_id,
      clientSecret: key.client_secret,
      refreshToken: key.refresh_token,
      transporterOptions,
    })
    const { token } = await client.getAccessToken()
    return accessToken(token, client.credentials.expiry_date)
  }
  const client = new JWT({
    email: key.client_email,
    key: key.private_key,
    scopes: [scope],
    ...(key.private_key_id === undefined ? {} : { keyId: key.private_key_id }),
    ...(subject === undefined ? {} : { subject }),
    transporterOptions,
  })
  const { access_token: token, expiry_date: expires } = await client.authorize()
  return accessToken(token, expires)
}

function assertSubject(subject: string | undefined): void {
  if (subject !== undefined) return
  throw new UsageError({
    tried,
    said: 'OFFBOARD_GOOGLE_SUBJECT is not set',
    hint: 'Set it to the super administrator for whom the service account acts.',
  })
}

function keyTokens(path: string, options: GoogleTokensOptions): GoogleTokens {
  const { environment, baseUrl, signal, actor = 'subject', now = () => new Date() } = options
  let reading: Promise<GoogleKey> | undefined
  const keyOf = () => {
    reading ??= readGoogleKey(path)
    return reading
  }

  async function ask(scope: string): Promise<AccessToken> {
    signal.throwIfAborted()
    const key = await keyOf()
    const actsFor = key.type === 'service_account' && actor === 'subject'
    const subject = actsFor ? environment.OFFBOARD_GOOGLE_SUBJECT : undefined
    if (actsFor) assertSubject(subject)
    const login = googleLogin(baseUrl, signal)
    try {
      return await request(key, scope, subject, login)
    } catch (error) {
      signal.throwIfAborted()
      const scrub = keyScrubber(key, environment)
      throw explainGoogleFailure({
        error,
        answer: login.lastAnswer(),
        key,
        subject,
        scope,
        scrub,
        now: now(),
      })
    }
  }

  const sources = new Map<string, TokenSource>()
  return {
    isScoped: async () => (await keyOf()).type === 'service_account',
    forScope(scope) {
      const known = sources.get(scope)
      if (known !== undefined) return known
      const source = reuseToken(() => ask(scope), now)
      sources.set(scope, source)
      return source
    },
  }
}

/**
 * Tokens for Google's APIs: of a service account, acting as `actor` says; of an administrator who signed in; or one that was given. Throws a UsageError at once when
 * none or several are set. `token()` throws a UsageError for files and settings, a PermissionError when Google
 * refuses, a ServiceError or ThrottledError when it may be tried again.
 */
export function googleTokens(options: GoogleTokensOptions): GoogleTokens {
  const { auth, environment, actor = 'subject', now = () => new Date() } = options
  const hint = whatToSet[actor]
  const { OFFBOARD_GOOGLE_TOKEN: given, GOOGLE_APPLICATION_CREDENTIALS: path } = environment
  if (auth !== undefined && auth !== 'token')
    throw new UsageError({ tried, said: `--auth ${auth} is not for Google`, hint })
  if (auth === 'token' && given === undefined)
    throw new UsageError({ tried, said: 'OFFBOARD_GOOGLE_TOKEN is not set', hint })
  if (auth === undefined && given !== undefined && path !== undefined)
    throw new UsageError({
      tried,
      said: 'both OFFBOARD_GOOGLE_TOKEN and GOOGLE_APPLICATION_CREDENTIALS are set',
      hint: 'Unset one of them; --auth token takes the token.',
    })
  if (given !== undefined) return givenTokens(given.reveal(), now)
  if (path === undefined) throw new UsageError({ tried, said: 'none are set', hint })
  return keyTokens(path, options)
}
