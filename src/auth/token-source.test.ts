import { chmodSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Environment, readEnvironment } from '../config/environment.ts'
import { type TemporaryFolder, temporaryFolder } from '../config/temporary-folder.ts'
import { PermissionError, ServiceError, ThrottledError, UsageError } from '../model/errors.ts'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import { encryptKey, makeCertificate } from './certificate-files.ts'
import { tokenClaims } from './jwt.ts'
import type { AuthMethodId } from './method.ts'
import { sandboxTokenSource } from './sandbox.ts'
import { type TokenSourceOptions, tokenSource } from './token-source.ts'

const AZURE_CLIENT_ID = '11111111-2222-3333-4444-555555555555'
const scope = 'https://outlook.office365.com/.default'

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
beforeEach(async () => {
  await sandbox.control.reset()
})
afterEach(() => vi.unstubAllEnvs())

function environmentOf(env: Record<string, string>): Environment {
  using empty = temporaryFolder()
  return readEnvironment({ env, cwd: empty.path, allowEndpoints: [], cloud: 'global' })
}

function source(env: Record<string, string>, options: Partial<TokenSourceOptions> = {}) {
  return tokenSource({
    environment: environmentOf({ AZURE_CLIENT_ID, ...env }),
    cloud: 'global',
    tenant: sandbox.endpoints.tenant,
    scope,
    loginUrl: new URL(sandbox.endpoints.loginUrl),
    signal: new AbortController().signal,
    ...options,
  })
}

async function refused(
  env: Record<string, string>,
  options: Partial<TokenSourceOptions> = {},
): Promise<Error> {
  try {
    await source(env, options).token()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('was not refused')
}

async function serve(
  answer: (url: string, headers: Record<string, unknown>) => { status: number; body: unknown },
) {
  const server: Server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '', request.headers)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() }
}

