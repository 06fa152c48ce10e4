import fc from 'fast-check'
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

const rule = (properties: JsonObject) =>
  object({ RuleSubType: 'None', State: 'Enabled', SetSCL: 6, ...properties })

function reasons(rebuilt: ReturnType<typeof transportRule.rebuild>): readonly string[] {
  return 'notRebuildable' in rebuilt ? rebuilt.notRebuildable : []
}

describe('a rule', () => {
  it('is made disabled, without place, defaults and what the service works out', () => {
    const made = transportRule.rebuild(
      rule({
        Priority: 3,
        Mode: 'Enforce',
        SCLOver: '7',
        SetSCL: '9',
        FromScope: 'NotInOrganization',
        RecipientDomainIs: ['b.example', 'a.example'],
        MessageSizeOver: '8 KB (8,192 bytes)',
        ActivationDate: '2026-01-01T00:00:00.0000000+01:00',
        RouteMessageOutboundConnector: 'Perception Point Scanning',
        HasSenderOverride: false,
        DeleteMessage: false,
        Conditions: ['A.FromScopePredicate'],
        WhenChanged: '2026-07-23T21:51:45.0000000+00:00',
        RuleVersion: { Major: 14 },
      }),
    )
    expect(made).toEqual([
      {
        command: 'New-TransportRule',
        parameters: {
          Name: 'X',
          Enabled: false,
          Mode: 'Enforce',
          SCLOver: 7,
          SetSCL: 9,
          FromScope: 'NotInOrganization',
          RecipientDomainIs: ['b.example', 'a.example'],
          MessageSizeOver: 8192,
          ActivationDate: '2025-12-31T23:00:00Z',
          RouteMessageOutboundConnector: 'Perception Point Scanning',
        },
      },
    ])
  })

  it.each<[string, JsonObject]>([
    ['ContentMatchesPrompt', { ContentMatchesPrompt: ['x'] }],
    ['ExceptIfContentMatchesPromptVerdict', { ExceptIfContentMatchesPromptVerdict: 'x' }],
    ['HasSenderOverride', { HasSenderOverride: true }],
    ['MessageContainsDataClassifications', { MessageContainsDataClassifications: [{ name: 'x' }] }],
    ['DlpPolicy', { DlpPolicy: 'x' }],
    ['SenderNotificationType', { SenderNotificationType: 'NotifyOnly' }],
    ['RuleSubType', { RuleSubType: 'Dlp' }],
    ['MadeByMicrosoftTomorrow', { MadeByMicrosoftTomorrow: 'on' }],
    ['SubjectContainsWords', { SubjectContainsWords: ['<REDACTED:a1>'] }],
    ['HeaderContainsWords', { HeaderContainsMessageHeader: 'X-A' }],
    ['ExceptIfHeaderMatchesMessageHeader', { ExceptIfHeaderMatchesPatterns: ['a'] }],
    ['ADComparisonAttribute', { ADComparisonOperator: 'Equal' }],
    ['SetHeaderName', { SetHeaderValue: 'x' }],
    [
      'configuration: too old',
      { IsRuleConfigurationSupported: false, RuleConfigurationUnsupportedReason: 'too old' },
    ],
    ['1 conditions, and only 0', { Conditions: ['A.FromScopePredicate'] }],
    ['2 exceptions, and only 1', { Exceptions: ['A', 'B'], ExceptIfFrom: ['a@b.example'] }],
  ])('that cannot come back as it is says why: %s', (name, properties) => {
    const [reason, ...others] = reasons(transportRule.rebuild(rule(properties)))
    expect(reason).toContain(name)
    expect(others).toEqual([])
  })

  it('says every reason', () => {
    expect(reasons(transportRule.rebuild(rule({ DlpPolicy: 'x', RuleSubType: 'Dlp' })))).toHaveLength(2)
  })

  it('is the same thing at another place, at another time, over another transport', () => {
    const one = rule({
      Priority: 1,
      WhenChanged: 'a',
      SubjectContainsWords: ['b', 'a'],
      MessageSizeOver: '8 KB (8,192 bytes)',
      SCLOver: 5,
      From: null,
    })
    const other = rule({
      Priority: 7,
      WhenChanged: 'b',
      SubjectContainsWords: ['a', 'b'],
      MessageSizeOver: 8192,
      SCLOver: '5',
      Quarantine: false,
      SentTo: [],
    })
    expect(JSON.stringify(transportRule.writable(one))).toBe(JSON.stringify(transportRule.writable(other)))
  })

  it.each<JsonObject>([
    { Name: 'Y' },
    { State: 'Disabled' },
    { RouteMessageOutboundConnector: 'C' },
    { SetSCL: 7 },
    { Comments: 'x' },
    { ExceptIfSenderIpRanges: ['192.0.2.1'] },
    { ContentMatchesPrompt: ['x'] },
    { MadeByMicrosoftTomorrow: 'on' },
  ])('is another thing with %j', (change) => {
    expect(transportRule.writable(rule(change))).not.toEqual(transportRule.writable(rule({})))
  })

  it('is made at the place that is asked for', () => {
    const call = { command: 'New-TransportRule', parameters: { Name: 'X' } }
    expect(transportRule.place?.(call, 4)).toEqual({
      command: 'New-TransportRule',
      parameters: { Name: 'X', Priority: 4 },
    })
  })

  it('keeps any text that people may write', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/redacted/i.test(text)),
        (text) => {
          const made = transportRule.rebuild(
            rule({ Name: text, SubjectContainsWords: [text], Comments: text }),
          )
          expect(made).toMatchObject([
            { parameters: { Name: text, SubjectContainsWords: [text], Comments: text } },
          ])
        },
      ),
    )
  })
})

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
