import { multiRegionAddress, someAddress, vendorAddresses } from './addresses.ts'
import { add, type Seed } from './seed.ts'

/** Names of the customer's own objects that tests and scenarios refer to. */
export const customerNames = {
  disclaimer: 'External sender <b>warning</b>',
  archiveRule: 'Route "Finance" mail through the archive',
  archiveConnector: 'Contoso archive gateway',
  lookalikeRule: 'Perception Point/FortiMail Redirect Rule',
  lookalikeConnector: 'Contoso scan-to-mail relay',
  partner: 'Partner mail from Fabrikam',
  quarantineRule: 'PerceptionPoint Quarantine Rule',
} as const

function addCustomerRules(seed: Seed): void {
  const kind = 'transport-rule'
  add(
    seed,
    kind,
    customerNames.disclaimer,
    {
      FromScope: 'NotInOrganization',
      SentToScope: 'InOrganization',
      ApplyHtmlDisclaimerLocation: 'Prepend',
      ApplyHtmlDisclaimerText: '<p style="color:#b00">This message came from <em>outside</em> "Contoso".</p>',
      ApplyHtmlDisclaimerFallbackAction: 'Wrap',
    },
    1,
  )
  add(
    seed,
    kind,
    'Block executable attachments',
    {
      AttachmentHasExecutableContent: true,
      RejectMessageReasonText: "Executables aren't accepted here.",
      RejectMessageEnhancedStatusCode: '5.7.1',
      StopRuleProcessing: true,
    },
    3,
  )
  add(seed, kind, customerNames.archiveRule, {
    SentToMemberOf: ['finance@contoso.com'],
    RouteMessageOutboundConnector: customerNames.archiveConnector,
    RouteMessageOutboundRequireTls: true,
  })
  add(seed, kind, 'Encrypt on demand', {
    SubjectContainsWords: ['[secure]', '[sicher]'],
    ApplyRightsProtectionTemplate: 'Encrypt',
    State: 'Disabled',
  })
  add(seed, kind, 'Newsletters past the spam filter', {
    SenderDomainIs: ['news.example.net'],
    SetSCL: -1,
    HasSenderOverride: false,
    ExceptIfHasSenderOverride: false,
    Comments: 'Agreed with marketing; see ticket 4711.',
  })
  add(seed, kind, 'Perception Point Spam Rule - Finance', {
    HeaderContainsMessageHeader: 'X-Contoso-Spam',
    HeaderContainsWords: ['yes'],
    SetSCL: 6,
  })
  add(seed, kind, customerNames.lookalikeRule, {
    FromScope: 'NotInOrganization',
    SentToMemberOf: ['pp-pilot@contoso.com'],
    PrependSubject: '[scanned] ',
    State: 'Disabled',
    Comments: 'Our own test from the pilot.',
  })
}

function addCustomerConnectors(seed: Seed): void {
  add(seed, 'inbound-connector', 'Inbound from on-premises', {
    ConnectorType: 'OnPremises',
    ConnectorSource: 'HybridWizard',
    SenderDomains: ['smtp:*;1'],
    RequireTls: true,
    CloudServicesMailEnabled: true,
    TlsSenderCertificateName: 'mail.contoso.com',
  })
  add(seed, 'inbound-connector', customerNames.partner, {
    SenderDomains: ['smtp:fabrikam.com;1'],
    SenderIPAddresses: ['198.51.100.0/24'],
    RequireTls: true,
    RestrictDomainsToIPAddresses: true,
    EFSkipIPs: [someAddress(seed.regions)],
  })
  add(seed, 'inbound-connector', customerNames.lookalikeConnector, {
    SenderDomains: ['smtp:scan.contoso.com;1'],
    SenderIPAddresses: ['203.0.113.77', multiRegionAddress],
    Comment: 'Printers, and once the pilot of the scanner.',
  })
  add(seed, 'outbound-connector', customerNames.archiveConnector, {
    IsTransportRuleScoped: true,
    SmartHosts: ['archive.contoso-archive.example'],
    TlsSettings: 'DomainValidation',
    TlsDomain: 'archive.contoso-archive.example',
    IsValidated: true,
    LastValidationTimestamp: '2025-11-02T16:03:40.0000000',
    ValidationRecipients: ['archive@contoso-archive.example'],
  })
  add(seed, 'outbound-connector', 'Outbound to on-premises', {
    ConnectorType: 'OnPremises',
    ConnectorSource: 'HybridWizard',
    RecipientDomains: ['contoso.com'],
    SmartHosts: ['mail.contoso.com'],
    TlsSettings: 'DomainValidation',
    TlsDomain: 'mail.contoso.com',
    CloudServicesMailEnabled: true,
  })
}

