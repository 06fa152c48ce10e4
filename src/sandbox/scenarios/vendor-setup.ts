import type { RegionId } from '../../model/words.ts'
import { add, type Seed } from './seed.ts'

/** The set-up that the vendor's onboarding leaves in a tenant, as far as it is known; the rest is made up. */
export const vendorNames = {
  redirect: 'Perception Point Redirect Rule',
  spam: 'Perception Point Spam Rule',
  junkHigh: 'Send Office 365 spam emails to Junk folder (High)',
  junkLow: 'Send Office 365 spam emails to Junk folder (Low)',
  inbound: 'Disable IP Throttling on Perception Point Connector',
  outbound: 'Perception Point Scanning',
} as const

export const multiRegionAddress = '52.12.169.124'

export const addresses: Readonly<Record<RegionId, readonly string[]>> = {
  us: ['3.81.182.154', '3.93.155.149', '3.95.118.12', '3.95.142.181', '54.227.64.76'],
  eu: ['99.81.216.78', '34.249.190.60', '108.128.137.108', '99.80.189.20'],
  au: ['13.236.255.231', '54.66.125.250'],
}

const smartHosts: Readonly<Record<RegionId, string>> = {
  us: 'inbound-smtp.us-east-1.amazonaws.com',
  eu: 'inbound-smtp.eu-west-1.amazonaws.com',
  au: 'inbound-smtp.ap-southeast-2.amazonaws.com',
}

/** The vendor's addresses in these regions, the multi-region one last. */
export function vendorAddresses(regions: readonly RegionId[]): readonly string[] {
  return [...regions.flatMap((region) => addresses[region]), multiRegionAddress]
}

/** An address of the first region. */
export function someAddress(seed: Seed): string {
  return addresses[seed.regions[0] ?? 'us'][0] ?? multiRegionAddress
}

function addRules(seed: Seed, sources: readonly string[]): void {
  add(seed, 'transport-rule', vendorNames.redirect, {
    FromScope: 'NotInOrganization',
    RecipientDomainIs: ['contoso.com'],
    RouteMessageOutboundConnector: vendorNames.outbound,
    ExceptIfSenderIpRanges: [...sources],
    StopRuleProcessing: true,
    Comments: 'Sends inbound mail to the scanner.',
  })
  add(seed, 'transport-rule', vendorNames.spam, {
    HeaderContainsMessageHeader: 'X-PERCEPTION-POINT-SPAM',
    HeaderContainsWords: ['FAIL'],
    SetSCL: 6,
  })
  add(seed, 'transport-rule', vendorNames.junkHigh, { SCLOver: 7, SetSCL: 9 })
  add(seed, 'transport-rule', vendorNames.junkLow, { SCLOver: 5, SetSCL: 6 })
}

function addConnectors(seed: Seed, sources: readonly string[]): void {
  add(seed, 'inbound-connector', vendorNames.inbound, {
    ConnectorSource: 'AdminUI',
    SenderDomains: ['smtp:*;1'],
    SenderIPAddresses: [...sources],
    RequireTls: true,
  })
  add(seed, 'outbound-connector', vendorNames.outbound, {
    ConnectorSource: 'AdminUI',
    IsTransportRuleScoped: true,
    SmartHosts: seed.regions.map((region) => smartHosts[region]),
    TlsSettings: 'EncryptionOnly',
    IsValidated: true,
    LastValidationTimestamp: '2026-03-11T09:24:51.0000000',
    ValidationRecipients: ['admin@contoso.com'],
  })
}

/** Puts the vendor's objects first, so that the customer's come between them when they are added by place. */
export function addVendorSetup(seed: Seed): void {
  const sources = vendorAddresses(seed.regions)
  add(seed, 'connection-filter-policy', 'Default', {
    IPAllowList: [...sources],
    EnableSafeList: true,
  })
  addRules(seed, sources)
  addConnectors(seed, sources)
}
