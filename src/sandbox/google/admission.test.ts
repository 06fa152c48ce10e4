import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { type GoogleOperation, type GoogleOperationKey, googleOperations } from './operations.ts'
import { googleScopes } from './scopes.ts'
import { rawGoogle } from './test-google.ts'

let sandbox: Sandbox
const user = 'sara@contoso.com'

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

const operations: readonly (readonly [string, GoogleOperation])[] = Object.entries(googleOperations)

/** A path of the operation that is answered when it may be asked. */
function pathOf(key: string): readonly [string, string] {
  const [method = '', template = ''] = key.split(' ')
  const path = template
    .replace('{user}', key.includes('/activity/') ? 'all' : user)
    .replace('{application}', 'admin')
    .replace('{customer}', 'my_customer')
    .replace('{client}', 'absent')
    .replace('{policy}', 'absent')
  return [method, /\/(users|groups)$/.test(path) ? `${path}?customer=my_customer` : path]
}

async function call(key: string, scopes: readonly string[], token?: string) {
  const google = await rawGoogle(sandbox, scopes)
  const [method, path] = pathOf(key)
  return google.call(path, { method, ...(token === undefined ? {} : { token }) })
}

describe.each(operations)('%s', (key, { scopes, page }) => {
  const delegated = scopes.filter((scope) => ownScopes.includes(scope))

  it('is let in by each of its scopes alone', async () => {
    expect(delegated.length).toBeGreaterThan(0)
    for (const scope of delegated) expect([200, 404]).toContain((await call(key, [scope])).status)
  })

  it('is not let in by all others together', async () => {
    const { status, text } = await call(
      key,
      ownScopes.filter((scope) => !delegated.includes(scope)),
    )
    expect(status).toBe(403)
    expect(text).toContain('insufficient authentication scopes')
  })

  it('needs a token that the sandbox gave', async () => {
    for (const token of ['other', 'ya29.e30'])
      expect((await call(key, [googleScopes.audit], token)).status).toBe(401)
  })

  it('says where its scopes are published', () => {
    expect(page).toMatch(/^https:\/\/(docs\.cloud\.google\.com|developers\.google\.com)\//)
  })
})

describe('an administrator who is none of the highest', () => {
  it.each(operations.filter(([, { role }]) => role === 'super-administrator'))(
    'may not %s',
    async (key, { scopes }) => {
      await sandbox.control.reset({ scenario: 'google-policies-denied' })
      const { status, text } = await call(key, scopes.slice(0, 1))
      expect(status).toBe(403)
      expect(text).toContain('The caller does not have permission')
    },
  )

  it('may read the rest', async () => {
    await sandbox.control.reset({ scenario: 'google-policies-denied' })
    const keys: readonly GoogleOperationKey[] = [
      'GET /admin/directory/v1/customers/{customer}',
      'GET /admin/reports/v1/activity/users/{user}/applications/{application}',
    ]
    for (const key of keys) expect((await call(key, ownScopes)).status).toBe(200)
  })
})

it.each(operations.filter(([, { api }]) => api === 'cloudidentity'))(
  '%s is refused when its API is not switched on',
  async (key, { scopes }) => {
    await sandbox.control.reset({ scenario: 'google-api-off' })
    const { status, text } = await call(key, scopes.slice(0, 1))
    expect(status).toBe(403)
    expect(text).toContain('SERVICE_DISABLED')
  },
)

it('what is not known is not found, and a write to it is put down', async () => {
  const google = await rawGoogle(sandbox, ownScopes)
  expect((await google.call('/v1/policies/some', { method: 'DELETE' })).status).toBe(404)
  expect((await google.call('/admin/directory/v1/elsewhere')).status).toBe(404)
  expect((await sandbox.control.show()).writes).toMatchObject([
    { cmdlet: 'DELETE /v1/policies/some', result: 'refused' },
  ])
})
