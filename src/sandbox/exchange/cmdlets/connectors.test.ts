import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../model/json.ts'
import { type Sandbox, startSandbox } from '../../start.ts'
import { getToken, type RawClient, rawClient } from '../../test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

const scanning = 'Perception Point Scanning'
const redirect = 'Perception Point Redirect Rule'
const referenced = 'ConnectorIncorrectUsageConnectorStillReferencedException'

async function connector(cmdlet: string, Identity: string): Promise<JsonObject> {
  const [found = {}] = await client.rows(cmdlet, { Identity })
  return found
}

describe('an outbound connector that a rule names', () => {
  it.each<[string, string, JsonObject]>([
    ['removed', 'Remove-OutboundConnector', {}],
    ['disabled', 'Set-OutboundConnector', { Enabled: false }],
    ['renamed', 'Set-OutboundConnector', { Name: 'Other' }],
    ['taken from rules', 'Set-OutboundConnector', { IsTransportRuleScoped: false }],
  ])('cannot be %s, even while the rule is disabled', async (_what, cmdlet, parameters) => {
    expect((await client.call(cmdlet, { Identity: scanning, ...parameters })).text).toContain(referenced)
    await client.rows('Disable-TransportRule', { Identity: redirect })
    const before = await connector('Get-OutboundConnector', scanning)
    expect((await client.call(cmdlet, { Identity: String(before.Guid), ...parameters })).text).toContain(
      referenced,
    )
    expect(await connector('Get-OutboundConnector', scanning)).toEqual(before)
  })

  it('can be changed otherwise, and removed once no rule names it', async () => {
    await client.rows('Set-OutboundConnector', { Identity: scanning, Comment: 'x' })
    await client.rows('Remove-TransportRule', { Identity: redirect })
    await client.rows('Remove-OutboundConnector', { Identity: scanning })
    expect((await client.call('Get-OutboundConnector', { Identity: scanning })).text).toContain(
      'ManagementObjectNotFoundException',
    )
  })
})

describe('a new outbound connector', () => {
  const smart = { SmartHosts: ['mx.example'], UseMXRecord: false }
  it.each<[string, JsonObject, string]>([
    [
      'with a name in use',
      { Name: scanning.toLowerCase(), ...smart },
      'ErrorOutboundConnectorAlreadyExistsException',
    ],
    ['without a way', { Name: 'A', UseMXRecord: false }, 'Smart hosts are needed'],
    [
      'on premises by MX',
      { Name: 'A', ConnectorType: 'OnPremises', UseMXRecord: true },
      'cannot use the MX record',
    ],
    [
      'with a TLS domain for nothing',
      { Name: 'A', ...smart, TlsDomain: 'mx.example', TlsSettings: 'EncryptionOnly' },
      'go together',
    ],
    [
      'with domain validation of no domain',
      { Name: 'A', ...smart, TlsSettings: 'DomainValidation' },
      'go together',
    ],
    [
      'for a partner, with all accepted domains',
      { Name: 'A', ...smart, AllAcceptedDomains: true },
      'OnPremises',
    ],
    ['with what only Set- takes', { Name: 'A', ...smart, IsValidated: true }, 'ParameterBindingException'],
  ])('is refused %s', async (_what, parameters, said) => {
    expect((await client.call('New-OutboundConnector', parameters)).text).toContain(said)
  })

  it('loses its smart hosts when it goes by MX', async () => {
    const [made = {}] = await client.rows('New-OutboundConnector', {
      Name: 'A',
      SmartHosts: ['mx.example'],
      UseMXRecord: true,
    })
    expect(made).toMatchObject({
      SmartHosts: [],
      UseMXRecord: true,
      Enabled: true,
      ConnectorSource: 'Default',
    })
  })

  it('is validated by a second call', async () => {
    await client.rows('New-OutboundConnector', { Name: 'A', ...smart })
    await client.rows('Set-OutboundConnector', {
      Identity: 'A',
      IsValidated: true,
      LastValidationTimestamp: '2026-03-11T09:24:51Z',
      ValidationRecipients: ['admin@contoso.com'],
    })
    expect(await connector('Get-OutboundConnector', 'A')).toMatchObject({
      IsValidated: true,
      ValidationRecipients: ['admin@contoso.com'],
    })
  })
})

