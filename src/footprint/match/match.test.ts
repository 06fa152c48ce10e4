import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { buildFootprint } from '../footprint.ts'
import { matchAllowListEntry, regionOf } from './allow-list-entry.ts'
import { matchInboundConnector } from './inbound-connector.ts'
import { matchOutboundConnector } from './outbound-connector.ts'
import { matchRule } from './rule.ts'

function object(name: string, properties: JsonObject): TenantObject {
  return { guid: `guid of ${name}`, name, properties: { Name: name, ...properties } }
}

const scanning = object('Perception Point Scanning', { Enabled: true, SmartHosts: ['scan.example.net'] })
const partner = object('Partner', { Enabled: true, SmartHosts: ['mx.partner.example'] })

function context(hosts: readonly string[] = []): MatchContext {
  return {
    footprint: buildFootprint(['eu'], {
      rules: [],
      connectors: [],
      hosts,
      addresses: [],
      apps: [],
      clients: [],
    }),
    survey: {
      takenAt: '2026-11-24T08:00:00.000Z',
      tenant: {
        id: '11111111-1111-4111-8111-111111111111',
        name: 'contoso.onmicrosoft.com',
        domains: [{ name: 'contoso.com', initial: false }],
      },
      objects: new Map([['outbound-connector', { ok: true, value: [scanning, partner] }]]),
    },
  }
}

const junkHigh = {
  SetSCL: 9,
  SCLOver: 7,
  Actions: ['…SetSclAction'],
  Conditions: ['…SclOverPredicate'],
  Exceptions: null,
}

describe('rules: known name and known content together', () => {
  test.each<[string, string, JsonObject, string]>([
    [
      'the redirect',
      'Perception Point Redirect Rule',
      { RouteMessageOutboundConnector: 'perception point scanning' },
      'vendor',
    ],
    [
      'in other case and spaces',
      'perception  point REDIRECT rule',
      { RouteMessageOutboundConnector: 'Perception Point Scanning' },
      'vendor',
    ],
    [
      'routing to a distinguished name',
      'Perception Point Redirect Rule',
      { RouteMessageOutboundConnector: 'CN=Perception Point Scanning,CN=Transport Settings,DC=example' },
      'vendor',
    ],
    [
      'routing to a distinguished name of another connector',
      'Perception Point Redirect Rule',
      { RouteMessageOutboundConnector: 'CN=Partner\\, CN=Perception Point Scanning,DC=example' },
      'lookalike',
    ],
    [
      'routing to a GUID',
      'Perception Point Redirect Rule',
      { RouteMessageOutboundConnector: 'GUID OF Perception Point Scanning' },
      'vendor',
    ],
    [
      'an older spelling',
      'Perception Point/FortiMail Redirect Rule',
      { RouteMessageOutboundConnector: 'Perception Point Scanning' },
      'vendor',
    ],
    [
      'its name, routing elsewhere',
      'Perception Point Redirect Rule',
      { RouteMessageOutboundConnector: 'Partner' },
      'lookalike',
    ],
    ['its name, routing nowhere', 'Perception Point Redirect Rule', {}, 'lookalike'],
    [
      'another name that routes there',
      'Our redirect',
      { RouteMessageOutboundConnector: 'Perception Point Scanning' },
      'lookalike',
    ],
    [
      'another name that routes elsewhere',
      'Our redirect',
      { RouteMessageOutboundConnector: 'Partner' },
      'other',
    ],
    [
      'the spam rule',
      'Perception Point Spam Rule',
      { HeaderContainsMessageHeader: 'X-Perception-Point-Spam' },
      'vendor',
    ],
    [
      'the spam rule by pattern',
      'Perception Point Spam Rule',
      { HeaderMatchesMessageHeader: ['X-PERCEPTION-POINT-SPAM'] },
      'vendor',
    ],
    [
      'its name, another header',
      'Perception Point Spam Rule',
      { HeaderContainsMessageHeader: 'X-Other' },
      'lookalike',
    ],
    ['the high junk rule', 'Send Office 365 spam emails to Junk folder (High)', junkHigh, 'vendor'],
    ['its older spelling', 'Send Office365 spam emails to junk folder (High)', junkHigh, 'vendor'],
    [
      'another level',
      'Send Office 365 spam emails to Junk folder (High)',
      { ...junkHigh, SetSCL: 6 },
      'lookalike',
    ],
    [
      'the low name with the high content',
      'Send Office 365 spam emails to Junk folder (Low)',
      junkHigh,
      'lookalike',
    ],
    [
      'two actions',
      'Send Office 365 spam emails to Junk folder (High)',
      { ...junkHigh, Actions: ['a', 'b'] },
      'lookalike',
    ],
    [
      'two conditions',
      'Send Office 365 spam emails to Junk folder (High)',
      { ...junkHigh, Conditions: ['a', 'b'] },
      'lookalike',
    ],
    [
      'an exception',
      'Send Office 365 spam emails to Junk folder (High)',
      { ...junkHigh, Exceptions: ['a'] },
      'lookalike',
    ],
    [
      'another condition',
      'Send Office 365 spam emails to Junk folder (High)',
      { ...junkHigh, SCLOver: null },
      'lookalike',
    ],
    [
      'a level sent as text',
      'Send Office 365 spam emails to Junk folder (High)',
      { ...junkHigh, SetSCL: '9', SCLOver: '7' },
      'vendor',
    ],
    ['a rule of the customer', 'Disclaimer', { ApplyHtmlDisclaimerText: 'x' }, 'other'],
  ])('%s', (_, name, properties, verdict) => {
    expect(matchRule(object(name, properties), context()).is).toBe(verdict)
  })

  test('a host that the operator names makes its connector the vendor’s', () => {
    const rule = object('Our redirect', { RouteMessageOutboundConnector: 'Partner' })
    expect(matchRule(rule, context(['mx.partner.example'])).is).toBe('lookalike')
    expect(
      matchRule(object('Perception Point Redirect Rule', rule.properties), context(['mx.partner.example']))
        .is,
    ).toBe('vendor')
  })
})

