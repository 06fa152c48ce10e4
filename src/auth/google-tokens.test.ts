import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  administratorKey,
  privateKeyPem,
  serveEcho,
  serviceAccountKey,
} from '../../test/google/credentials.ts'
import { readEnvironment } from '../config/environment.ts'
import { type TemporaryFolder, temporaryFolder } from '../config/temporary-folder.ts'
import {
  type OffboardError,
  PermissionError,
  ServiceError,
  ThrottledError,
  UsageError,
} from '../model/errors.ts'
import { readAccessToken } from '../sandbox/google/access-token.ts'
import { googleAccount } from '../sandbox/google/account.ts'
import { googleScopes } from '../sandbox/google/scopes.ts'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import { type GoogleTokens, type GoogleTokensOptions, googleTokens } from './google-tokens.ts'

let sandbox: Sandbox
let folder: TemporaryFolder
beforeAll(async () => {
  folder = temporaryFolder()
  sandbox = await startSandbox({ scenario: 'google-default' })
})
afterAll(async () => {
  folder[Symbol.dispose]()
  await sandbox.close()
})
beforeEach(() => sandbox.control.reset())

const scope = googleScopes.policiesReadonly

function tokensWith(
  env: Readonly<Record<string, string>>,
  options: Partial<GoogleTokensOptions> = {},
): GoogleTokens {
  const environment = readEnvironment({ env, cwd: folder.path, allowEndpoints: [], cloud: 'global' })
  const baseUrl = new URL(sandbox.endpoints.googleUrl)
  return googleTokens({ environment, baseUrl, signal: new AbortController().signal, ...options })
}

function keyFile(key: object): Record<string, string> {
  return { GOOGLE_APPLICATION_CREDENTIALS: folder.write('key.json', JSON.stringify(key)) }
}

function asService(key: object = serviceAccountKey): Record<string, string> {
  return { ...keyFile(key), OFFBOARD_GOOGLE_SUBJECT: googleAccount.subject }
}

async function errorOf(act: () => unknown): Promise<OffboardError> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Error && 'tried' in error) return error as OffboardError
    throw error
  }
  throw new TypeError('it was not refused')
}

describe('a token', () => {
  test('of a service account is for its subject, and for one scope alone', async () => {
    const tokens = tokensWith(asService())
    const { value, expiresAt } = await tokens.forScope(scope).token()
    expect(readAccessToken(value)).toMatchObject({ user: googleAccount.subject, scopes: [scope] })
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000)
    expect(await tokens.isScoped()).toBe(true)
  })

  test('is asked for once for each scope', async () => {
    const tokens = tokensWith(asService())
    const asked = [scope, scope, googleScopes.audit, scope].map((one) => tokens.forScope(one).token())
    const values = (await Promise.all(asked)).map(({ value }) => value)
    expect(new Set(values).size).toBe(2)
    expect((await sandbox.control.show()).counts).toMatchObject({ 'POST token': 2 })
  })

  test('of an administrator who signed in is of all scopes', async () => {
    const tokens = tokensWith({ ...keyFile(administratorKey), OFFBOARD_GOOGLE_SUBJECT: 'x@contoso.com' })
    const { value } = await tokens.forScope(scope).token()
    expect(readAccessToken(value)?.user).toBe(googleAccount.subject)
    expect(await tokens.isScoped()).toBe(false)
  })

  test('that was given is used as it is, and with --auth token before a file', async () => {
    const env = { OFFBOARD_GOOGLE_TOKEN: 'ya29.given' }
    expect((await tokensWith(env).forScope(scope).token()).value).toBe('ya29.given')
    const both = tokensWith({ ...env, ...asService() }, { auth: 'token' })
    expect((await both.forScope(scope).token()).value).toBe('ya29.given')
    expect(await both.isScoped()).toBe(false)
  })
})

