import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/model/json.ts'
import type { TenantObject } from '../../../src/model/resource.ts'
import { inboundConnector } from './inbound-connector.ts'
import { outboundConnector } from './outbound-connector.ts'

const guid = '0f000000-0000-4000-8000-00000000000a'

function object(properties: JsonObject): TenantObject {
  const named = { Name: 'X', Guid: guid, ...properties }
  return { guid, name: named.Name, properties: named }
}

function reasons(rebuilt: ReturnType<typeof inboundConnector.rebuild>): readonly string[] {
  return 'notRebuildable' in rebuilt ? rebuilt.notRebuildable : []
}

describe('an inbound connector', () => {
  const connector = (properties: JsonObject) =>
    object({
      Enabled: false,
      ConnectorType: 'Partner',
      ConnectorSource: 'AdminUI',
      SenderDomains: ['smtp:*;1'],
      SenderIPAddresses: ['192.0.2.1'],
      RequireTls: true,
      RestrictDomainsToIPAddresses: false,
      EFSkipLastIP: false,
      TreatMessagesAsInternal: false,
      Comment: '',
      ...properties,
    })

  it('is made with every switch that leaving out may turn', () => {
    expect(inboundConnector.rebuild(connector({}))).toEqual([
      {
        command: 'New-InboundConnector',
        parameters: {
          Name: 'X',
          Enabled: false,
          ConnectorType: 'Partner',
          SenderDomains: ['smtp:*;1'],
          SenderIPAddresses: ['192.0.2.1'],
          RequireTls: true,
          RestrictDomainsToIPAddresses: false,
          EFSkipLastIP: false,
        },
      },
    ])
  })

  it.each<[string, JsonObject]>([
    ['OnPremises', { ConnectorType: 'OnPremises' }],
    ['SenderDomains', { SenderDomains: [] }],
    ['Tomorrow', { Tomorrow: true }],
  ])('that cannot come back says why: %s', (name, properties) => {
    expect(reasons(inboundConnector.rebuild(connector(properties)))).toEqual([expect.stringContaining(name)])
  })

  it('keeps a source that can be given', () => {
    expect(inboundConnector.rebuild(connector({ ConnectorSource: 'HybridWizard' }))).toMatchObject([
      { parameters: { ConnectorSource: 'HybridWizard' } },
    ])
  })

  it('has one spelling for its domains', () => {
    expect(inboundConnector.writable(connector({ SenderDomains: ['*'] }))).toEqual(
      inboundConnector.writable(connector({})),
    )
  })
})

describe('an outbound connector', () => {
  const connector = (properties: JsonObject) =>
    object({
      Enabled: true,
      UseMXRecord: false,
      SmartHosts: ['mx.example'],
      TlsSettings: 'EncryptionOnly',
      TlsDomain: null,
      IsTransportRuleScoped: true,
      ...properties,
    })

  it('is validated by a second call', () => {
    const made = outboundConnector.rebuild(
      connector({
        ValidationRecipients: ['a@contoso.com'],
        IsValidated: true,
        LastValidationTimestamp: '2026-07-24T18:59:12.0000000',
      }),
    )
    expect(made).toEqual([
      {
        command: 'New-OutboundConnector',
        parameters: {
          Name: 'X',
          Enabled: true,
          UseMXRecord: false,
          SmartHosts: ['mx.example'],
          TlsSettings: 'EncryptionOnly',
          IsTransportRuleScoped: true,
        },
      },
      {
        command: 'Set-OutboundConnector',
        parameters: {
          Identity: 'X',
          ValidationRecipients: ['a@contoso.com'],
          IsValidated: true,
          LastValidationTimestamp: '2026-07-24T18:59:12Z',
        },
      },
    ])
  })

  it('has no smart hosts when it uses MX records', () => {
    const made = outboundConnector.rebuild(connector({ UseMXRecord: true }))
    expect(made).toMatchObject([{ parameters: { UseMXRecord: true } }])
    expect(JSON.stringify(made)).not.toContain('SmartHosts')
  })

  it.each<[string, JsonObject]>([
    ['SmartHosts', { SmartHosts: [] }],
    ['TlsDomain', { TlsSettings: null, TlsDomain: 'a.example' }],
  ])('that cannot come back says why: %s', (name, properties) => {
    expect(reasons(outboundConnector.rebuild(connector(properties)))).toEqual([expect.stringContaining(name)])
  })

  it('is the same whenever it was validated', () => {
    expect(outboundConnector.writable(connector({ LastValidationTimestamp: 'x' }))).toEqual(
      outboundConnector.writable(connector({})),
    )
  })
})
