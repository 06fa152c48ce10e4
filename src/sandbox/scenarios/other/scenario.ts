import type { DnsState } from '../../tenant/state.ts'
import { dropVendorMailFlow } from '../footprint.ts'
import type { Scenario } from '../scenario.ts'
import { otherNames } from './names.ts'
import { putMailZones } from './zones.ts'

/** A customer of mail servers alone: nothing of the vendor in Microsoft 365, and its domains in DNS. */
export function otherScenario(
  description: string,
  change: (dns: DnsState) => void = () => {},
  domains: readonly string[] = [otherNames.domain],
): Scenario {
  return {
    description,
    change(seed) {
      dropVendorMailFlow(seed)
      seed.vendor.method = 'mx'
      putMailZones(seed.dns, domains)
      change(seed.dns)
    },
  }
}
