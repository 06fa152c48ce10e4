import { describe, expect, it } from 'vitest'
import { InternalError, NotFoundError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Edit, TenantObject } from '../../../src/model/resource.ts'
import { exchangeWriter, type Transport } from '../transport.ts'
import { connectionFilter } from './connection-filter.ts'
import { inboundConnector } from './inbound-connector.ts'
import { outboundConnector } from './outbound-connector.ts'
import { transportRule } from './transport-rule.ts'

const guid = '0f000000-0000-4000-8000-00000000000a'

function object(properties: JsonObject): TenantObject {
  const named = { Name: 'X', Guid: guid, ...properties }
  return { guid, name: named.Name, properties: named }
}

describe('the connection filter', () => {
  it('shows what it does not have as empty', () => {
    expect(connectionFilter.writable(object({ Name: 'Default' }))).toEqual({
      Name: 'Default',
      EnableSafeList: false,
      IPAllowList: [],
      IPBlockList: [],
    })
  })
})

function recorder(fail?: Error, items: readonly JsonObject[] = []) {
  const calls: [string, JsonObject][] = []
  const transport: Transport = {
    async invoke(cmdlet, parameters) {
      calls.push([cmdlet, parameters])
      if (fail !== undefined) throw fail
      return { items, warnings: [] }
    },
    claims: async () => [],
    allowedCmdlets: async () => new Set(),
    close: async () => {},
  }
  return { calls, writer: exchangeWriter(transport) }
}

const ref = { guid, name: 'Rule *' }

describe('a list of rules', () => {
  it('is in the order in which they act', async () => {
    const items = [2, 0, 1].map((Priority) => ({
      Priority,
      Name: `${Priority}`,
      Guid: guid.replace(/.$/, `${Priority}`),
    }))
    const rules = await transportRule.list(recorder(undefined, items).writer)
    expect(rules.map(({ name }) => name)).toEqual(['0', '1', '2'])
  })
})

describe('a change', () => {
  it('puts all edits of the allow list into one call, by difference', async () => {
    const { calls, writer } = recorder()
    await connectionFilter.edit(writer, ref, [
      { kind: 'remove-entry', property: 'IPAllowList', entry: '192.0.2.1' },
      { kind: 'remove-entry', property: 'IPAllowList', entry: '192.0.2.2' },
      { kind: 'add-entry', property: 'IPAllowList', entry: '192.0.2.3' },
      { kind: 'set', property: 'EnableSafeList', from: true, to: false },
    ])
    const IPAllowList = { Remove: ['192.0.2.1', '192.0.2.2'], Add: ['192.0.2.3'] }
    expect(calls).toEqual([
      [
        'Set-HostedConnectionFilterPolicy',
        { Identity: guid, IPAllowList, EnableSafeList: false, Confirm: false },
      ],
    ])
  })

  it('leaves the list alone when only the switch turns', async () => {
    const { calls, writer } = recorder()
    await connectionFilter.edit(writer, ref, [
      { kind: 'set', property: 'EnableSafeList', from: true, to: false },
    ])
    expect(calls[0]?.[1]).toEqual({ Identity: guid, EnableSafeList: false, Confirm: false })
  })

  it('of nothing sends nothing', async () => {
    const { calls, writer } = recorder()
    await connectionFilter.edit(writer, ref, [])
    expect(calls).toEqual([])
  })

  it.each([
    ['Enabled', 'Enable-TransportRule'],
    ['Disabled', 'Disable-TransportRule'],
  ])('of a rule to %s is %s', async (to, cmdlet) => {
    const { calls, writer } = recorder()
    await transportRule.edit(writer, ref, [{ kind: 'set', property: 'State', from: null, to }])
    expect(calls).toEqual([[cmdlet, { Identity: guid, Confirm: false }]])
  })

  const others: readonly Edit[] = [
    { kind: 'set', property: 'SetSCL', from: 1, to: 2 },
    { kind: 'set', property: 'State', from: null, to: 'Off' },
    { kind: 'remove-entry', property: 'IPBlockList', entry: 'x' },
  ]
  it.each(others)('that nobody planned is refused: %j', async (edit) => {
    for (const resource of [transportRule, connectionFilter, inboundConnector, outboundConnector]) {
      const { calls, writer } = recorder()
      await expect(resource.edit(writer, ref, [edit])).rejects.toBeInstanceOf(InternalError)
      expect(calls).toEqual([])
    }
  })
})

describe('a removal', () => {
  it('names the object by GUID, and takes one that is gone for removed', async () => {
    const { calls, writer } = recorder(new NotFoundError({ tried: 'x' }))
    await transportRule.remove(writer, [ref, { guid: guid.replace('a', 'b'), name: 'Other' }])
    expect(calls).toEqual([
      ['Remove-TransportRule', { Identity: guid, Confirm: false }],
      ['Remove-TransportRule', { Identity: guid.replace('a', 'b'), Confirm: false }],
    ])
  })

  it('of something without a GUID is refused', async () => {
    const { calls, writer } = recorder()
    await expect(transportRule.remove(writer, [{ guid: '*', name: '*' }])).rejects.toBeInstanceOf(
      InternalError,
    )
    expect(calls).toEqual([])
  })

  it('of the connection filter is refused', async () => {
    const { calls, writer } = recorder()
    await expect(connectionFilter.remove(writer, [ref])).rejects.toBeInstanceOf(InternalError)
    expect(calls).toEqual([])
  })
})

describe('making an object', () => {
  it('runs only the cmdlets of its kind', async () => {
    const { calls, writer } = recorder()
    const call = { command: 'Remove-TransportRule', parameters: { Identity: 'x' } }
    for (const resource of [transportRule, inboundConnector, outboundConnector, connectionFilter])
      await expect(resource.create(writer, [call])).rejects.toBeInstanceOf(InternalError)
    expect(calls).toEqual([])
  })
})
