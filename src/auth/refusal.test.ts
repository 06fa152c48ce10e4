import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../config/temporary-folder.ts'
import { PermissionError, ServiceError, ThrottledError, UsageError } from '../model/errors.ts'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import type { AuthMethodId } from './method.ts'
import { AZURE_CLIENT_ID, refusalAt, serve, sourceAt } from './test-login.ts'
import type { TokenSourceOptions } from './token-source.ts'

let sandbox: Sandbox
let folder: TemporaryFolder
beforeAll(async () => {
  folder = temporaryFolder()
  sandbox = await startSandbox()
})
afterAll(async () => {
  folder[Symbol.dispose]()
  await sandbox.close()
})
beforeEach(() => sandbox.control.reset())
afterEach(() => vi.unstubAllEnvs())

describe('a refusal says what was said and who must act', () => {
  test.each<[string, Record<string, string>, Partial<TokenSourceOptions>, typeof UsageError, RegExp, RegExp]>(
    [
      [
        'wrong secret',
        { AZURE_CLIENT_SECRET: 'wrong-CANARY' },
        {},
        PermissionError,
        /AADSTS7000215: Invalid client secret provided\.$/,
        /AZURE_CLIENT_SECRET/,
      ],
      [
        'unknown tenant',
        { AZURE_CLIENT_SECRET: 'CANARY-x' },
        { tenant: 'unknown.example' },
        UsageError,
        /AADSTS90002/,
        /--tenant/,
      ],
      [
        'an assertion that is none',
        { AZURE_FEDERATED_TOKEN_FILE: 'CANARY' },
        {},
        PermissionError,
        /AADSTS50027/,
        /federated credential/,
      ],
    ],
  )('%s', async (_, env, options, kind, said, hint) => {
    const given = env.AZURE_FEDERATED_TOKEN_FILE
      ? { AZURE_FEDERATED_TOKEN_FILE: folder.write('bad', 'CANARY') }
      : env
    const error = await refusalAt(sandbox.endpoints, given, options)
    expect(error).toBeInstanceOf(kind)
    expect(error.message).toMatch(said)
    expect(error).toHaveProperty('hint', expect.stringMatching(hint))
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('CANARY')
  })

  test.each<[string, AuthMethodId | undefined, Record<string, string>, RegExp]>([
    [
      'a certificate file that is not there',
      undefined,
      { AZURE_CLIENT_CERTIFICATE_PATH: '/nowhere/a.pem' },
      /read \/nowhere\/a\.pem, which AZURE_CLIENT_CERTIFICATE_PATH names: ENOENT/,
    ],
    [
      'a token file that is not there',
      undefined,
      { AZURE_FEDERATED_TOKEN_FILE: '/nowhere/t' },
      /AZURE_FEDERATED_TOKEN_FILE names: ENOENT/,
    ],
    ['nobody to sign in', 'device-code', {}, /nobody is there/],
    ['no Azure CLI', 'azure-cli', {}, /--auth azure-cli/],
  ])('%s', async (_, auth, env, said) => {
    vi.stubEnv('PATH', folder.path.concat('-none'))
    const error = await refusalAt(sandbox.endpoints, env, { auth })
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toMatch(said)
  })

  test('an expired token names its variable', async () => {
    const { value } = await sourceAt(sandbox.endpoints, { AZURE_CLIENT_SECRET: 'x-secret' }).token()
    const now = () => new Date(Date.now() + 7_200_000)
    const error = await refusalAt(sandbox.endpoints, { OFFBOARD_EXCHANGE_TOKEN: value }, { now })
    expect(error).toBeInstanceOf(PermissionError)
    expect(error.message).toMatch(/OFFBOARD_EXCHANGE_TOKEN: it expired at \d{4}-/)
    expect(inspect(error)).not.toContain(value)
  })

  test('GitHub refuses', async () => {
    await using github = await serve(() => ({ status: 403, body: {} }))
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: github.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'CANARY' }
    const error = await refusalAt(sandbox.endpoints, env)
    expect(error).toBeInstanceOf(PermissionError)
    expect(error).toHaveProperty('hint', expect.stringContaining('id-token: write'))
    expect(inspect(error, { depth: 9 })).not.toContain('CANARY')
  })

  test('a token for another tenant’s application tells where to consent', async () => {
    await using login = await serve(() => ({
      status: 400,
      body: {
        error: 'unauthorized_client',
        error_description:
          "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'. Trace ID: 1\r\nCorrelation ID: 2",
      },
    }))
    const error = await refusalAt(
      sandbox.endpoints,
      { AZURE_CLIENT_SECRET: 's3cret' },
      { loginUrl: new URL(login.url), tenant: 'customer.example' },
    )
    expect(error.message).toMatch(/AADSTS700016: [^\n]*directory 'y'\.$/)
    expect(error).toHaveProperty(
      'hint',
      expect.stringContaining(`${login.url}/customer.example/adminconsent?client_id=${AZURE_CLIENT_ID}`),
    )
  })
})

describe('an outage is told from a refusal', () => {
  test.each([
    ['outage', ServiceError],
    ['lost-answer', ServiceError],
    ['empty-body', ServiceError],
    ['throttle', ThrottledError],
  ] as const)('%s', async (kind, expected) => {
    await sandbox.control.fail({ kind, cmdlet: 'token' })
    const tokens = sourceAt(sandbox.endpoints, { AZURE_CLIENT_SECRET: 's3cret-CANARY' })
    const error: unknown = await tokens.token().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(expected)
    if (kind === 'throttle') expect(error).toHaveProperty('retryAfterMs', 1000)
    expect(inspect(error, { depth: 9 })).not.toContain('CANARY')
    expect((await sandbox.control.show()).counts.token).toBe(1)
    await expect(tokens.token()).resolves.toHaveProperty('value')
  })

  test('a login service that is not there', async () => {
    const error = await refusalAt(
      sandbox.endpoints,
      { AZURE_CLIENT_SECRET: 's3cret' },
      { loginUrl: new URL('http://127.0.0.1:1') },
    )
    expect(error).toBeInstanceOf(ServiceError)
  })

  test.each([
    ['a proxy’s page', 200, '<html>sign in</html>'],
    ['a redirect', 302, ''],
  ])('%s', async (_, status, body) => {
    await using login = await serve(() => ({ status, body }))
    const error = await refusalAt(
      sandbox.endpoints,
      { AZURE_CLIENT_SECRET: 's3cret' },
      { loginUrl: new URL(login.url) },
    )
    expect(error).toBeInstanceOf(ServiceError)
  })
})
