import type { VendorName } from '../model/footprint.ts'
import { sameName } from '../model/name.ts'

/** Whether the text is one of the spellings of a vendor's name. */
export function isNamed(text: string, vendor: VendorName): boolean {
  return [vendor.name, ...vendor.aliases].some((spelling) => sameName(spelling, text))
}
