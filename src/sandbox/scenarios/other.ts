import { txtOf } from '../dns/values.ts'
import { newZone } from '../dns/zones.ts'
import { putRecords, zoneNamed } from '../tenant/dns-change.ts'
import type { DnsState } from '../tenant/state.ts'
import { otherNames } from './other/names.ts'
import { policyScenarios } from './other/policies.ts'
import { otherScenario } from './other/scenario.ts'
import { mailZone, vendorHost } from './other/zones.ts'
import type { Scenario } from './scenario.ts'

const { domain, moreDomains, previousMx, backupMx, lookalikeMx, namedVendorMx } = otherNames
const all = [domain, ...moreDomains]
const vendorValue = `10 ${vendorHost(domain)}`

function mx(...values: readonly string[]): (dns: DnsState) => void {
  return (dns) => putRecords(dns, { name: domain, type: 'MX', ttl: 3600, values })
}

function ses(...texts: readonly string[]): (dns: DnsState) => void {
  const values = texts.map(txtOf)
  return (dns) => putRecords(dns, { name: `_amazonses.${domain}`, type: 'TXT', ttl: 1800, values })
}

/** Which hosts the MX names. */
const mxScenarios = {
  'other-default': otherScenario('mail of contoso.com goes to the vendor by its MX'),
  'other-named-vendor': otherScenario(
    'the host of the vendor’s MX is one that the operator alone knows',
    mx(`10 ${namedVendorMx}`),
  ),
  'other-several-hosts': otherScenario(
    'the vendor has two MX records, and a backup of the customer’s stands behind them',
    mx(vendorValue, `20 second.${vendorHost(domain)}`, `50 ${backupMx}`),
  ),
  'other-lookalike': otherScenario(
    'an MX at Amazon SES, which may be anybody’s, stands beside the vendor’s',
    mx(vendorValue, `20 ${lookalikeMx}`),
  ),
  'other-only-lookalike': otherScenario(
    'the only MX is one at Amazon SES, which may be anybody’s',
    mx(`10 ${lookalikeMx}`),
  ),
  'other-both': otherScenario(
    'the previous MX stands beside the vendor’s already',
    mx(vendorValue, `10 ${previousMx}`),
  ),
  'other-back': otherScenario('the previous MX is back, and nothing of the vendor is left', (dns) => {
    mx(`10 ${previousMx}`)(dns)
    ses(otherNames.customerTxt)(dns)
  }),
  'other-null-mx': otherScenario('contoso.com says that it takes no mail', mx('0 .')),
  'other-no-mx': otherScenario('contoso.com has no MX at all', mx()),
} as const satisfies Record<string, Scenario>

const txtScenarios = {
  'other-only-vendor-txt': otherScenario(
    'the vendor’s value is the only one at _amazonses',
    ses(otherNames.vendorTxt),
  ),
  'other-long-txt': otherScenario('values of several strings stand beside the vendor’s', (dns) => {
    const { vendorTxt, customerTxt } = otherNames
    const odd = String.raw`"say \"hi\" " "\\ \228; (x)" ""`
    const values = [txtOf('x'.repeat(700)), txtOf(customerTxt), odd, txtOf(vendorTxt)]
    putRecords(dns, { name: `_amazonses.${domain}`, type: 'TXT', ttl: 1800, values })
  }),
} as const satisfies Record<string, Scenario>

/** How many zones there are, who answers for them, and who holds them. */
const zoneScenarios = {
  'other-several-domains': otherScenario('mail of three domains goes to the vendor', () => {}, all),
  'other-broken-zone': otherScenario(
    'mail of three domains goes to the vendor, and the name servers of fabrikam.com fail',
    (dns) => {
      dns.serverFailure = ['fabrikam.com']
    },
    all,
  ),
  'other-international': otherScenario('mail of bücher.example goes to the vendor', (dns) => {
    dns.zones.unshift(mailZone(otherNames.internationalDomain))
  }),
  'other-alias': otherScenario('branch.contoso.com is an alias', (dns) =>
    putRecords(dns, { name: otherNames.aliasDomain, type: 'CNAME', ttl: 3600, values: [domain] }),
  ),
  'other-not-delegated': otherScenario('providers hold a copy of contoso.com that nobody asks', (dns) => {
    const { sets } = zoneNamed(dns, domain)
    const live = newZone(domain, sets, ['ns1.elsewhere-dns.example', 'ns2.elsewhere-dns.example'])
    const others = dns.zones.filter(({ name }) => name !== domain)
    dns.zones = [{ ...live, status: 'elsewhere' }, { ...newZone(domain, sets), status: 'pending' }, ...others]
  }),
  'other-two-zones': otherScenario('a provider holds contoso.com twice, one of them not in use', (dns) => {
    const unused = newZone(domain, [], ['ns3.hosted-dns.example', 'ns4.hosted-dns.example'])
    dns.zones.push({ ...unused, status: 'pending' })
  }),
  'other-private-zone': otherScenario('a private zone has the name of contoso.com, too', (dns) => {
    const name = `intranet.${domain}`
    const inside = newZone(domain, [{ name, type: 'A', ttl: 300, values: ['10.0.0.7'] }])
    dns.zones.push({ ...inside, status: 'private' })
  }),
} as const satisfies Record<string, Scenario>

export const otherScenarios = {
  ...mxScenarios,
  ...txtScenarios,
  ...zoneScenarios,
  ...policyScenarios,
} as const satisfies Record<string, Scenario>
