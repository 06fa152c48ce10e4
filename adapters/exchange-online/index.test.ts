import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConflictError, RefusedError, ServiceError, UsageError } from '../../src/model/errors.ts'
import {
  approvalFor,
  resourceOf,
  startTestTenant,
  type TestTenant,
} from '../../test/support/exchange-tenant.ts'

let tenant: TestTenant

beforeEach(async () => {
  tenant = await startTestTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

const contoso = { asked: 'contoso.onmicrosoft.com' }

describe('a survey', () => {
  it('reads everything at once, whole and without the marks of the wire, and writes nothing', async () => {
    const reader = await tenant.adapter().open(contoso)
    const { objects: held } = await tenant.sandbox.control.show()
    const kinds = [...reader.resources.values(), ...reader.sources.values()]
    const lists = await Promise.all(kinds.map(async (kind) => [kind.kind, await kind.list()] as const))
    const found = new Map(lists)
    expect(found.get('transport-rule')?.map(({ properties }) => properties)).toEqual(held['transport-rule'])
    expect(found.get('inbound-connector')?.map(({ properties }) => properties)).toEqual(
      held['inbound-connector'],
    )
    expect(found.get('connection-filter')?.map(({ properties }) => properties)).toEqual(
      held['connection-filter-policy'],
    )
    expect(new Set(found.get('outbound-connector')?.map(({ properties }) => properties))).toEqual(
      new Set(held['outbound-connector']),
    )
    expect(found.get('allow-block-items')).toHaveLength(1)
    expect(JSON.stringify(lists)).not.toMatch(/@(?:odata|data)\./)
    expect((await tenant.sandbox.control.show()).writes).toEqual([])
  })

  it('holds no way to write', async () => {
    const reader = await tenant.adapter().open(contoso)
    const methods = [...reader.resources.values()].flatMap((resource) => Object.keys(resource))
    expect(new Set(methods)).toEqual(new Set(['kind', 'list', 'writable', 'rebuild', 'place']))
  })

  it('asks as little as it can', async () => {
    const reader = await tenant.adapter().open(contoso)
    await Promise.all([...reader.resources.values()].map((resource) => resource.list()))
    const { counts } = await tenant.sandbox.control.show()
    expect(counts).toMatchObject({
      'Get-TransportRule': 1,
      'Get-InboundConnector': 1,
      'Get-OutboundConnector': 2,
      'Get-HostedConnectionFilterPolicy': 1,
    })
  })
})

describe('identity', () => {
  it.each(['contoso.onmicrosoft.com', 'CONTOSO.com', ''])(
    'is told for the tenant asked for as "%s"',
    async (asked) => {
      const { tenantId } = tenant.sandbox.endpoints
      const reader = await tenant.adapter().open({ asked: asked || tenantId })
      expect(await reader.identity()).toEqual({
        id: tenantId,
        name: 'contoso.onmicrosoft.com',
        domains: expect.arrayContaining([
          { name: 'contoso.onmicrosoft.com', initial: true },
          { name: 'contoso.com', initial: false },
        ]),
      })
    },
  )

  it('asks the service anew each time, and the sign-in service once for a domain', async () => {
    const reader = await tenant.adapter().open(contoso)
    await reader.identity()
    await reader.identity()
    const { counts } = await tenant.sandbox.control.show()
    expect(counts).toMatchObject({ 'Get-AcceptedDomain': 2, 'openid-configuration': 1 })
  })

  it('refuses a credential of another tenant before anything is sent to Exchange', async () => {
    const other = '11111111-2222-4333-8444-555555555555'
    const opened = tenant.adapter().open({ asked: other })
    await expect(opened).rejects.toBeInstanceOf(RefusedError)
    await expect(opened).rejects.toThrow(new RegExp(`${other}.*${tenant.sandbox.endpoints.tenantId}`))
    expect((await tenant.sandbox.control.show()).counts['Get-AcceptedDomain'] ?? 0).toBe(0)
  })

  it.each(['not a tenant', 'contoso', '../contoso.com', 'a.b/../c', '', 'nobody.example'])(
    'refuses "%s" as a tenant',
    async (asked) => {
      await expect(tenant.adapter().open({ asked })).rejects.toBeInstanceOf(UsageError)
    },
  )

  it('asks again after a failure of the sign-in service', async () => {
    const adapter = tenant.adapter()
    await tenant.sandbox.control.fail({ kind: 'outage', cmdlet: 'openid-configuration' })
    await expect(adapter.open(contoso)).rejects.toBeInstanceOf(ServiceError)
    const reader = await adapter.open(contoso)
    expect((await reader.identity()).name).toBe('contoso.onmicrosoft.com')
  })
})

describe('opening for writing', () => {
  it('is refused when the plan is for another tenant, and nothing was written', async () => {
    const approval = approvalFor('11111111-2222-4333-8444-555555555555')
    await expect(tenant.adapter().openForWriting(contoso, approval)).rejects.toBeInstanceOf(RefusedError)
    expect((await tenant.sandbox.control.show()).writes).toEqual([])
  })
})

describe('what the service refuses', () => {
  it('is a conflict when a rule still routes to the connector', async () => {
    const writer = await tenant.writer()
    const connectors = resourceOf(writer, 'outbound-connector')
    const connector = (await connectors.list()).find(({ name }) => name === 'Perception Point Scanning')
    if (connector === undefined) throw new Error('no connector')
    await expect(connectors.remove([connector])).rejects.toBeInstanceOf(ConflictError)
  })

  it('is a conflict when the name is in use', async () => {
    const writer = await tenant.writer()
    for (const kind of ['transport-rule', 'inbound-connector']) {
      const resource = resourceOf(writer, kind)
      const [object] = await resource.list()
      const calls = object === undefined ? [] : resource.rebuild(object)
      if ('notRebuildable' in calls) throw new Error('not rebuildable')
      await expect(resource.create(calls)).rejects.toBeInstanceOf(ConflictError)
    }
  })
})

describe('the allow list', () => {
  it('loses and gets back single entries, and nothing else changes', async () => {
    const writer = await tenant.writer()
    const filter = resourceOf(writer, 'connection-filter')
    const [policy] = await filter.list()
    if (policy === undefined) throw new Error('no policy')
    const before = filter.writable(policy)
    await filter.edit(policy, [
      { kind: 'remove-entry', property: 'IPAllowList', entry: '3.81.182.154' },
      { kind: 'remove-entry', property: 'IPAllowList', entry: '52.12.169.124' },
      { kind: 'set', property: 'EnableSafeList', from: true, to: false },
    ])
    const [changed] = await filter.list()
    if (changed === undefined) throw new Error('no policy')
    const left = ['3.93.155.149', '3.95.118.12', '3.95.142.181', '54.227.64.76']
    expect(filter.writable(changed)).toEqual({ ...before, IPAllowList: left, EnableSafeList: false })
    await filter.edit(policy, [
      { kind: 'add-entry', property: 'IPAllowList', entry: '52.12.169.124' },
      { kind: 'add-entry', property: 'IPAllowList', entry: '3.81.182.154' },
      { kind: 'set', property: 'EnableSafeList', from: false, to: true },
    ])
    const [back] = await filter.list()
    expect(back && filter.writable(back)).toEqual(before)
    expect((await tenant.sandbox.control.show()).writes).toHaveLength(2)
  })
})

describe('preflight', () => {
  it('says which cmdlets the caller may run, the message trace among them, and only reads', async () => {
    const cmdlets = [
      'Get-MessageTraceV2',
      'Remove-TransportRule',
      'Remove-OutboundConnector',
      'Remove-Nothing',
    ]
    expect(await tenant.adapter().preflight(contoso, cmdlets)).toEqual([
      { cmdlet: 'Get-MessageTraceV2', allowed: 'yes', roles: [] },
      { cmdlet: 'Remove-TransportRule', allowed: 'yes', roles: [] },
      { cmdlet: 'Remove-OutboundConnector', allowed: 'yes', roles: [] },
      { cmdlet: 'Remove-Nothing', allowed: 'no', roles: [] },
    ])
    expect((await tenant.sandbox.control.show()).writes).toEqual([])
  })

  it('does not know when the list cannot be read, and says why', async () => {
    const warnings: string[] = []
    await tenant.sandbox.control.fail({ kind: 'denied', cmdlet: 'EXOModuleFile' })
    const adapter = tenant.adapter({ onWarning: (text) => warnings.push(text) })
    expect(await adapter.preflight(contoso, ['Get-TransportRule'])).toEqual([
      { cmdlet: 'Get-TransportRule', allowed: 'unknown', roles: [] },
    ])
    expect(warnings).toHaveLength(1)
  })
})
