/**
 * What an administrator would write for one tenant of the EU region: the requests of `offboard run --drain 0`, in its
 * order and with its parallelism, and none of its code. It trusts that all is as it was set up, keeps no record, and
 * saves nothing; it is here to be compared with.
 */
import { Resolver } from 'node:dns/promises'
import { appsReader } from './hand-written-apps.ts'

export interface Target {
  readonly exchangeUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  /** 'address:port' */
  readonly dns: string
  /** The tenant's initial domain. */
  readonly tenant: string
}

type Row = Readonly<Record<string, unknown>>
type Invoke = (cmdlet: string, parameters?: object) => Promise<readonly Row[]>

const addresses = ['99.81.216.78', '34.249.190.60', '108.128.137.108', '99.80.189.20', '52.12.169.124']
const redirect = 'Perception Point Redirect Rule'
const rules = [
  redirect,
  'Send Office 365 spam emails to Junk folder (High)',
  'Send Office 365 spam emails to Junk folder (Low)',
  'Perception Point Spam Rule',
]
const inbound = 'Disable IP Throttling on Perception Point Connector'
const outbound = 'Perception Point Scanning'

const all = { ResultSize: 'Unlimited' }

async function answered(response: Response): Promise<Row> {
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  throw new Error(`${response.url}: ${response.status} ${text}`)
}

async function tenantIdOf({ loginUrl, tenant }: Target): Promise<string> {
  const { issuer } = await answered(
    await fetch(`${loginUrl}/${tenant}/v2.0/.well-known/openid-configuration`),
  )
  return String(issuer).split('/').at(-2) ?? ''
}

async function tokenFor({ loginUrl, tenant }: Target, service: string): Promise<string> {
  const response = await fetch(`${loginUrl}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: '6a000000-0000-4000-8000-000000000001',
      client_secret: 'sandbox',
      scope: `https://${service}/.default`,
    }),
  })
  return String((await answered(response)).access_token)
}

function invoker({ exchangeUrl }: Target, tenantId: string, token: string): Invoke {
  const first = `${exchangeUrl}/adminapi/beta/${tenantId}/InvokeCommand`
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json; charset=utf-8',
    'x-anchormailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`,
    'x-responseformat': 'json',
    'x-serializationlevel': 'Partial',
    prefer: 'odata.maxpagesize=1000',
  }
  return async (cmdlet, parameters = {}) => {
    const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } })
    const rows: Row[] = []
    for (let url = first; url !== ''; ) {
      const sent = { method: 'POST', headers: { ...headers, 'x-cmdletname': cmdlet }, body }
      const answer = await answered(await fetch(url, sent))
      if (Array.isArray(answer.value)) rows.push(...answer.value)
      url = typeof answer['@odata.nextLink'] === 'string' ? answer['@odata.nextLink'] : ''
    }
    return rows
  }
}

function named(rows: readonly Row[], name: string): string {
  const found = rows.find((row) => row.Name === name)
  if (found === undefined) throw new Error(`${name} is not there`)
  return String(found.Guid)
}

function assertGone(rows: readonly Row[], names: readonly string[]): void {
  const left = rows.find((row) => names.includes(String(row.Name)))
  if (left !== undefined) throw new Error(`${left.Name} is still there`)
}

async function outboundConnectors(invoke: Invoke): Promise<readonly Row[]> {
  const halves = [true, false].map((IsTransportRuleScoped) =>
    invoke('Get-OutboundConnector', { IsTransportRuleScoped, IncludeTestModeConnectors: true, ...all }),
  )
  return (await Promise.all(halves)).flat()
}

async function domainsWithMx(invoke: Invoke, resolver: Resolver): Promise<unknown> {
  const domains = await invoke('Get-AcceptedDomain', all)
  return Promise.all(domains.map(({ DomainName }) => resolver.resolveMx(String(DomainName)).catch(() => [])))
}