describe('connectors: the name, and nothing that speaks against it', () => {
  const name = 'Disable IP Throttling on Perception Point Connector'

  test.each<[string, string, JsonObject, string]>([
    ['the vendor’s', name, { SenderIPAddresses: ['99.81.216.78'] }, 'vendor'],
    ['with addresses of another region', name, { SenderIPAddresses: ['3.81.182.154'] }, 'vendor'],
    ['its older spelling', 'Disable IP Throttling on PerceptionPoint Connector', {}, 'vendor'],
    ['with a foreign address', name, { SenderIPAddresses: ['99.81.216.78', '203.0.113.9'] }, 'lookalike'],
    ['that refuses all other mail', name, { RestrictDomainsToIPAddresses: true }, 'lookalike'],
    ['another name, the vendor’s address', 'Relay', { SenderIPAddresses: ['99.81.216.0/24'] }, 'lookalike'],
    ['another name, another address', 'Relay', { SenderIPAddresses: ['203.0.113.9'] }, 'other'],
  ])('inbound: %s', (_, connector, properties, verdict) => {
    expect(matchInboundConnector(object(connector, properties), context()).is).toBe(verdict)
  })

  test.each<[string, string, JsonObject, string]>([
    [
      'the vendor’s, whatever its host',
      'Perception Point Scanning',
      { SmartHosts: ['inbound-smtp.eu-west-1.amazonaws.com'] },
      'vendor',
    ],
    [
      'with a host of the customer’s',
      'Perception Point Scanning',
      { SmartHosts: ['mail.contoso.com'] },
      'lookalike',
    ],
    ['another name, the vendor’s host', 'Outbound', { SmartHosts: ['mx.perception-point.io'] }, 'lookalike'],
    [
      'another name, a shared host of Amazon’s',
      'Outbound',
      { SmartHosts: ['inbound-smtp.eu-west-1.amazonaws.com'] },
      'other',
    ],
    ['a host that only ends alike', 'Outbound', { SmartHosts: ['notperception-point.io'] }, 'other'],
    ['in test mode', 'Perception Point Scanning', { TestMode: true }, 'other'],
  ])('outbound: %s', (_, connector, properties, verdict) => {
    expect(matchOutboundConnector(object(connector, properties), context()).is).toBe(verdict)
  })
})

describe('entries of the allow list', () => {
  const { footprint } = context()

  test.each([
    ['99.81.216.78', 'vendor'],
    ['99.81.216.78/32', 'vendor'],
    ['52.12.169.124', 'vendor'],
    ['99.81.216.0/24', 'lookalike'],
    ['99.81.216.70-99.81.216.80', 'lookalike'],
    ['3.81.182.154', 'lookalike'],
    ['203.0.113.9', 'other'],
    ['2001:db8::1', 'other'],
  ])('%s is %s', (entry, verdict) => {
    expect(matchAllowListEntry(entry, footprint).is).toBe(verdict)
  })

  test('an address of another region says which', () => {
    expect(regionOf('13.236.255.231', footprint)).toBe('au')
    expect(regionOf('99.81.216.78', footprint)).toBeUndefined()
  })
})
