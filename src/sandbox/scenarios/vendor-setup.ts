import { vendorAddresses } from './addresses.ts'
import { add, type Seed } from './seed.ts'
import { smartHosts } from './smart-hosts.ts'

/** The set-up that the vendor's onboarding leaves in a tenant, as far as it is known; the rest is made up. */
export const vendorNames = {
  redirect: 'Perception Point Redirect Rule',
  spam: 'Perception Point Spam Rule',
  junkHigh: 'Send Office 365 spam emails to Junk folder (High)',
  junkLow: 'Send Office 365 spam emails to Junk folder (Low)',
  inbound: 'Disable IP Throttling on Perception Point Connector',
  outbound: 'Perception Point Scanning',
} as const

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
