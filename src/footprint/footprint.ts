import type { Footprint, VendorName } from '../model/footprint.ts'
import type { RegionId } from '../model/words.ts'
import { regionIds } from '../model/words.ts'
import {
  connectorNames,
  footprintVersion,
  multiRegionAddresses,
  olderRuleNames,
  regionAddresses,
  ruleNames,
  scannerHostName,
  vendorAppNames,
  vendorHeaderPrefix,
  vendorHosts,
  vendorSpamHeader,
} from './data.ts'

/** What the operator adds to the footprint with `--footprint FILE`. */
export interface FootprintAdditions {
  readonly rules: readonly string[]
  readonly connectors: readonly string[]
  readonly hosts: readonly string[]
  readonly addresses: readonly string[]
  readonly apps: readonly string[]
  readonly clients: readonly string[]
}

export const noAdditions: FootprintAdditions = {
  rules: [],
  connectors: [],
  hosts: [],
  addresses: [],
  apps: [],
  clients: [],
}

function withAliases(vendor: VendorName, aliases: readonly string[]): VendorName {
  return { name: vendor.name, aliases: [...vendor.aliases, ...aliases] }
}

/**
 * The footprint of the regions asked for. A name that the operator adds counts for every rule or connector of
 * the vendor: what an object does still decides which of them it is, and whether it is one at all.
 */
export function buildFootprint(
  regions: readonly RegionId[],
  additions: FootprintAdditions = noAdditions,
): Footprint {
  const others = regionIds.filter((region) => !regions.includes(region))
  return {
    version: footprintVersion,
    regions,
    rules: {
      redirect: withAliases(ruleNames.redirect, additions.rules),
      spam: withAliases(ruleNames.spam, additions.rules),
      junkHigh: withAliases(ruleNames.junkHigh, additions.rules),
      junkLow: withAliases(ruleNames.junkLow, additions.rules),
      older: olderRuleNames,
    },
    connectors: {
      inbound: withAliases(connectorNames.inbound, additions.connectors),
      outbound: withAliases(connectorNames.outbound, additions.connectors),
    },
    hosts: [...vendorHosts, ...additions.hosts.map((host) => host.toLowerCase())],
    addresses: [
      ...regions.flatMap((region) => regionAddresses[region]),
      ...multiRegionAddresses,
      ...additions.addresses,
    ],
    otherRegions: new Map(others.map((region) => [region, regionAddresses[region]])),
    apps: additions.apps.map((id) => id.toLowerCase()),
    appNames: vendorAppNames,
    clients: additions.clients.map((id) => id.trim()),
    scannerHost: scannerHostName,
    spamHeader: vendorSpamHeader,
    headerPrefix: vendorHeaderPrefix,
  }
}

/** Every address of the vendor, of any region. */
export function allAddresses(footprint: Footprint): readonly string[] {
  return [...footprint.addresses, ...[...footprint.otherRegions.values()].flat()]
}

/** Whether a host is the vendor's: the one named, or one below a domain that is written with a leading dot. */
export function isVendorHost(host: string, footprint: Footprint): boolean {
  const name = host.trim().toLowerCase().replace(/\.$/, '')
  return footprint.hosts.some((known) =>
    known.startsWith('.') ? name === known.slice(1) || name.endsWith(known) : name === known,
  )
}
