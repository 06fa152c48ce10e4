import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ServiceError, UsageError } from '../../model/errors.ts'
import { acts } from '../acts.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { getToken, type RawClient, rawClient } from '../test-client.ts'
import { createSandboxControl, type SandboxView } from './client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox({ regions: ['au'] })
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

describe('show', () => {
  it('has the objects of every kind as the service shows them', async () => {
    const { objects } = await sandbox.control.show()
    const rows = await client.rows('Get-TransportRule')
    const unmarked = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('@'))),
    )
    expect(objects['transport-rule']).toEqual(unmarked)
  })

  it('counts requests by cmdlet, and keeps the writes with what was asked', async () => {
    await client.rows('Get-TransportRule')
    await client.rows('Get-TransportRule')
    await client.call('Remove-TransportRule', { Identity: 'absent' })
    await client.rows('Disable-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    const view = await sandbox.control.show()
    expect(view.counts).toEqual({
      'Get-TransportRule': 2,
      'Remove-TransportRule': 1,
      'Disable-TransportRule': 1,
    })
    expect(view.requests).toBe(4)
    expect(view.writes).toMatchObject([
      { cmdlet: 'Remove-TransportRule', parameters: { Identity: 'absent' }, result: 'refused' },
      { cmdlet: 'Disable-TransportRule', result: 'done' },
    ])
    expect(view.writesDone).toBe(1)
  })

  it('does not count itself', async () => {
    await sandbox.control.show()
    expect((await sandbox.control.show()).requests).toBe(0)
  })
})

describe('clock', () => {
  it('moves forward only, and dates changes', async () => {
    const before = Date.now()
    const moved = await sandbox.control.clock(3_600_000)
    expect(moved.getTime()).toBeGreaterThanOrEqual(before + 3_600_000)
    await client.rows('Disable-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    const { writes } = await sandbox.control.show()
    expect(Date.parse(writes[0]?.at ?? '')).toBeGreaterThanOrEqual(moved.getTime())
    await expect(sandbox.control.clock(-1)).rejects.toThrow(UsageError)
  })
})

describe('reset', () => {
  it('gives the same tenant each time, with the same ids', async () => {
    const first = await sandbox.control.show()
    await client.rows('Remove-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    await sandbox.control.reset()
    expect((await sandbox.control.show()).objects).toEqual(first.objects)
  })

  it('takes another scenario and other regions, and keeps those of before', async () => {
    await sandbox.control.reset({ scenario: 'clean', regions: ['us', 'eu'] })
    await sandbox.control.reset()
    expect(await sandbox.control.show()).toMatchObject({ scenario: 'clean', regions: ['us', 'eu'] })
    await expect(sandbox.control.reset({ scenario: 'no-such' })).rejects.toThrow(/no such scenario/)
    await sandbox.control.reset({ regions: ['au'] })
  })
})

describe('act', () => {
  it.each(
    Object.keys(acts).filter(
      (name) =>
        ![
          'set',
          'add',
          'delete',
          'mend-dns',
          'set-roles',
          'set-mail',
          'take-rights',
          'enable-redirect-rule',
          'restore-redirect-rule',
          'enable-app',
          'put-app-back',
          'activate-channel',
          'unlock-grants',
          'enable-compliance-rule',
          'put-compliance-rule-back',
          'set-super-administrator',
          'remove-vendor-mx',
          'set-records',
        ].includes(name),
    ),
  )('%s changes the tenant', async (name) => {
    const before = await sandbox.control.show()
    await sandbox.control.act(name)
    const after = await sandbox.control.show()
    const holding = ({ objects, dns, directory, vendor, google }: SandboxView) => ({
      objects,
      dns,
      directory,
      vendor,
      google,
    })
    expect(holding(after)).not.toEqual(holding(before))
  })

  it('puts the redirect rule and its connectors back as another object', async () => {
    const [before] = await client.rows('Get-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    await client.rows('Remove-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    await client.rows('Remove-OutboundConnector', { Identity: 'Perception Point Scanning' })
    await sandbox.control.act('restore-redirect-rule')
    const [after] = await client.rows('Get-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    expect(after).toMatchObject({
      Priority: 0,
      State: 'Enabled',
      RouteMessageOutboundConnector: 'Perception Point Scanning',
    })
    expect(after?.Guid).not.toBe(before?.Guid)
    expect(
      await client.rows('Get-OutboundConnector', { Identity: 'Perception Point Scanning' }),
    ).toHaveLength(1)
  })

  it('is no write on the wire', async () => {
    await sandbox.control.act('delete-redirect-rule')
    expect(await sandbox.control.show()).toMatchObject({ requests: 0, writes: [] })
  })

  it('sets any property, and refuses what it does not know', async () => {
    await sandbox.control.act('set', {
      kind: 'transport-rule',
      name: 'Encrypt on demand',
      property: 'ContentMatchesPrompt',
      value: 'x',
    })
    const [rule] = await client.rows('Get-TransportRule', { Identity: 'Encrypt on demand' })
    expect(rule?.ContentMatchesPrompt).toBe('x')
    await expect(sandbox.control.act('no-such')).rejects.toThrow(/no such act/)
    await expect(sandbox.control.act('set', { kind: 'transport-rule' })).rejects.toThrow(UsageError)
    await expect(sandbox.control.act('delete-customer-rule', { name: 'absent' })).rejects.toThrow(
      /there is none/,
    )
  })
})

describe('the control of a sandbox that is not there', () => {
  it('says so', async () => {
    const control = createSandboxControl('http://127.0.0.1:9/_control')
    await expect(control.show()).rejects.toThrow(ServiceError)
  })
})