describe('credentials that cannot be used', () => {
  test.each([
    ['none', {}, {}, 'none are set'],
    ['no token', {}, { auth: 'token' }, 'OFFBOARD_GOOGLE_TOKEN is not set'],
    ['another service’s', {}, { auth: 'secret' }, '--auth secret is not for Google'],
    ['two', { OFFBOARD_GOOGLE_TOKEN: 'x', GOOGLE_APPLICATION_CREDENTIALS: 'y' }, {}, 'both'],
  ] as const)('(%s) are refused at once', async (_name, env, options, said) => {
    const error = await errorOf(() => tokensWith(env, options))
    expect(error).toBeInstanceOf(UsageError)
    expect(error.said).toContain(said)
  })

  const { private_key: _key, ...keyless } = serviceAccountKey
  test.each([
    ['not JSON', 'x', 'not JSON'],
    ['a list', [], 'missing or wrong'],
    ['a type that is not known', { ...keyless, type: 'external_account' }, 'of another type'],
    ['a field that is missing', keyless, 'private_key'],
    ['a key that is none', { ...keyless, private_key: 'canary' }, 'its private key cannot be read'],
  ])('(%s) are told', async (_name, content, said) => {
    const path = folder.write('bad.json', typeof content === 'string' ? content : JSON.stringify(content))
    const env = { GOOGLE_APPLICATION_CREDENTIALS: path, OFFBOARD_GOOGLE_SUBJECT: googleAccount.subject }
    const error = await errorOf(() => tokensWith(env).forScope(scope).token())
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toContain(path)
    expect(error.said).toContain(said)
    expect(inspect(error)).not.toContain('canary')
  })

  test('of a service account need somebody to act for', async () => {
    const error = await errorOf(() => tokensWith(keyFile(serviceAccountKey)).forScope(scope).token())
    expect(error.said).toBe('OFFBOARD_GOOGLE_SUBJECT is not set')
  })
})

describe('Google refuses', () => {
  test('a scope that is not delegated: the hint has the client and the scope, letter by letter', async () => {
    await sandbox.control.act('set-google-scopes', { scopes: [googleScopes.policies] })
    const error = await errorOf(() => tokensWith(asService()).forScope(scope).token())
    expect(error).toBeInstanceOf(PermissionError)
    expect(error.said).toMatch(/^unauthorized_client: Client is unauthorized/)
    expect(error.hint).toContain(
      `client ${googleAccount.serviceAccountClientId} exactly this scope: ${scope}`,
    )
  })

  test('a subject that is nobody', async () => {
    const env = { ...asService(), OFFBOARD_GOOGLE_SUBJECT: 'nobody@contoso.com' }
    const error = await errorOf(() => tokensWith(env).forScope(scope).token())
    expect(error).toBeInstanceOf(UsageError)
    expect(error.hint).toContain('OFFBOARD_GOOGLE_SUBJECT')
  })

  test('a sign-in that is no longer good', async () => {
    const env = keyFile({ ...administratorKey, refresh_token: 'gone' })
    const error = await errorOf(() => tokensWith(env).forScope(scope).token())
    expect(error).toBeInstanceOf(PermissionError)
    expect(error.hint).toContain('signs in anew')
  })
})

describe('a token service in trouble', () => {
  test.each([
    ['outage', ServiceError],
    ['throttle', ThrottledError],
    ['lost-answer', ServiceError],
  ] as const)('(%s) is asked once, and may be asked again', async (kind, expected) => {
    for (const env of [asService(), keyFile(administratorKey)]) {
      await sandbox.control.fail({ kind, cmdlet: 'POST token' })
      const source = tokensWith(env).forScope(scope)
      expect(await errorOf(() => source.token())).toBeInstanceOf(expected)
      expect((await source.token()).value).toMatch(/^ya29/)
    }
    expect((await sandbox.control.show()).counts).toMatchObject({ 'POST token': 4 })
  })
})

describe('what is secret', () => {
  test('goes to the root that was given alone, and stands in no error', async () => {
    await using echo = await serveEcho()
    for (const env of [asService(), keyFile(administratorKey)]) {
      const tokens = tokensWith(env, { baseUrl: echo.url })
      const shown = inspect(await errorOf(() => tokens.forScope(scope).token()), { depth: 20 })
      expect(shown).toContain('invalid_grant')
      for (const secret of [
        administratorKey.client_secret,
        administratorKey.refresh_token,
        'eyJ',
        privateKeyPem,
      ])
        expect(shown).not.toContain(secret)
    }
    expect(echo.paths).toEqual(['/token', '/token'])
  })
})
