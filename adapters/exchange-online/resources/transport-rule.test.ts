import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/model/json.ts'
import type { TenantObject } from '../../../src/model/resource.ts'
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