describe('each method gets a token of the tenant that was asked for', () => {
  async function expectToken(env: Record<string, string>, options: Partial<TokenSourceOptions> = {}) {
    const { tenant, tenantId } = sandbox.endpoints
    for (const name of [tenant, tenantId]) {
      const token = await source(env, { tenant: name, ...options }).token()
      expect(tokenClaims(token.value)?.tid).toBe(tenantId)
      expect(token.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000)
    }
  }

  test('secret', () => expectToken({ AZURE_CLIENT_SECRET: 's3cret' }))

  test('certificate', async () => {
    const { certificate, key } = makeCertificate(folder)
    const plain = folder.write('app.pem', certificate + key)
    const locked = folder.write('locked.pem', certificate + encryptKey(folder, key, 'pass word'))
    await expectToken({ AZURE_CLIENT_CERTIFICATE_PATH: plain })
    await expectToken({
      AZURE_CLIENT_CERTIFICATE_PATH: locked,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: 'pass word',
    })
  })

  test('federated, with a token file', () =>
    expectToken({
      AZURE_FEDERATED_TOKEN_FILE: folder.write('assertion', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2IifQ.c2ln'),
    }))

  test('federated, in a GitHub job', async () => {
    const asked: unknown[] = []
    await using github = await serve((url, { authorization }) => {
      asked.push([url, authorization])
      return { status: 200, body: { value: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2IifQ.c2ln' } }
    })
    await expectToken({
      ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/job?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    })
    expect(asked[0]).toEqual([
      '/job?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange',
      'Bearer request-token',
    ])
  })

  test('device-code', async () => {
    const shown: string[] = []
    await expectToken({}, { auth: 'device-code', prompt: (message) => shown.push(message) })
    expect(shown[0]).toMatch(
      /^To sign in, open http:\/\/127\.0\.0\.1:\d+\/device and enter the code SANDBOX99\.$/,
    )
  }, 20_000)

  test('azure-cli', async () => {
    const token = (await source({ AZURE_CLIENT_SECRET: 'x-secret' }).token()).value
    const seconds = Math.floor(Date.now() / 1000) + 3600
    const az = folder.write(
      'az',
      `#!/bin/sh\necho "$@" > "${folder.path}/az.args"\necho '${JSON.stringify({ accessToken: token, expires_on: seconds })}'\n`,
    )
    chmodSync(az, 0o755)
    vi.stubEnv('PATH', `${folder.path}:${process.env.PATH}`)
    await expectToken({}, { auth: 'azure-cli' })
  })

  test('managed-identity', async () => {
    const token = (await source({ AZURE_CLIENT_SECRET: 'x-secret' }).token()).value
    await using machine = await serve(() => ({
      status: 200,
      body: {
        access_token: token,
        expires_on: `${Math.floor(Date.now() / 1000) + 3600}`,
        resource: scope,
        token_type: 'Bearer',
      },
    }))
    vi.stubEnv('IDENTITY_ENDPOINT', `${machine.url}/token`)
    vi.stubEnv('IDENTITY_HEADER', 'header')
    await expectToken({}, { auth: 'managed-identity' })
  })

  test('token', async () => {
    const { value } = await source({ AZURE_CLIENT_SECRET: 'x-secret' }).token()
    await expectToken({ OFFBOARD_EXCHANGE_TOKEN: value })
  })

  test('the sandbox’s own', async () => {
    const { loginUrl, tenant, tenantId } = sandbox.endpoints
    const tokens = sandboxTokenSource({
      loginUrl: new URL(loginUrl),
      tenant,
      signal: new AbortController().signal,
    })
    expect(tokenClaims((await tokens.token()).value)?.tid).toBe(tenantId)
  })

  test('whatever the machine is set up for', async () => {
    for (const [name, value] of [
      ['AZURE_TENANT_ID', '99999999-9999-4999-8999-999999999999'],
      ['AZURE_IDENTITY_DISABLE_MULTITENANTAUTH', '1'],
      ['AZURE_AUTHORITY_HOST', 'https://127.0.0.1:1'],
    ] as const)
      vi.stubEnv(name, value)
    await expectToken({
      AZURE_CLIENT_SECRET: 's3cret',
      AZURE_TENANT_ID: '99999999-9999-4999-8999-999999999999',
    })
  })
})

test('one request serves callers at the same time and later ones', async () => {
  const tokens = source({ AZURE_CLIENT_SECRET: 's3cret' })
  const all = await Promise.all([tokens.token(), tokens.token(), tokens.token()])
  expect(new Set([...all, await tokens.token()].map(({ value }) => value)).size).toBe(1)
  expect((await sandbox.control.show()).requests).toBe(1)
})

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
    const error = await refused(given, options)
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
    const error = await refused(env, { auth })
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toMatch(said)
  })

  test('an expired token names its variable', async () => {
    const { value } = await source({ AZURE_CLIENT_SECRET: 'x-secret' }).token()
    const now = () => new Date(Date.now() + 7_200_000)
    const error = await refused({ OFFBOARD_EXCHANGE_TOKEN: value }, { now })
    expect(error).toBeInstanceOf(PermissionError)
    expect(error.message).toMatch(/OFFBOARD_EXCHANGE_TOKEN: it expired at \d{4}-/)
    expect(inspect(error)).not.toContain(value)
  })

  test('GitHub refuses', async () => {
    await using github = await serve(() => ({ status: 403, body: {} }))
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: github.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'CANARY' }
    const error = await refused(env)
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
    const error = await refused(
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
    const tokens = source({ AZURE_CLIENT_SECRET: 's3cret-CANARY' })
    const error: unknown = await tokens.token().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(expected)
    if (kind === 'throttle') expect(error).toHaveProperty('retryAfterMs', 1000)
    expect(inspect(error, { depth: 9 })).not.toContain('CANARY')
    expect((await sandbox.control.show()).counts.token).toBe(1)
    await expect(tokens.token()).resolves.toHaveProperty('value')
  })

  test('a login service that is not there', async () => {
    const error = await refused(
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
    const error = await refused({ AZURE_CLIENT_SECRET: 's3cret' }, { loginUrl: new URL(login.url) })
    expect(error).toBeInstanceOf(ServiceError)
  })
})

test('an interrupt does not wait for the login service', async () => {
  await sandbox.control.fail({ kind: 'hang', cmdlet: 'token' })
  const controller = new AbortController()
  const pending = source({ AZURE_CLIENT_SECRET: 's3cret' }, { signal: controller.signal }).token()
  setTimeout(() => controller.abort(new Error('interrupted')), 100)
  await expect(pending).rejects.toThrow('interrupted')
})

test('nothing goes to another host than the login endpoint', async () => {
  const asked: string[] = []
  await using login = await serve((url) => {
    asked.push(url)
    return { status: 200, body: { access_token: 'opaque', expires_in: 3600, token_type: 'Bearer' } }
  })
  const tokens = source(
    { AZURE_CLIENT_SECRET: 's3cret' },
    { loginUrl: new URL(`${login.url}/behind/a/path/`) },
  )
  expect((await tokens.token()).value).toBe('opaque')
  expect(asked.every((url) => url.startsWith('/behind/a/path/contoso.onmicrosoft.com/'))).toBe(true)
})