/** All that the plan rests on, at once. */
function readEverything(invoke: Invoke, resolver: Resolver, readApps: () => Promise<void>): Promise<unknown> {
  return Promise.all([
    readApps(),
    invoke('Get-HostedConnectionFilterPolicy'),
    invoke('Get-TransportRule', all),
    invoke('Get-InboundConnector', all),
    outboundConnectors(invoke),
    invoke('Get-TransportConfig'),
    invoke('Get-ArcConfig'),
    invoke('Get-TenantAllowBlockListSpoofItems'),
    ...['Sender', 'Url', 'FileHash', 'IP'].map((ListType) =>
      invoke('Get-TenantAllowBlockListItems', { ListType }),
    ),
    invoke('Get-JournalRule'),
    invoke('Get-HostedContentFilterPolicy'),
    invoke('Get-AntiPhishPolicy'),
    invoke('Get-ExoPhishSimOverrideRule'),
    invoke('Get-SafeLinksPolicy'),
    invoke('Get-RemoteDomain', all),
    domainsWithMx(invoke, resolver),
  ])
}

async function stopRedirect(invoke: Invoke): Promise<void> {
  const Identity = named(await invoke('Get-TransportRule', all), redirect)
  await invoke('Disable-TransportRule', { Identity, Confirm: false })
  const rule = (await invoke('Get-TransportRule', all)).find(({ Name }) => Name === redirect)
  if (rule?.State !== 'Disabled') throw new Error(`${redirect} is not disabled`)
}

async function removeAddresses(invoke: Invoke): Promise<void> {
  const Identity = named(await invoke('Get-HostedConnectionFilterPolicy'), 'Default')
  await invoke('Set-HostedConnectionFilterPolicy', {
    Identity,
    IPAllowList: { '@odata.type': '#Exchange.GenericHashTable', Remove: addresses },
    EnableSafeList: false,
    Confirm: false,
  })
  const [policy] = await invoke('Get-HostedConnectionFilterPolicy')
  const left = Array.isArray(policy?.IPAllowList) ? policy.IPAllowList : []
  if (left.length > 0 || policy?.EnableSafeList !== false)
    throw new Error('the policy is not as it should be')
}

async function removeRules(invoke: Invoke): Promise<void> {
  const before = await invoke('Get-TransportRule', all)
  for (const name of rules)
    await invoke('Remove-TransportRule', { Identity: named(before, name), Confirm: false })
  assertGone(await invoke('Get-TransportRule', all), rules)
}

async function removeConnectors(invoke: Invoke): Promise<void> {
  const [ins, outs, routing] = await Promise.all([
    invoke('Get-InboundConnector', all),
    outboundConnectors(invoke),
    invoke('Get-TransportRule', all),
  ])
  const route = routing.find((rule) => rule.RouteMessageOutboundConnector === outbound)
  if (route !== undefined) throw new Error(`${route.Name} routes to ${outbound}`)
  await invoke('Remove-InboundConnector', { Identity: named(ins, inbound), Confirm: false })
  await invoke('Remove-OutboundConnector', { Identity: named(outs, outbound), Confirm: false })
  const left = await Promise.all([invoke('Get-InboundConnector', all), outboundConnectors(invoke)])
  assertGone(left.flat(), [inbound, outbound])
}

/** Takes the tenant off. Throws when anything is not as it was set up. */
export async function offboardByHand(target: Target): Promise<void> {
  const resolver = new Resolver()
  resolver.setServers([target.dns])
  const tenantId = await tenantIdOf(target)
  const invoke = invoker(target, tenantId, await tokenFor(target, 'outlook.office365.com'))
  let graphToken: Promise<string> | undefined
  const token = () => {
    graphToken ??= tokenFor(target, 'graph.microsoft.com')
    return graphToken
  }
  const readApps = appsReader({ graphUrl: target.graphUrl, token, tenantId })
  await readEverything(invoke, resolver, readApps)
  await invoke('Get-AcceptedDomain', all)
  await stopRedirect(invoke)
  await removeAddresses(invoke)
  await removeRules(invoke)
  await removeConnectors(invoke)
  await readEverything(invoke, resolver, readApps)
}

if (import.meta.main) {
  const [exchangeUrl = '', graphUrl = '', loginUrl = '', dns = '', tenant = ''] = process.argv.slice(2)
  await offboardByHand({ exchangeUrl, graphUrl, loginUrl, dns, tenant })
}
