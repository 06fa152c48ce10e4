import type { Footprint } from '../model/footprint.ts'
import type { JsonObject } from '../model/json.ts'
import { containsAddress } from './address.ts'
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

function isTrace(text: string, footprint: Footprint, addresses: readonly string[]): boolean {
  const words = text.split(/[\s,;<>()[\]"]+/)
  return (
    text.toUpperCase().includes(footprint.headerPrefix) ||
    words.some((word) => addresses.some((address) => containsAddress(word, address))) ||
    hostsIn(text).some((host) => isVendorHost(host, footprint))
  )
}

/** Every value in an object that names an address, a host or a header of the vendor. */
export function findTraces(properties: JsonObject, footprint: Footprint): readonly Trace[] {
  const addresses = allAddresses(footprint)
  return [...leaves(properties)]
    .filter(({ text }) => isTrace(text, footprint, addresses))
    .map(({ property, text }) => ({ property, value: text }))
}