/** Things of the vendor outside its procedure. */
function addLeftovers(seed: Seed): void {
  const address = vendorAddresses(seed.regions)[1] ?? multiRegionAddress
  const policy = seed.objects['connection-filter-policy']?.[0]
  if (policy !== undefined) policy.properties.IPBlockList = ['192.0.2.200', address]
  add(seed, 'arc-config', 'Default', { ArcTrustedSealers: 'perception-point.io' })
  add(seed, 'content-filter-policy', 'Default', {
    IsDefault: true,
    AllowedSenders: ['support@perception-point.io'],
    AllowedSenderDomains: ['fabrikam.com'],
  })
  add(seed, 'transport-rule', customerNames.quarantineRule, {
    HeaderContainsMessageHeader: 'X-PERCEPTION-POINT-VERDICT',
    HeaderContainsWords: ['MAL'],
    Quarantine: true,
  })
}

function addSurroundings(seed: Seed): void {
  add(seed, 'accepted-domain', 'contoso.onmicrosoft.com', {
    DomainName: 'contoso.onmicrosoft.com',
    InitialDomain: true,
  })
  add(seed, 'accepted-domain', 'contoso.com', { DomainName: 'contoso.com', Default: true })
  add(seed, 'accepted-domain', 'fabrikam.com', { DomainName: 'fabrikam.com', DomainType: 'InternalRelay' })
  add(seed, 'transport-config', 'Transport Settings', {})
  add(seed, 'organization-config', 'contoso.onmicrosoft.com', { DisplayName: 'Contoso' })
  add(seed, 'anti-phish-policy', 'Office365 AntiPhish Default', { IsDefault: true })
  add(seed, 'safe-links-policy', 'Built-In Protection Policy', {
    DoNotRewriteUrls: ['https://intranet.contoso.com/*'],
  })
  add(seed, 'safe-attachment-policy', 'Built-In Protection Policy', {})
  add(seed, 'remote-domain', 'Default', { DomainName: '*' })
  add(seed, 'dkim-signing-config', 'contoso.com', { Domain: 'contoso.com' })
  for (const name of ['finance', 'pp-pilot'])
    add(seed, 'distribution-group', name, { DisplayName: name, PrimarySmtpAddress: `${name}@contoso.com` })
  add(seed, 'journal-rule', 'Archive of all mail', { JournalEmailAddress: 'journal@contoso-archive.example' })
  add(seed, 'allow-block-entry', 'promo@example.net', { Value: 'promo@example.net', ListType: 'Sender' })
  add(seed, 'role-group', 'Organization Management', {
    Roles: [
      'Transport Rules',
      'Remote and Accepted Domains',
      'Transport Hygiene',
      'View-Only Configuration',
      'Message Tracking',
    ],
    Members: ['admin@contoso.onmicrosoft.com'],
  })
}

/** Everything that is the customer's own, among it what looks like the vendor's, and what the vendor left elsewhere. */
export function addCustomer(seed: Seed): void {
  addCustomerRules(seed)
  addCustomerConnectors(seed)
  addLeftovers(seed)
  addSurroundings(seed)
}
