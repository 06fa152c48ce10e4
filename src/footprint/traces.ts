import type { Footprint } from '../model/footprint.ts'
import type { JsonObject } from '../model/json.ts'
import { type AddressRange, containsRange, parseRange } from './address.ts'
import { allAddresses, isVendorHost } from './footprint.ts'
import { leaves } from './properties.ts'

/** A value of the vendor's that an object holds. */
export interface Trace {
  readonly property: string
  readonly value: string
}

function hostsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z0-9-]+(?:\.[a-z0-9-]+)+/g) ?? []
}

function holdsAddress(text: string, addresses: readonly AddressRange[]): boolean {
  return text.split(/[\s,;<>()[\]"]+/).some((word) => {
    const range = parseRange(word)
    return range !== undefined && addresses.some((address) => containsRange(range, address))
  })
}

function isTrace(text: string, footprint: Footprint, addresses: readonly AddressRange[]): boolean {
  if (text.toUpperCase().includes(footprint.headerPrefix)) return true
  // Most texts are no address and no host, and there are hundreds in a rule.
  if (!text.includes('.')) return false
  return holdsAddress(text, addresses) || hostsIn(text).some((host) => isVendorHost(host, footprint))
}

/** Every value in an object that names an address, a host or a header of the vendor. `except`: properties to pass over. */
export function findTraces(
  properties: JsonObject,
  footprint: Footprint,
  except: readonly string[] = [],
): readonly Trace[] {
  const addresses = allAddresses(footprint).flatMap((address) => parseRange(address) ?? [])
  return [...leaves(properties)]
    .filter(({ property, text }) => !except.includes(property) && isTrace(text, footprint, addresses))
    .map(({ property, text }) => ({ property, value: text }))
}
