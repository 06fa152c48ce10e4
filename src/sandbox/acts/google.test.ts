import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { googleVendor } from '../google/account.ts'
import { type Sandbox, startSandbox } from '../start.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

async function view() {
  return (await sandbox.control.show()).google
}

async function lastEvents(): Promise<string> {
  return JSON.stringify((await view()).audit.at(-1)?.events)
}

async function ruleNames(): Promise<readonly unknown[]> {
  return (await view()).rules.map(({ description }) => description)
}

describe('in the Admin console', () => {
  it('the vendor’s client is taken out of the delegation, and put back', async () => {
    await sandbox.control.act('delete-delegation-client')
    expect((await view()).delegation.map(({ name }) => name)).toEqual([
      'Adatum Backup',
      'Perception Signage',
      'offboard',
    ])
    expect(await lastEvents()).toBe(
      `[{"type":"DOMAIN_SETTINGS","name":"REMOVE_API_CLIENT_ACCESS","parameters":[{"name":"API_CLIENT_NAME","value":"${googleVendor.clientId}"},{"name":"DOMAIN_NAME","value":"contoso.com"}]}]`,
    )
    await expect(sandbox.control.act('delete-delegation-client')).rejects.toThrow(/there is none/)
    await sandbox.control.act('put-delegation-client-back')
    expect(await lastEvents()).toContain('AUTHORIZE_API_CLIENT_ACCESS')
  })

  it('the vendor’s rule is deleted, with its state and nothing else', async () => {
    const before = await ruleNames()
    await sandbox.control.act('delete-compliance-rule')
    const after = await view()
    expect(after.rules.map(({ description }) => description)).toEqual(
      before.filter((name) => name !== googleVendor.ruleName),
    )
    const states = after.policies.flatMap(({ setting }) => JSON.stringify(setting).match(/"enabled":/g) ?? [])
    expect(states).toHaveLength(after.rules.length)
    await sandbox.control.act('put-compliance-rule-back')
    expect((await ruleNames()).filter((name) => name === googleVendor.ruleName)).toHaveLength(1)
  })

  it('rules of the name in every unit are deleted', async () => {
    await sandbox.control.reset({ scenario: 'google-several-rules' })
    await sandbox.control.act('delete-compliance-rule')
    expect(await ruleNames()).not.toContain(googleVendor.ruleName)
    await sandbox.control.act('delete-compliance-rule', { name: ' perception point  REDIRECT rule' })
    expect(JSON.stringify(await ruleNames())).not.toMatch(/redirect rule"?[^"]*perception/i)
  })

  it('a rule is renamed, switched off and on, and the vendor gets mail as long as it is on', async () => {
    await sandbox.control.act('disable-compliance-rule')
    expect((await view()).rules.find(({ enabled }) => enabled === false)).toMatchObject({
      description: googleVendor.ruleName,
    })
    await sandbox.control.act('enable-compliance-rule')
    await sandbox.control.act('rename-compliance-rule')
    expect(await ruleNames()).toContain('Mail scanner')
    expect(await lastEvents()).toContain('CHANGE_GMAIL_SETTING')
  })

  it('the host is deleted', async () => {
    await sandbox.control.act('delete-host')
    expect((await view()).hosts).toMatchObject([{ name: 'Mail archive' }])
    expect(await lastEvents()).toContain('EMAIL_ROUTE')
  })

  it('the inbound gateway loses what is the vendor’s, and goes off when it is empty', async () => {
    await sandbox.control.act('edit-inbound-gateway')
    expect((await view()).inboundGateway).toMatchObject({
      addresses: [],
      headerRegexp: null,
      enabled: false,
      rejectAll: false,
    })
  })

  it('the inbound gateway keeps what is the customer’s', async () => {
    await sandbox.control.reset({ scenario: 'google-customer-gateway' })
    await sandbox.control.act('edit-inbound-gateway')
    expect((await view()).inboundGateway).toMatchObject({ addresses: ['203.0.113.25'], enabled: true })
    await sandbox.control.act('edit-inbound-gateway', { rejectAll: true })
    expect((await view()).inboundGateway).toMatchObject({ addresses: ['203.0.113.25'], rejectAll: true })
  })

  it('users take the vendor’s app away, one or all of them', async () => {
    const holders = async () => JSON.stringify((await view()).users).split(googleVendor.appId).length - 1
    expect(await holders()).toBe(3)
    await sandbox.control.act('revoke-user-tokens', { user: 'sara@contoso.com' })
    expect(await holders()).toBe(2)
    await sandbox.control.act('revoke-user-tokens')
    expect(await holders()).toBe(0)
    await expect(sandbox.control.act('revoke-user-tokens', { user: 'no@contoso.com' })).rejects.toThrow()
  })

  it('nothing of it is a write on the wire', async () => {
    for (const act of ['delete-delegation-client', 'delete-compliance-rule', 'delete-host'])
      await sandbox.control.act(act)
    expect((await sandbox.control.show()).writes).toEqual([])
  })
})
