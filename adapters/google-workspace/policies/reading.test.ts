import { afterEach, describe, expect, it } from 'vitest'
import { PermissionError, ServiceError } from '../../../src/model/errors.ts'
import { createAttempt } from '../../../src/run/retry.ts'
import { googleVendor } from '../../../src/sandbox/google/account.ts'
import {
  type GoogleTestTenant,
  resourceIn,
  sourceList,
  startGoogleTenant,
} from '../../../test/google/tenant.ts'

const open: GoogleTestTenant[] = []

afterEach(async () => {
  for (const tenant of open.splice(0)) await tenant[Symbol.asyncDispose]()
})

async function start(scenario?: string): Promise<GoogleTestTenant> {
  const tenant = await startGoogleTenant(scenario)
  open.push(tenant)
  return tenant
}

async function rulesOf(scenario: string) {
  const rules = await resourceIn(await (await start(scenario)).reader(), 'compliance-rule').list()
  return rules.filter(({ properties }) => /perception\s+point\s+redirect/i.test(String(properties.label)))
}

describe('rules of content compliance', () => {
  it('come from all units and groups, with their place and whether they are on', async () => {
    const rules = await resourceIn(await (await start()).reader(), 'compliance-rule').list()
    expect(new Map(rules.map(({ name, properties }) => [name, properties.state]))).toEqual(
      new Map([
        ['Legal hold (group board@contoso.com)', 'disabled'],
        ['Perception Point awareness training (/Finance)', 'enabled'],
        ['Card numbers — hold & notify <finance> (/)', 'enabled'],
        ['Perception Point Redirect Rule (/)', 'enabled'],
        ['Archive redirect rule (/)', 'enabled'],
        ['Keep what the scanner says (/)', 'enabled'],
      ]),
    )
  })

  it.each([
    ['google-absent', []],
    ['google-several-rules', ['/', '/Sales/EMEA', 'group pilot@contoso.com']],
    ['google-child-unit', ['/Sales/EMEA']],
    ['google-renamed-rule', []],
    ['google-empty-pages', ['/']],
  ])('are found where they are (%s)', async (scenario, places) => {
    const found = await rulesOf(scenario)
    expect(found.map(({ properties }) => properties.where).toSorted()).toEqual(places)
    expect(new Set(found.map(({ guid }) => guid)).size).toBe(places.length)
  })

  it('keep all that the service answered, of the rule and of its policy', async () => {
    const tenant = await start()
    const [rule] = await resourceIn(await tenant.reader(), 'compliance-rule').list()
    const policy = (await tenant.policies()).find(({ name }) => rule?.guid.startsWith(`${name}#`))
    expect(rule?.properties.policy).toEqual(policy)
    expect(JSON.stringify(policy)).toContain(JSON.stringify(rule?.properties.entry))
  })

  it('of one description are told apart by where they are', async () => {
    const reader = await (await start()).reader()
    const several = (await rulesOf('google-several-rules')).map((rule) =>
      JSON.stringify(resourceIn(reader, 'compliance-rule').writable(rule)),
    )
    expect(new Set(several).size).toBe(3)
  })

  it('that are switched off say so', async () => {
    const [rule] = await rulesOf('google-disabled-rule')
    expect(rule?.properties.state).toBe('disabled')
    expect(rule?.properties.states).toEqual([{ where: '/', enabled: false }])
  })
})

