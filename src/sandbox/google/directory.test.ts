import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleVendor } from './account.ts'
import { type RawGoogle, rawGoogle } from './test-google.ts'

let sandbox: Sandbox
let google: RawGoogle
const root = '/admin/directory/v1'
const token = `${root}/users/sara@contoso.com/tokens/${googleVendor.appId}`

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
  google = await rawGoogle(sandbox, ownScopes)
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

async function read(path: string) {
  const { status, text } = await google.call(`${root}${path}`)
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text)
}

describe('the customer', () => {
  it.each(['my_customer', 'C03az79cb'])('is known as %s', async (key) => {
    expect(await read(`/customers/${key}`)).toMatchObject({
      kind: 'admin#directory#customer',
      id: 'C03az79cb',
      customerDomain: 'contoso.com',
    })
  })

  it('of somebody else is not', async () => {
    expect((await google.call(`${root}/customers/C0other`)).status).toBe(403)
  })

  it('may be another one than the one that was asked for', async () => {
    await sandbox.control.reset({ scenario: 'google-wrong-customer' })
    expect(await read('/customers/my_customer')).toMatchObject({ customerDomain: 'fabrikam-other.example' })
    expect(sandbox.endpoints.googleTenant).toBe('contoso.com')
  })

  it('has units, with the top one when it is asked for, and groups', async () => {
    const units = (await read('/customer/my_customer/orgunits?type=allIncludingParent')).organizationUnits
    expect(units).toHaveLength(5)
    expect(units).toContainEqual(
      expect.objectContaining({ orgUnitPath: '/Sales/EMEA', parentOrgUnitPath: '/Sales', name: 'EMEA' }),
    )
    expect((await read('/customer/my_customer/orgunits?type=all')).organizationUnits).toHaveLength(4)
    expect((await read('/groups?customer=my_customer')).groups).toMatchObject([
      { email: 'board@contoso.com' },
      { email: 'pilot@contoso.com' },
    ])
  })
})

describe('users', () => {
  it('come in pages, each once', async () => {
    await sandbox.control.reset({ scenario: 'google-many-users' })
    const pages = await google.pages(`${root}/users?customer=my_customer&maxResults=500`)
    expect(pages.map(({ body }) => body.users?.length)).toEqual([500, 100])
    const addresses = pages.flatMap(({ body }) => body.users ?? []).map(({ primaryEmail }) => primaryEmail)
    expect(new Set(addresses).size).toBe(600)
  })

  it('must be asked for by customer or domain, and no search is known', async () => {
    for (const query of [
      '',
      '?customer=my_customer&query=isAdmin%3Dtrue',
      '?customer=my_customer&maxResults=x',
    ])
      expect((await google.call(`${root}/users${query}`)).status).toBe(400)
    expect((await read('/users?domain=contoso.com')).users).toHaveLength(7)
  })

  it('are known by address and id', async () => {
    const { id } = await read('/users/sara@contoso.com')
    expect(await read(`/users/${id}`)).toMatchObject({ primaryEmail: 'sara@contoso.com', isAdmin: false })
    expect((await google.call(`${root}/users/nobody@contoso.com`)).status).toBe(404)
  })
})

describe('the apps that a user consented to', () => {
  it('are listed with their scopes; a user without one has no list', async () => {
    expect((await read('/users/sara@contoso.com/tokens')).items).toMatchObject([
      { clientId: googleVendor.appId, displayText: 'Perception Point X-Ray', scopes: expect.any(Array) },
      { displayText: 'Adatum CRM' },
    ])
    expect(await read('/users/carl@contoso.com/tokens')).not.toHaveProperty('items')
  })

  it('are taken away one by one, and the audit log has it', async () => {
    const deleted = await google.call(token, { method: 'DELETE' })
    expect([deleted.status, deleted.text]).toEqual([204, ''])
    expect((await read('/users/sara@contoso.com/tokens')).items).toMatchObject([
      { displayText: 'Adatum CRM' },
    ])
    expect((await google.call(token)).status).toBe(404)
    expect((await google.call(token, { method: 'DELETE' })).status).toBe(404)
    const { google: view, writes } = await sandbox.control.show()
    expect(JSON.stringify(view.audit)).toContain('REVOKE_3LO_TOKEN')
    expect(writes).toMatchObject([
      { cmdlet: 'DELETE tokens', parameters: { path: token }, result: 'done' },
      { result: 'refused' },
    ])
  })
})