describe('the list of outbound connectors', () => {
  it('has those for rules only, the others only, or both, and test ones only on demand', async () => {
    await sandbox.control.reset({ scenario: 'leftovers' })
    const names = async (parameters: JsonObject): Promise<readonly string[]> =>
      (await client.rows('Get-OutboundConnector', parameters)).map(({ Name }) => String(Name))
    const test = 'Perception Point Scanning_Test_638412345678901234'
    expect(await names({})).toEqual([scanning, 'Contoso archive gateway', 'Outbound to on-premises'])
    expect(await names({ IsTransportRuleScoped: true })).toEqual([scanning, 'Contoso archive gateway'])
    expect(await names({ IsTransportRuleScoped: false })).toEqual(['Outbound to on-premises'])
    expect(await names({ IncludeTestModeConnectors: true })).toContain(test)
  })
})

describe('an inbound connector', () => {
  const base = { Name: 'A', SenderDomains: ['adatum.example'] }
  it.each<[string, JsonObject, string]>([
    [
      'with a name in use',
      { ...base, Name: 'inbound from on-premises' },
      'ErrorInboundConnectorAlreadyExistsException',
    ],
    [
      'with a range of addresses',
      { ...base, SenderIPAddresses: ['203.0.113.1-203.0.113.9'] },
      'valid sender address',
    ],
    ['with too wide a network', { ...base, SenderIPAddresses: ['203.0.0.0/16'] }, 'valid sender address'],
    ['with an IPv6 address', { ...base, SenderIPAddresses: ['2001:db8::1'] }, 'valid sender address'],
    ['without a domain', { Name: 'A' }, 'missing mandatory parameters: SenderDomains'],
    ['of a partner, as internal', { ...base, TreatMessagesAsInternal: true }, 'TreatMessagesAsInternal'],
  ])('is refused %s', async (_what, parameters, said) => {
    expect((await client.call('New-InboundConnector', parameters)).text).toContain(said)
  })

  it.each(['*', 'smtp:*;1', 'SMTP:*;1'])('keeps the sender domain %s as an address space', async (domain) => {
    const [made = {}] = await client.rows('New-InboundConnector', { Name: 'A', SenderDomains: [domain] })
    expect(made.SenderDomains).toEqual(['smtp:*;1'])
  })

  it('of type OnPremises is made disabled, with a warning, and cannot be enabled', async () => {
    const answer = await client.call('New-InboundConnector', {
      ...base,
      ConnectorType: 'OnPremises',
      Enabled: true,
    })
    expect(answer.body['@adminapi.warnings']?.[0]).toContain('Contact Support')
    expect(answer.rows[0]).toMatchObject({ Enabled: false, ConnectorType: 'OnPremises' })
    expect((await client.call('Set-InboundConnector', { Identity: 'A', Enabled: true })).text).toContain(
      'Contact Support',
    )
  })

  it('that shares addresses with another is made with a warning', async () => {
    const answer = await client.call('New-InboundConnector', { ...base, SenderIPAddresses: ['203.0.113.77'] })
    expect(answer.body['@adminapi.warnings']?.[0]).toContain('overlap')
    expect(answer.rows[0]).toMatchObject({ Enabled: true, SenderIPAddresses: ['203.0.113.77'] })
  })

  it('does not overlap with itself', async () => {
    const answer = await client.call('Set-InboundConnector', {
      Identity: 'Partner mail from Fabrikam',
      SenderIPAddresses: ['198.51.100.0/24', '203.0.113.200'],
    })
    expect(answer.body['@adminapi.warnings']).toBeUndefined()
  })

  it('is removed by its id, whoever else has addresses in common', async () => {
    const { Guid } = await connector(
      'Get-InboundConnector',
      'Disable IP Throttling on Perception Point Connector',
    )
    expect((await client.call('Remove-InboundConnector', { Identity: String(Guid) })).body.value).toEqual([])
    expect(await client.rows('Get-InboundConnector')).toHaveLength(3)
  })

  it('warns when nothing was changed', async () => {
    const answer = await client.call('Set-InboundConnector', {
      Identity: 'Partner mail from Fabrikam',
      RequireTls: true,
    })
    expect(answer.body['@adminapi.warnings']?.[0]).toContain('no settings of')
  })
})
