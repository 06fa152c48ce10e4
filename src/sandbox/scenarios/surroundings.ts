import { putRecords } from '../tenant/dns-change.ts'
import type { Scenario } from './scenario.ts'
import { add, type Seed } from './seed.ts'

function pointMx({ dns }: Seed, exchange: string): void {
  putRecords(dns, { name: 'contoso.com', type: 'MX', ttl: 300, values: [`10 ${exchange}`] })
}

/** What is around the tenant's objects: its domains and its name. */
export const surroundingsScenarios = {
  'vendor-mx': {
    description: 'the MX of contoso.com is the vendor’s, as in the oldest set-ups',
    change: (seed) => pointMx(seed, 'contoso-com.mx.perception-point.io'),
  },
  'third-party-mx': {
    description: 'the MX of contoso.com is neither Microsoft’s nor the vendor’s',
    change: (seed) => pointMx(seed, 'mx1.mailguard.example'),
  },
  'unresolvable-mx': {
    description: 'the name servers of contoso.com fail',
    change(seed) {
      seed.dns.serverFailure = ['contoso.com']
    },
  },
  'wrong-tenant': {
    description: 'the service answers for another tenant than the one that was asked for',
    change(seed) {
      seed.objects['accepted-domain'] = []
      for (const [name, initial] of [
        ['fabrikam-other.onmicrosoft.com', true],
        ['fabrikam-other.example', false],
      ] as const)
        add(seed, 'accepted-domain', name, { DomainName: name, InitialDomain: initial, Default: !initial })
    },
  },
} as const satisfies Record<string, Scenario>
