import { JWT } from 'google-auth-library'
import { admin } from 'googleapis/build/src/apis/admin/index.js'
import { cloudidentity } from 'googleapis/build/src/apis/cloudidentity/index.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleAccount, googleVendor } from './account.ts'
import { serviceAccountKey } from './test-google.ts'

let sandbox: Sandbox
const { client_email: email, private_key: key } = serviceAccountKey()

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
})

afterAll(() => sandbox.close())

/** The token's address is fixed in the library: its requests are led to the sandbox. */
function signIn(scopes: readonly string[]): JWT {
  const fetchImplementation: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    return fetch(new URL(url.pathname + url.search, sandbox.endpoints.googleUrl), init)
  }
  return new JWT({
    email,
    key,
    scopes: [...scopes],
    subject: googleAccount.subject,
    transporterOptions: { fetchImplementation },
  })
}

it('Google’s own clients read and write, signed in with a key for an administrator', async () => {
  const auth = signIn(ownScopes)
  const options = { auth, rootUrl: sandbox.endpoints.googleUrl, retry: false }
  const directory = admin({ version: 'directory_v1', ...options })
  const reports = admin({ version: 'reports_v1', ...options })
  const { policies } = cloudidentity({ version: 'v1', ...options })
  const { data: customer } = await directory.customers.get({ customerKey: 'my_customer' })
  expect(customer).toMatchObject({ id: googleAccount.customerId, customerDomain: 'contoso.com' })
  const filter = String.raw`setting.type.matches('^settings/gmail\\..*$')`
  const { data: list } = await policies.list({ filter, pageSize: 100 })
  expect(JSON.stringify(list.policies)).toContain(googleVendor.ruleName)
  const { data: log } = await reports.activities.list({
    userKey: 'all',
    applicationName: 'token',
    applicationInfoFilter: `oAuthClientId="${googleVendor.clientId}"`,
    maxResults: 1,
  })
  expect(log.items?.[0]?.actor?.applicationInfo?.oauthClientId).toBe(googleVendor.clientId)
  const user = { userKey: 'sara@contoso.com' }
  await directory.tokens.delete({ ...user, clientId: googleVendor.appId })
  expect((await directory.tokens.list(user)).data.items).toHaveLength(1)
  const [policy] = list.policies ?? []
  const { name = '', setting = {} } = policy ?? {}
  await expect(policies.patch({ name: String(name), requestBody: { setting } })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Error(7016)'),
  })
})

it('Google’s library says what is not delegated', async () => {
  const directory = admin({
    version: 'directory_v1',
    auth: signIn(['https://mail.google.com/']),
    rootUrl: sandbox.endpoints.googleUrl,
    retry: false,
  })
  await expect(directory.customers.get({ customerKey: 'my_customer' })).rejects.toThrow(/unauthorized_client/)
})
