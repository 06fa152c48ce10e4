import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { getToken, hashTable, type RawClient, rawClient } from '../test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

afterAll(() => sandbox.close())

const ip = '198.51.100.1'

describe('a command', () => {
  it.each<[string, string, JsonObject, string]>([
    ['an unknown cmdlet', 'Get-Everything', {}, 'CommandNotFoundException'],
    [
      'a documented cmdlet that is not of Exchange Online',
      'Import-TransportRuleCollection',
      {},
      'CommandNotFoundException',
    ],
    ['an unknown parameter', 'Get-TransportRule', { Nmae: 'x' }, 'ParameterBindingException'],
    [
      'a parameter of Exchange on premises',
      'Get-TransportRule',
      { DomainController: 'x' },
      'ParameterBindingException',
    ],
    ['a missing parameter', 'Remove-TransportRule', {}, 'missing mandatory parameters: Identity'],
    [
      'an empty required parameter',
      'Remove-TransportRule',
      { Identity: null },
      'missing mandatory parameters',
    ],
    [
      'a switch that is no boolean',
      'Remove-TransportRule',
      { Identity: 'x', Confirm: 'false' },
      'transformation',
    ],
    [
      'a word that is not on the list',
      'Enable-TransportRule',
      { Identity: 'x', Mode: 'On' },
      'transformation',
    ],
    ['a number out of range', 'Set-TransportRule', { Identity: 'x', SetSCL: 11 }, 'transformation'],
    [
      'a source that only the console writes',
      'Set-OutboundConnector',
      { Identity: 'x', ConnectorSource: 'AdminUI' },
      'transformation',
    ],
    [
      'a parameter of New- only',
      'Set-TransportRule',
      { Identity: 'x', UseLegacyRegex: true },
      'ParameterBindingException',
    ],
    [
      'a switch for the state',
      'Set-TransportRule',
      { Identity: 'x', Enabled: false },
      'ParameterBindingException',
    ],
    [
      'a list change without its type',
      'Set-HostedConnectionFilterPolicy',
      { Identity: 'Default', IPAllowList: { Add: [ip] } },
      'JObject',
    ],
    [
      'a list change with another key',
      'Set-HostedConnectionFilterPolicy',
      { Identity: 'Default', IPAllowList: { ...hashTable({}), Replace: [ip] } },
      'transformation',
    ],
  ])('is refused with %s', async (_what, cmdlet, parameters, said) => {
    const answer = await client.call(cmdlet, parameters)
    expect(answer.text).toContain(said)
    expect(answer.status === 400 || answer.body['@adminapi.errors'] !== undefined).toBe(true)
  })

  it('is known in any case, as are its parameters', async () => {
    expect(await client.rows('get-transportrule', { identity: 'Encrypt on demand' })).toHaveLength(1)
  })

  it('asks back instead of acting when it is told to confirm', async () => {
    const answer = await client.call('Remove-TransportRule', { Identity: 'Encrypt on demand', Confirm: true })
    expect(answer.body['@adminapi.confirmationmessage']).toBeTypeOf('string')
    expect(await client.rows('Get-TransportRule', { Identity: 'Encrypt on demand' })).toHaveLength(1)
  })
})

describe('WhatIf', () => {
  it('is no dry run here: whether the service honours it is not known', async () => {
    await client.rows('Remove-TransportRule', { Identity: 'Newsletters past the spam filter', WhatIf: true })
    const rules = await client.rows('Get-TransportRule')
    expect(rules.map(({ Name }) => Name)).not.toContain('Newsletters past the spam filter')
  })
})

describe('errors', () => {
  it('put their text in different places, and always with their type', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `absent ${index}`)
    const answers = await Promise.all(
      names.map((Identity) => client.call('Remove-TransportRule', { Identity })),
    )
    for (const { text } of answers)
      expect(text).toContain('|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|')
    const places = answers.map(({ text, status }) =>
      [
        status,
        text.includes('"details"'),
        text.includes('internalexception'),
        text.includes('internalException'),
        text.includes('@adminapi.errors'),
        /Ex[0-9A-F]{6}\|/.test(text),
      ].join(),
    )
    expect(new Set(places).size).toBeGreaterThanOrEqual(5)
  })

  it('look alike each time for the same request', async () => {
    const first = await client.call('Remove-TransportRule', { Identity: 'absent' })
    const second = await client.call('Remove-TransportRule', { Identity: 'absent' })
    expect(second.text).toBe(first.text)
  })
})

describe('rows', () => {
  it('hold every property of their kind, and marks that name the types', async () => {
    const [rule = {}] = await client.rows('Get-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    const names = Object.keys(rule).filter((name) => !name.includes('@'))
    expect(names).toHaveLength(200)
    expect(rule).toMatchObject({
      'WhenChanged@data.type': 'System.DateTime',
      'Priority@data.type': 'System.Int32',
      'RecipientDomainIs@odata.type': '#Collection(String)',
      StopRuleProcessing: true,
      HasSenderOverride: false,
      SentTo: null,
      Identity: 'Perception Point Redirect Rule',
    })
    expect(rule.WhenChanged).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$/)
    expect(rule.ImmutableId).toBe(rule.Guid)
  })

  it('hold empty lists where connectors have none, and null where rules have none', async () => {
    const [connector = {}] = await client.rows('Get-OutboundConnector', {
      Identity: 'Perception Point Scanning',
    })
    expect(connector.RecipientDomains).toEqual([])
    expect(connector).not.toHaveProperty('SenderIPAddresses')
    expect(connector.LastValidationTimestamp).toMatch(/\d$/)
    const [inbound = {}] = await client.rows('Get-InboundConnector')
    expect(inbound.WhenChangedUTC).toMatch(/\.\d{7}Z$/)
    expect(Object.keys(inbound).filter((name) => !name.includes('@'))).toHaveLength(42)
  })

  it('can be reduced to chosen properties', async () => {
    const { endpoints } = sandbox
    const url = `${endpoints.exchangeUrl}/adminapi/beta/${endpoints.tenantId}/InvokeCommand?$select=Name,Guid`
    const { rows } = await client.call('Get-InboundConnector', {}, { url })
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['Guid', 'Name'])
  })

  it('are one empty row where there is no trusted sealer', async () => {
    await sandbox.control.reset({ scenario: 'clean' })
    const answer = await client.call('Get-ArcConfig')
    expect(answer.body.value).toEqual([null])
  })
})
