import type { Companions } from './describe.ts'
import { directoryProperties, properties, propertyTable } from './table.ts'

/** https://learn.microsoft.com/powershell/module/exchange/new-outboundconnector */
export const outboundConnectorTable = propertyTable(
  directoryProperties,
  properties('setting', 'text', 'Comment ConnectorType MtaStsMode Name SmtpDaneMode TlsDomain TlsSettings'),
  // What the service answers for connectors made by hand is no value that it takes.
  properties('setting', 'text', 'ConnectorSource', ['AdminUI', 'Default']),
  properties('setting', 'domains', 'RecipientDomains'),
  properties('setting', 'set', 'SmartHosts'),
  properties(
    'setting',
    'flag',
    'AllAcceptedDomains CloudServicesMailEnabled RouteAllMessagesViaOnPremises SenderRewritingEnabled TestMode',
  ),
  properties('explicit', 'flag', 'Enabled IsTransportRuleScoped UseMXRecord'),
  properties('afterwards', 'set', 'ValidationRecipients'),
  properties('afterwards', 'flag', 'IsValidated'),
  properties('stamp', 'date', 'LastValidationTimestamp'),
  properties('unsendable', 'id', 'LinkForModifiedConnector', ['00000000-0000-0000-0000-000000000000']),
)

export const outboundConnectorCompanions: readonly Companions[] = [
  { lead: 'TlsSettings', follower: 'TlsDomain', pair: false },
]
