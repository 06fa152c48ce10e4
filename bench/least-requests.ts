export type Counts = Readonly<Record<string, number>>

interface Stage {
  readonly title: string
  readonly requests: Counts
}

const outboundHalves = { 'Get-OutboundConnector': 2 }

/** The apps with a name like the vendor's in the default tenant: its own, and two of the customer's. */
const apps = 3

/** The verified domains; one list of all apps, and each of those whole, with what it was granted. */
const directory: Counts = {
  'GET domains': 1,
  'GET servicePrincipals': 1 + apps,
  'GET appRoleAssignments': apps,
  'GET oauth2PermissionGrants': apps,
}

const everything: Counts = {
  ...directory,
  'Get-AcceptedDomain': 1,
  'Get-HostedConnectionFilterPolicy': 1,
  'Get-TransportRule': 1,
  'Get-InboundConnector': 1,
  ...outboundHalves,
  'Get-TransportConfig': 1,
  'Get-ArcConfig': 1,
  'Get-TenantAllowBlockListSpoofItems': 1,
  'Get-TenantAllowBlockListItems': 4,
  'Get-JournalRule': 1,
  'Get-HostedContentFilterPolicy': 1,
  'Get-AntiPhishPolicy': 1,
  'Get-ExoPhishSimOverrideRule': 1,
  'Get-SafeLinksPolicy': 1,
  'Get-RemoteDomain': 1,
}

const connectors: Counts = { 'Get-InboundConnector': 1, ...outboundHalves }

/** The stages of a run as `main-job.ts` explains them, with what each cannot do without. */
export const leastRequests: readonly Stage[] = [
  { title: 'sign in', requests: { 'openid-configuration': 1, token: 1 } },
  { title: 'survey', requests: everything },
  { title: 'sign in to Microsoft Graph', requests: { token: 1 } },
  { title: 'the right directory?', requests: { 'GET organization': 1 } },
  { title: 'the names of its rights', requests: { 'GET servicePrincipals': 1 } },
  { title: 'the right tenant?', requests: { 'Get-AcceptedDomain': 1 } },
  { title: 'drain: before', requests: { 'Get-TransportRule': 1 } },
  { title: 'drain: write', requests: { 'Disable-TransportRule': 1 } },
  { title: 'drain: proof', requests: { 'Get-TransportRule': 1 } },
  { title: 'addresses: before', requests: { 'Get-HostedConnectionFilterPolicy': 1 } },
  { title: 'addresses: write', requests: { 'Set-HostedConnectionFilterPolicy': 1 } },
  { title: 'addresses: proof', requests: { 'Get-HostedConnectionFilterPolicy': 1 } },
  { title: 'rules: before', requests: { 'Get-TransportRule': 1 } },
  { title: 'rules: writes', requests: { 'Remove-TransportRule': 4 } },
  { title: 'rules: proof', requests: { 'Get-TransportRule': 1 } },
  { title: 'connectors: before', requests: { ...connectors, 'Get-TransportRule': 1 } },
  { title: 'connectors: writes', requests: { 'Remove-InboundConnector': 1, 'Remove-OutboundConnector': 1 } },
  { title: 'connectors: proof', requests: connectors },
  { title: 'last look', requests: everything },
]

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** All stages together, by cmdlet. `pages`: how many requests one reading of a cmdlet takes, where it is not one. */
export function leastInAll(pages: Counts = {}): Counts {
  const all: Record<string, number> = {}
  for (const { requests } of leastRequests)
    for (const [name, count] of Object.entries(requests))
      all[name] = (all[name] ?? 0) + count * (pages[name] ?? 1)
  return all
}
