import type { RegionId } from '../../model/words.ts'
import type { Kind } from '../tenant/state.ts'
import { newSeed, type SeedObject } from './seed.ts'
import { addVendorSetup } from './vendor-setup.ts'

const made = ['inbound-connector', 'outbound-connector', 'transport-rule'] as const satisfies readonly Kind[]

/** The rules and connectors of the vendor's set-up, connectors first. */
export function vendorObjects(
  regions: readonly RegionId[],
): readonly (SeedObject & { readonly kind: (typeof made)[number] })[] {
  const seed = newSeed(regions)
  addVendorSetup(seed)
  return made.flatMap((kind) => (seed.objects[kind] ?? []).map((object) => ({ ...object, kind })))
}
