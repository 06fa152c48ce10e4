import { directoryProperties, properties, propertyTable } from './table.ts'

/** https://learn.microsoft.com/powershell/module/exchange/new-inboundconnector */
export const inboundConnectorTable = propertyTable(
  directoryProperties,
  properties('setting', 'text', 'Comment ConnectorType Name TlsSenderCertificateName'),
  // What the service answers for connectors made by hand is no value that it takes.
  properties('setting', 'text', 'ConnectorSource', ['AdminUI', 'Default']),
  properties('setting', 'domains', 'SenderDomains'),
  properties(
    'setting',
    'set',
    `AssociatedAcceptedDomains ClientHostNames EFSkipIPs EFSkipMailGateway EFUsers ScanAndDropRecipients
     SenderIPAddresses TrustedOrganizations`,
  ),
  properties('setting', 'flag', 'CloudServicesMailEnabled EFTestMode TreatMessagesAsInternal'),
  properties(
    'explicit',
    'flag',
    'EFSkipLastIP Enabled RequireTls RestrictDomainsToCertificate RestrictDomainsToIPAddresses',
  ),
)
