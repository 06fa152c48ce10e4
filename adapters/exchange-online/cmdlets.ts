/**
 * The cmdlets that this program runs, and no others. A transport imports or allows exactly these.
 * https://learn.microsoft.com/powershell/module/exchange
 */
export const readCmdlets = [
  'Get-AcceptedDomain',
  'Get-AntiPhishPolicy',
  'Get-ArcConfig',
  'Get-DkimSigningConfig',
  'Get-ExoPhishSimOverrideRule',
  'Get-ExoSecOpsOverrideRule',
  'Get-HostedConnectionFilterPolicy',
  'Get-HostedContentFilterPolicy',
  'Get-InboundConnector',
  'Get-JournalRule',
  'Get-ManagementRole',
  'Get-MessageTraceV2',
  'Get-OutboundConnector',
  'Get-PhishSimOverridePolicy',
  'Get-RemoteDomain',
  'Get-SafeLinksPolicy',
  'Get-SecOpsOverridePolicy',
  'Get-TenantAllowBlockListItems',
  'Get-TenantAllowBlockListSpoofItems',
  'Get-TransportConfig',
  'Get-TransportRule',
] as const

export const writeCmdlets = [
  'Disable-TransportRule',
  'Enable-TransportRule',
  'New-InboundConnector',
  'New-OutboundConnector',
  'New-TransportRule',
  'Remove-InboundConnector',
  'Remove-OutboundConnector',
  'Remove-TransportRule',
  'Set-HostedConnectionFilterPolicy',
  'Set-OutboundConnector',
] as const

export type ReadCmdlet = (typeof readCmdlets)[number]
export type WriteCmdlet = (typeof writeCmdlets)[number]
export type Cmdlet = ReadCmdlet | WriteCmdlet

const reads: ReadonlySet<string> = new Set(readCmdlets)
const writes: ReadonlySet<string> = new Set(writeCmdlets)

export function isReadCmdlet(name: string): name is ReadCmdlet {
  return reads.has(name)
}

export function isWriteCmdlet(name: string): name is WriteCmdlet {
  return writes.has(name)
}
