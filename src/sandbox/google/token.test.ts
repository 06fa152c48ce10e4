import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleAccount } from './account.ts'
import { googleScopes } from './scopes.ts'
import { type AssertionChanges, askToken, rawGoogle } from './test-google.ts'

let sandbox: Sandbox
const customer = '/admin/directory/v1/customers/my_customer'
const now = Math.floor(Date.now() / 1000)

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

describe('a service account', () => {
  it('gets a token for what is delegated to it, and acts for the user', async () => {
    const { status, body, text } = await askToken(sandbox, ownScopes)
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ token_type: 'Bearer', expires_in: 3599 })
    expect(body.access_token).toMatch(/^ya29\./)
    expect((await sandbox.control.show()).counts).toEqual({ 'POST token': 1 })
  })

  it.each([
    googleScopes.user,
    googleScopes.customer,
    'https://mail.google.com/',
    'https://www.googleapis.com/auth/cloud-identity',
  ])('gets none for %s, which is not delegated letter by letter', async (scope) => {
    for (const scopes of [[scope], [...ownScopes, scope]]) {
      const { status, body } = await askToken(sandbox, scopes)
      expect([status, body.error]).toEqual([401, 'unauthorized_client'])
    }
  })

  it('gets none once its own client is taken out of the list', async () => {
    await sandbox.control.act('delete-delegation-client', { client: 'offboard' })
    expect((await askToken(sandbox, ownScopes)).body.error).toBe('unauthorized_client')
  })

  it.each<[string, AssertionChanges, string]>([
    ['another account', { iss: 'other@contoso.example' }, 'invalid_grant'],
    ['a user who is not there', { sub: 'nobody@contoso.com' }, 'invalid_grant'],
    ['a suspended user', { sub: 'petra@contoso.com' }, 'invalid_grant'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['another audience', { aud: 'https://example.com/token' }, 'invalid_scope'],
    ['a time that is over', { iat: now - 9000, exp: now - 5400 }, 'invalid_grant'],
    ['a time that is too long', { exp: now + 90_000 }, 'invalid_grant'],
    ['no time', { exp: undefined }, 'invalid_grant'],
  ])('is refused for %s', async (_what, changes, error) => {
    const answer = await askToken(sandbox, [googleScopes.audit], changes)
    expect([answer.status, answer.body.error]).toEqual([400, error])
  })

  it('that acts for nobody may ask nothing of a customer', async () => {
    const { body } = await askToken(sandbox, ownScopes, { sub: undefined })
    const google = await rawGoogle(sandbox, ownScopes)
    expect((await google.call(customer, { token: body.access_token })).status).toBe(403)
  })
})

describe('an administrator who consented', () => {
  async function refresh(changes: Readonly<Record<string, string>> = {}) {
    const form = {
      grant_type: 'refresh_token',
      client_id: googleAccount.oauthClientId,
      client_secret: 'canary',
      refresh_token: googleAccount.refreshToken,
      ...changes,
    }
    const response = await fetch(`${sandbox.endpoints.googleUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    return JSON.parse(await response.text())
  }

  it('has a token for every scope', async () => {
    const google = await rawGoogle(sandbox, ownScopes)
    const { access_token: token, scope } = await refresh()
    expect(scope.split(' ')).toEqual(Object.values(googleScopes))
    expect((await google.call('/v1/policies', { token })).status).toBe(200)
  })

  it.each([
    [{ refresh_token: 'other' }, 'invalid_grant'],
    [{ client_id: 'other' }, 'invalid_client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ])('is refused with %j', async (changes, error) => {
    expect((await refresh(changes)).error).toBe(error)
  })
})
