import { txtOf } from '../../dns/values.ts'
import { type NewRecordSet, newZone, type Zone } from '../../dns/zones.ts'
import type { DnsState } from '../../tenant/state.ts'
import { otherNames } from './names.ts'

/** Senders may keep an MX so long, in seconds. */
const mxTtl = 3600
const loopback = '127.0.0.1'

function records(type: string, name: string, ttl: number, ...values: readonly string[]): NewRecordSet {
  return { name, type, ttl, values }
}

/** The host at the vendor that takes the mail of a domain. */
export function vendorHost(domain: string): string {
  return `${domain.replaceAll('.', '-')}.mx.perception-point.io`
}

function aboutMail(domain: string): readonly NewRecordSet[] {
  const spf = `v=spf1 mx include:spf.perception-point.io ip4:203.0.113.25 -all`
  const dmarc = `v=DMARC1; p=quarantine; rua=mailto:dmarc@${domain},mailto:${domain.split('.')[0]}@dmarc.perception-point.io`
  return [
    records('TXT', domain, 600, txtOf('MS=ms40912733'), txtOf(spf)),
    records('TXT', `_dmarc.${domain}`, 600, txtOf(dmarc)),
    records('TXT', `_smtp._tls.${domain}`, 600, txtOf(`v=TLSRPTv1; rua=mailto:tls@${domain}`)),
    records('CNAME', `pp1._domainkey.${domain}`, 600, `pp1.dkim.perception-point.io`),
  ]
}

/** A domain whose mail goes to the vendor, and once went to a server of its own. */
export function mailZone(domain: string): Zone {
  const { vendorTxt, customerTxt } = otherNames
  return newZone(domain, [
    records('MX', domain, mxTtl, `10 ${vendorHost(domain)}`),
    records('A', domain, mxTtl, '203.0.113.10'),
    records('A', `www.${domain}`, mxTtl, '203.0.113.10'),
    records('A', `mail.${domain}`, mxTtl, loopback),
    records('A', `backup.${domain}`, mxTtl, loopback),
    ...aboutMail(domain),
    records('TXT', `_amazonses.${domain}`, 1800, txtOf(customerTxt), txtOf(vendorTxt)),
  ])
}

/** Hosts of others, each with an address on loopback: nothing of the sandbox asks the world. */
function hostZones(): readonly Zone[] {
  const { lookalikeMx, namedVendorMx } = otherNames
  const hosts = {
    'perception-point.io': [vendorHost('contoso.com'), vendorHost('fabrikam.com'), vendorHost('adatum.com')],
    'vendor.example': [namedVendorMx],
    'amazonaws.com': [lookalikeMx],
    'google.com': ['smtp.google.com'],
    'mail.protection.outlook.com': [
      'contoso-com.mail.protection.outlook.com',
      'fabrikam-com.mail.protection.outlook.com',
      'adatum-com.mail.protection.outlook.com',
    ],
  }
  const key = records(
    'TXT',
    'pp1.dkim.perception-point.io',
    600,
    txtOf('v=DKIM1; k=rsa; p='.padEnd(410, 'MIIBIjAN')),
  )
  return Object.entries(hosts).map(([zone, names]) => {
    const own = names.map((name) => records('A', name, mxTtl, loopback))
    return newZone(zone, zone === 'perception-point.io' ? [...own, key] : own)
  })
}

/** Puts a customer of mail servers in the place of one of the cloud suites. */
export function putMailZones(dns: DnsState, domains: readonly string[]): void {
  dns.zones = [...domains.map(mailZone), ...hostZones()]
}
