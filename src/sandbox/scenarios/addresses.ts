import type { RegionId } from '../../model/words.ts'

export const multiRegionAddress = '52.12.169.124'

export const addresses: Readonly<Record<RegionId, readonly string[]>> = {
  us: ['3.81.182.154', '3.93.155.149', '3.95.118.12', '3.95.142.181', '54.227.64.76'],
  eu: ['99.81.216.78', '34.249.190.60', '108.128.137.108', '99.80.189.20'],
  au: ['13.236.255.231', '54.66.125.250'],
}

/** The vendor's addresses in these regions, the multi-region one last. */
export function vendorAddresses(regions: readonly RegionId[]): readonly string[] {
  return [...regions.flatMap((region) => addresses[region]), multiRegionAddress]
}

/** An address of the first of these regions. */
export function someAddress(regions: readonly RegionId[]): string {
  return addresses[regions[0] ?? 'us'][0] ?? multiRegionAddress
}
