import { type NewRecordSet, newZone } from '../../dns/zones.ts'
import type { DnsState } from '../../tenant/state.ts'

const microsoft = 'mail.protection.outlook.com'

function records(type: string, name: string, ...values: readonly string[]): NewRecordSet {
  return { name, type, ttl: 300, values }
}

/** The zones of a tenant whose mail goes to Microsoft, and of the host that takes it. */
export function newDns(): DnsState {
  return {
    zones: [
      newZone('contoso.com', [
        records('MX', 'contoso.com', `0 contoso-com.${microsoft}`),
        records('TXT', 'contoso.com', '"v=spf1 include:spf.protection.outlook.com -all"'),
        records('TXT', '_amazonses.contoso.com', '"pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU="'),
      ]),
      newZone('fabrikam.com', [records('MX', 'fabrikam.com', `0 fabrikam-com.${microsoft}`)]),
      newZone('contoso.onmicrosoft.com', [
        records('MX', 'contoso.onmicrosoft.com', `0 contoso.${microsoft}`),
      ]),
      newZone(microsoft, [records('A', `contoso-com.${microsoft}`, '52.101.73.4')]),
    ],
    cloudflare: { records: [], made: 0 },
    mtaSts: {},
    smtp: 'answers',
    routing: [],
    serverFailure: [],
  }
}