describe('all policies', () => {
  it('are read in no more calls than there are pages, however many kinds are asked for', async () => {
    const tenant = await start('google-many-policies')
    const reader = await tenant.reader()
    const kinds = ['gmail-policy', 'mail-host-settings', 'ip-allowlist', 'spam-override', 'address-list']
    const [rules] = await Promise.all([
      resourceIn(reader, 'compliance-rule').list(),
      ...kinds.map((kind) => sourceList(reader, kind)),
    ])
    expect(rules).toHaveLength(6)
    expect(tenant.sent.filter(({ url }) => url.pathname === '/v1/policies')).toHaveLength(20)
  })

  it('are read within the quota: none is refused, and nothing fails', async () => {
    const tenant = await start('google-many-policies')
    const began = tenant.clock.now().getTime()
    await sourceList(await tenant.reader(), 'gmail-policy')
    expect((await tenant.sandbox.control.show()).google.refusedByQuota).toBe(0)
    expect(tenant.clock.now().getTime() - began).toBeGreaterThan(19_000)
  })

  it('that the quota refuses all the same are read after the wait', async () => {
    const tenant = await start('google-many-policies')
    await tenant.sandbox.control.fail({ kind: 'throttle', cmdlet: 'GET policies', times: 3 })
    const attempt = createAttempt({ clock: tenant.clock, signal: new AbortController().signal })
    expect(await sourceList(await tenant.reader({ attempt }), 'gmail-policy')).not.toEqual([])
  })

  it('are kept whole, those of unknown types too; those that name hosts are a kind of their own', async () => {
    const tenant = await start('google-host-types')
    const reader = await tenant.reader()
    const all = await sourceList(reader, 'gmail-policy')
    const gmail = (await tenant.policies()).filter((one) => JSON.stringify(one).includes('settings/gmail.'))
    expect(all.map(({ properties }) => properties.policy)).toEqual(expect.arrayContaining([...gmail]))
    expect((await sourceList(reader, 'mail-host-settings')).map(({ name }) => name).toSorted()).toEqual([
      'gmail.inbound_gateway (/)',
      'gmail.mail_hosts (/)',
    ])
    expect(await sourceList(await (await start()).reader(), 'mail-host-settings')).toEqual([])
  })
})

describe('lists of the spam settings', () => {
  it('are objects each, addresses one by one', async () => {
    const reader = await (await start()).reader()
    const names = async (kind: string) => (await sourceList(reader, kind)).map(({ name }) => name)
    expect(await names('ip-allowlist')).toEqual(['203.0.113.10', expect.any(String), '198.51.100.0/24'])
    expect(await names('spam-override')).toEqual(['Trusted senders (/)'])
    expect(await names('blocked-senders')).toEqual(['Blocked senders (/)'])
    expect(await names('address-list')).toEqual(['Partners (/)', 'Scanner notices (/)', 'Not wanted (/)'])
  })
})

describe('what may not be read', () => {
  it.each([
    ['google-policies-denied', /super administrator/],
    ['google-api-off', /Enable the Cloud Identity API/],
  ])('is not read, with what to do (%s)', async (scenario, hint) => {
    const reader = await (await start(scenario)).reader()
    const read = resourceIn(reader, 'compliance-rule').list()
    await expect(read).rejects.toBeInstanceOf(PermissionError)
    await expect(read).rejects.toMatchObject({ hint: expect.stringMatching(hint) })
  })

  it('of places leaves their ids', async () => {
    const tenant = await start()
    await tenant.sandbox.control.fail({ kind: 'denied', cmdlet: 'GET orgunits' })
    await tenant.sandbox.control.fail({ kind: 'denied', cmdlet: 'GET groups' })
    const rules = await resourceIn(await tenant.reader(), 'compliance-rule').list()
    expect(rules.map(({ properties }) => properties.where)).toContain('orgUnits/03ph8a2z2dvk5ts')
    expect(rules.map(({ properties }) => properties.where)).toContain('groups/01tuee744837sjz')
  })

  it('because nothing was answered is not "none"', async () => {
    const tenant = await start()
    await tenant.sandbox.control.fail({ kind: 'empty-body', cmdlet: 'GET policies' })
    const rules = resourceIn(await tenant.reader(), 'compliance-rule')
    await expect(rules.list()).rejects.toBeInstanceOf(ServiceError)
    expect((await rules.list()).map(({ properties }) => properties.label)).toContain(googleVendor.ruleName)
  })
})
