import { afterEach, describe, expect, it } from 'vitest'
import { PermissionError, UsageError } from '../../../src/model/errors.ts'
import { googleVendor } from '../../../src/sandbox/google/account.ts'
import { type GoogleTestTenant, sourceList, startGoogleTenant } from '../../../test/google/tenant.ts'

const minute = 60_000
const hour = 60 * minute
const open: GoogleTestTenant[] = []

afterEach(async () => {
  for (const tenant of open.splice(0)) await tenant[Symbol.asyncDispose]()
})

async function start(scenario?: string): Promise<GoogleTestTenant> {
  const tenant = await startGoogleTenant(scenario)
  open.push(tenant)
  return tenant
}

async function events(tenant: GoogleTestTenant) {
  return sourceList(await tenant.reader(), 'audit-event')
}

describe('the audit log', () => {
  it('tells who delegated to whom, and who took it away, when it is shown', async () => {
    const tenant = await start()
    const isAbout = ({ properties }: { properties: { parameters?: unknown } }) =>
      JSON.stringify(properties.parameters).includes(googleVendor.clientId)
    const before = (await events(tenant)).filter(({ properties }) => properties.application === 'admin')
    expect(before.filter(isAbout).map(({ name }) => name)).toEqual(['AUTHORIZE_API_CLIENT_ACCESS'])
    const removedAt = await tenant.sandbox.control.now()
    await tenant.sandbox.control.act('delete-delegation-client')
    expect((await events(tenant)).map(({ name }) => name)).not.toContain('REMOVE_API_CLIENT_ACCESS')
    await tenant.sandbox.control.clock(10 * minute)
    const [removal] = (await events(tenant)).filter(({ name }) => name === 'REMOVE_API_CLIENT_ACCESS')
    expect(removal?.properties).toMatchObject({
      actor: 'admin@contoso.com',
      parameters: { API_CLIENT_NAME: googleVendor.clientId },
    })
    expect(Date.parse(String(removal?.properties.time)) - removedAt.getTime()).toBeLessThan(minute)
  })

  it.each([
    ['google-old-events', ['DELETE_GMAIL_SETTING']],
    ['google-new-events', ['DELETE_APPLICATION_SETTING']],
    ['google-default', ['DELETE_APPLICATION_SETTING', 'DELETE_GMAIL_SETTING']],
  ])('tells of Gmail’s settings in whichever family (%s)', async (scenario, names) => {
    const tenant = await start(scenario)
    await tenant.sandbox.control.act('delete-host')
    await tenant.sandbox.control.clock(10 * minute)
    const found = (await events(tenant)).filter(({ name }) => name.startsWith('DELETE_'))
    expect([...new Set(found.map(({ name }) => name))].toSorted()).toEqual(names)
    expect(new Set(found.map(({ guid }) => guid)).size).toBe(found.length)
  })

  it('tells when a client was last active, and of no other client', async () => {
    const tenant = await start()
    const calls = async () =>
      (await events(tenant)).filter(({ properties }) => properties.application !== 'admin')
    expect(new Set((await calls()).map(({ properties }) => properties.application))).toEqual(
      new Set(['token', 'access_evaluation']),
    )
    expect(new Set((await calls()).map(({ properties }) => properties.client))).toEqual(
      new Set([googleVendor.clientId]),
    )
    const removedAt = (await tenant.sandbox.control.now()).toISOString()
    await tenant.sandbox.control.act('delete-delegation-client')
    await tenant.sandbox.control.clock(50 * hour)
    const last = (await calls()).at(-1)?.properties.time
    expect(String(last) < removedAt).toBe(true)
    expect(Date.parse(removedAt) - Date.parse(String(last))).toBeLessThan(6 * hour)
  })

  it('that holds nothing has nothing, and tells how far it may be behind', async () => {
    const tenant = await start('google-no-events')
    expect((await events(tenant)).filter(({ properties }) => properties.application === 'admin')).toEqual([])
    const logs = await sourceList(await tenant.reader(), 'audit-log')
    expect(logs.map(({ guid }) => guid)).toEqual(['admin', 'token', 'access_evaluation'])
    expect(logs[0]?.properties).toMatchObject({ readAt: expect.any(String), longestLagMs: 72 * hour })
  })

  it('is not read where its scope is not delegated', async () => {
    await expect(events(await start('google-scopes-missing'))).rejects.toBeInstanceOf(PermissionError)
  })

  it('is not asked for a client whose id would be another question', async () => {
    const tenant = await start()
    const reader = await tenant.reader({ clients: ['1",x=="'] })
    await expect(sourceList(reader, 'audit-event')).rejects.toBeInstanceOf(UsageError)
  })
})
