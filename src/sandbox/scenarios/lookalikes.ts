import type { RegionId } from '../../model/words.ts'
import { putRecords } from '../tenant/dns-change.ts'
import { addresses, someAddress, vendorAddresses } from './addresses.ts'
import type { Scenario } from './scenario.ts'
import { add, edit, rename } from './seed.ts'
import { vendorNames } from './vendor-setup.ts'

const policy = 'connection-filter-policy'
const nextRegion: Readonly<Record<RegionId, RegionId>> = { us: 'eu', eu: 'au', au: 'us' }

function otherAddresses(regions: readonly RegionId[]): readonly string[] {
  const other = nextRegion[regions.at(-1) ?? 'us']
  return regions.includes(other) ? [] : addresses[other]
}

/** Objects that are like the vendor's and not surely so, and what stands in the way. */
export const lookalikeScenarios = {
  'same-names': {
    description: 'rules with the vendor’s names and other content',
    change(seed) {
      const kind = 'transport-rule'
      edit(seed, kind, vendorNames.redirect, {
        RouteMessageOutboundConnector: null,
        PrependSubject: '[checked] ',
      })
      edit(seed, kind, vendorNames.spam, {
        HeaderContainsMessageHeader: 'X-Spam-Flag',
        HeaderContainsWords: ['YES'],
      })
      edit(seed, kind, vendorNames.junkHigh, {
        SetSCL: null,
        SetHeaderName: 'X-Junk',
        SetHeaderValue: 'high',
      })
      edit(seed, kind, vendorNames.junkLow, { SenderDomainIs: ['example.net'] })
    },
  },
  'renamed-redirect': {
    description: 'the redirect rule has a name of the customer’s',
    change: (seed) => rename(seed, 'transport-rule', vendorNames.redirect, 'Scanner redirect (do not touch)'),
  },
  'routing-rule': {
    description: 'a rule of the customer’s routes to the vendor’s connector too',
    change: (seed) =>
      add(seed, 'transport-rule', 'Board mail to the scanner', {
        RecipientAddressContainsWords: ['board'],
        RouteMessageOutboundConnector: vendorNames.outbound,
      }),
  },
  'disabled-routing-rule': {
    description: 'a disabled rule of the customer’s names the vendor’s connector',
    change: (seed) =>
      add(seed, 'transport-rule', 'Board mail to the scanner', {
        RecipientAddressContainsWords: ['board'],
        RouteMessageOutboundConnector: vendorNames.outbound,
        State: 'Disabled',
      }),
  },
  'address-ranges': {
    description: 'vendor addresses inside a CIDR and a range of the allow list',
    change(seed) {
      const [first = '', second = '', ...rest] = vendorAddresses(seed.regions)
      const network = first.replace(/\.\d+$/, '.0/24')
      const range = second.replace(/\.\d+$/, (last) => `.${Number(last.slice(1)) - 1}`)
      edit(seed, policy, 'Default', { IPAllowList: [network, `${range}-${second}`, ...rest] })
    },
  },
  'mixed-regions': {
    description: 'the allow list holds addresses of another region of the vendor too',
    change: (seed) =>
      edit(seed, policy, 'Default', {
        IPAllowList: [...vendorAddresses(seed.regions), ...otherAddresses(seed.regions).slice(0, 2)],
      }),
  },
  'other-region': {
    description: 'all addresses are those of another region of the vendor',
    change(seed) {
      const theirs = [...otherAddresses(seed.regions)]
      seed.trace = { ...seed.trace, vendorAddresses: theirs }
      edit(seed, policy, 'Default', { IPAllowList: theirs })
      edit(seed, 'inbound-connector', vendorNames.inbound, { SenderIPAddresses: theirs })
      edit(seed, 'transport-rule', vendorNames.redirect, { ExceptIfSenderIpRanges: theirs })
    },
  },
  'foreign-addresses': {
    description: 'the vendor’s inbound connector also serves an address of somebody else',
    change: (seed) =>
      edit(seed, 'inbound-connector', vendorNames.inbound, {
        SenderIPAddresses: [...vendorAddresses(seed.regions), '203.0.113.60'],
      }),
  },
  'own-smart-host': {
    description: 'the vendor’s outbound connector sends to a host of the customer’s',
    change: (seed) =>
      edit(seed, 'outbound-connector', vendorNames.outbound, { SmartHosts: ['relay.contoso.com'] }),
  },
  'vendor-host-elsewhere': {
    description: 'a connector of another name sends to a host of the vendor’s',
    change: (seed) =>
      add(seed, 'outbound-connector', 'Outbound scanning', {
        IsTransportRuleScoped: true,
        SmartHosts: ['out.eu.perception-point.io'],
        TlsSettings: 'EncryptionOnly',
      }),
  },
  'on-premises-inbound': {
    description: 'the vendor’s inbound connector is of type OnPremises, which cannot be made again as it was',
    change: (seed) => edit(seed, 'inbound-connector', vendorNames.inbound, { ConnectorType: 'OnPremises' }),
  },
  'locked-inbound': {
    description: 'the vendor’s inbound connector refuses all mail that does not come through it',
    change: (seed) =>
      edit(seed, 'inbound-connector', vendorNames.inbound, { RestrictDomainsToIPAddresses: true }),
  },
  leftovers: {
    description: 'things of the vendor in every place outside its procedure',
    change(seed) {
      const address = someAddress(seed.regions)
      add(seed, 'outbound-connector', 'Perception Point Scanning_Test_638412345678901234', {
        IsTransportRuleScoped: true,
        TestMode: true,
        SmartHosts: ['inbound-smtp.us-east-1.amazonaws.com'],
      })
      add(seed, 'transport-rule', 'Trust the scanner', { SenderIpRanges: [address], SetSCL: -1 })
      add(seed, 'allow-block-entry', 'support@perception-point.io', {
        Value: 'support@perception-point.io',
        Action: 'Allow',
        ListType: 'Sender',
      })
      add(seed, 'spoof-entry', 'contoso.com, perception-point.io', {
        SpoofedUser: 'contoso.com',
        SendingInfrastructure: 'perception-point.io',
      })
      add(seed, 'journal-rule', 'Scanner journal', {
        JournalEmailAddress: 'journal@contoso.perception-point.io',
      })
      edit(seed, 'transport-config', 'Transport Settings', {
        InternalSMTPServers: [address],
        JournalingReportNdrTo: 'ndr@contoso.perception-point.io',
      })
      edit(seed, 'anti-phish-policy', 'Office365 AntiPhish Default', {
        ExcludedDomains: ['perception-point.io'],
      })
      edit(seed, 'safe-links-policy', 'Built-In Protection Policy', {
        DoNotRewriteUrls: ['https://intranet.contoso.com/*', '*.perception-point.io/*'],
      })
      add(seed, 'phish-sim-policy', 'PhishSimOverridePolicy', {})
      add(seed, 'phish-sim-rule', '_Exe:PhishSimOverr:1', {
        Policy: 'PhishSimOverridePolicy',
        SenderIpRanges: [address],
        Domains: ['perception-point.io'],
      })
      add(seed, 'sec-ops-policy', 'SecOpsOverridePolicy', { SentTo: ['soc@contoso.com'] })
      add(seed, 'remote-domain', 'Scanner', {
        DomainName: 'perception-point.io',
        TrustedMailInboundEnabled: true,
      })
      putRecords(seed.dns, {
        name: 'contoso.com',
        type: 'TXT',
        ttl: 300,
        values: ['"v=spf1 include:spf.protection.outlook.com include:spf.perception-point.io -all"'],
      })
    },
  },
} as const satisfies Record<string, Scenario>
