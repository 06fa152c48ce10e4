import { txtOf } from '../../dns/values.ts'
import { putRecords } from '../../tenant/dns-change.ts'
import type { DnsState } from '../../tenant/state.ts'
import type { Scenario } from '../scenario.ts'
import { otherNames } from './names.ts'
import { otherScenario } from './scenario.ts'
import { vendorHost } from './zones.ts'

const { domain, previousMx } = otherNames

/** Says that there is a policy, and what it says: the sandbox itself serves no HTTPS. */
function policy(mode: 'enforce' | 'testing', ...hosts: readonly string[]): (dns: DnsState) => void {
  return (dns) => {
    const values = [txtOf('v=STSv1; id=20260301T120000')]
    putRecords(dns, { name: `_mta-sts.${domain}`, type: 'TXT', ttl: 600, values })
    putRecords(dns, { name: `mta-sts.${domain}`, type: 'A', ttl: 600, values: ['127.0.0.1'] })
    const lines = [
      'version: STSv1',
      `mode: ${mode}`,
      ...hosts.map((host) => `mx: ${host}`),
      'max_age: 604800',
    ]
    dns.mtaSts[domain] = `${lines.join('\r\n')}\r\n`
  }
}

/** What senders are told of the hosts that they may deliver to (RFC 8461). */
export const policyScenarios = {
  'other-mta-sts-vendor': otherScenario(
    'an enforced MTA-STS policy permits the vendor’s MX alone',
    policy('enforce', vendorHost(domain)),
  ),
  'other-mta-sts-both': otherScenario(
    'an enforced MTA-STS policy permits the vendor’s MX and the previous one',
    policy('enforce', vendorHost(domain), previousMx),
  ),
  'other-mta-sts-testing': otherScenario(
    'an MTA-STS policy in testing permits the vendor’s MX alone',
    policy('testing', vendorHost(domain)),
  ),
} as const satisfies Record<string, Scenario>
