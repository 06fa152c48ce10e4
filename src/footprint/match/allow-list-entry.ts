import type { Footprint } from '../../model/footprint.ts'
import type { Verdict } from '../../model/platform.ts'
import type { RegionId } from '../../model/words.ts'
import { containsAddress, equalsAddress } from '../address.ts'

/** The vendor's other region that an entry equals an address of. */
export function regionOf(entry: string, footprint: Footprint): RegionId | undefined {
  for (const [region, addresses] of footprint.otherRegions)
    if (addresses.some((address) => equalsAddress(entry, address))) return region
  return undefined
}

/** An entry of the connection filter's allow list. */
export function matchAllowListEntry(entry: string, footprint: Footprint): Verdict {
  if (footprint.addresses.some((address) => equalsAddress(entry, address)))
    return { is: 'vendor', reason: 'address' }
  const region = regionOf(entry, footprint)
  if (region !== undefined)
    return { is: 'lookalike', reason: `an address of the vendor's region ${region.toUpperCase()}` }
  const inside = footprint.addresses.filter((address) => containsAddress(entry, address))
  if (inside.length > 0)
    return {
      is: 'lookalike',
      reason: `a range that contains the vendor's ${inside.join(', ')} and other addresses`,
    }
  return { is: 'other' }
}
