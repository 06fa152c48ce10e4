import { chmodSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../config/temporary-folder.ts'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import { tokenClaims } from './jwt.ts'
import { sandboxTokenSource } from './sandbox.ts'
import { encryptKey, makeCertificate } from './test-certificates.ts'
import { serve, sourceAt } from './test-login.ts'
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

describe('each method gets a token of the tenant that was asked for', () => {
  async function expectToken(env: Record<string, string>, options: Partial<TokenSourceOptions> = {}) {
    const { tenant, tenantId } = sandbox.endpoints
    for (const name of [tenant, tenantId]) {
      const token = await sourceAt(sandbox.endpoints, env, { tenant: name, ...options }).token()
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
    const token = (await sourceAt(sandbox.endpoints, { AZURE_CLIENT_SECRET: 'x-secret' }).token()).value
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
    const token = (await sourceAt(sandbox.endpoints, { AZURE_CLIENT_SECRET: 'x-secret' }).token()).value
    await using machine = await serve(() => ({
      status: 200,
      body: {
        access_token: token,
        expires_on: `${Math.floor(Date.now() / 1000) + 3600}`,
        resource: 'https://outlook.office365.com',
        token_type: 'Bearer',
      },
    }))
    vi.stubEnv('IDENTITY_ENDPOINT', `${machine.url}/token`)
    vi.stubEnv('IDENTITY_HEADER', 'header')
    await expectToken({}, { auth: 'managed-identity' })
  })

  test('token', async () => {
    const { value } = await sourceAt(sandbox.endpoints, { AZURE_CLIENT_SECRET: 'x-secret' }).token()
    await expectToken({ OFFBOARD_EXCHANGE_TOKEN: value })
  })

  test('the sandbox’s own', async () => {
    const { loginUrl, tenant, tenantId } = sandbox.endpoints
    const tokens = sandboxTokenSource({
      loginUrl: new URL(loginUrl),
      tenant,
      scope: 'https://outlook.office365.com/.default',
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
  const tokens = sourceAt(sandbox.endpoints, { AZURE_CLIENT_SECRET: 's3cret' })
  const all = await Promise.all([tokens.token(), tokens.token(), tokens.token()])
  expect(new Set([...all, await tokens.token()].map(({ value }) => value)).size).toBe(1)
  expect((await sandbox.control.show()).requests).toBe(1)
})

test('an interrupt does not wait for the login service', async () => {
  await sandbox.control.fail({ kind: 'hang', cmdlet: 'token' })
  const controller = new AbortController()
  const pending = sourceAt(
    sandbox.endpoints,
    { AZURE_CLIENT_SECRET: 's3cret' },
    { signal: controller.signal },
  ).token()
  setTimeout(() => controller.abort(new Error('interrupted')), 100)
  await expect(pending).rejects.toThrow('interrupted')
})

test('nothing goes to another host than the login endpoint', async () => {
  const asked: string[] = []
  await using login = await serve((url) => {
    asked.push(url)
    return { status: 200, body: { access_token: 'opaque', expires_in: 3600, token_type: 'Bearer' } }
  })
  const tokens = sourceAt(
    sandbox.endpoints,
    { AZURE_CLIENT_SECRET: 's3cret' },
    { loginUrl: new URL(`${login.url}/behind/a/path/`) },
  )
  expect((await tokens.token()).value).toBe('opaque')
  expect(asked.every((url) => url.startsWith('/behind/a/path/contoso.onmicrosoft.com/'))).toBe(true)
})
