import { UsageError } from '../../model/errors.ts'
import type { Json } from '../../model/json.ts'
import type { RegionId } from '../../model/words.ts'
import { everyRole } from '../exchange/roles.ts'
import type { DirectoryState } from '../tenant/directory.ts'
import type { GoogleState } from '../tenant/google.ts'
import type { Caller, DnsState, Kind, RoutingSpan, TraceSettings } from '../tenant/state.ts'
import { newVendor, type VendorState } from '../tenant/vendor.ts'
import { vendorAddresses } from './addresses.ts'
import { newDirectory } from './directory/new-directory.ts'
import { newDns } from './dns/new-dns.ts'
import { newGoogle } from './google/new-google.ts'

export type Properties = Record<string, Json>

export interface SeedObject {
  name: string
  properties: Properties
}

/** What a scenario is made of, before it gets ids and a clock. Objects stand in their order. */
export interface Seed {
  readonly regions: readonly RegionId[]
  readonly objects: Partial<Record<Kind, SeedObject[]>>
  trace: TraceSettings
  caller: Caller
  readonly dns: DnsState
  readonly directory: DirectoryState
  readonly vendor: VendorState
  readonly google: GoogleState
  /** Spans before the start; the span that is open at the start follows from the rules. */
  routing: readonly RoutingSpan[]
  tenant: 'contoso.onmicrosoft.com'
}

/** A tenant that nothing was put into yet: what is around it is in order. */
export function newSeed(regions: readonly RegionId[]): Seed {
  return {
    regions,
    objects: {},
    trace: { otherMail: true, vendorMail: 'while-routing', vendorAddresses: vendorAddresses(regions) },
    caller: { roles: everyRole, without: [] },
    dns: newDns(),
    directory: newDirectory(),
    vendor: newVendor(regions[0] ?? 'us'),
    google: newGoogle(regions),
    routing: [],
    tenant: 'contoso.onmicrosoft.com',
  }
}

export function listOf(seed: Seed, kind: Kind): SeedObject[] {
  seed.objects[kind] ??= []
  return seed.objects[kind]
}

/** The object of this name. Throws when the seed has none: a mistake in a scenario. */
export function objectOf(seed: Seed, kind: Kind, name: string): SeedObject {
  const found = listOf(seed, kind).find((object) => object.name === name)
  if (found === undefined)
    throw new UsageError({ tried: `find the ${kind} "${name}" in the sandbox's tenant` })
  return found
}

export function add(seed: Seed, kind: Kind, name: string, properties: Properties, place?: number): void {
  const list = listOf(seed, kind)
  list.splice(place ?? list.length, 0, { name, properties })
}

export function drop(seed: Seed, kind: Kind, ...names: readonly string[]): void {
  seed.objects[kind] = listOf(seed, kind).filter((object) => !names.includes(object.name))
}

/** Sets properties of an object; null clears one. */
export function edit(seed: Seed, kind: Kind, name: string, changes: Properties): void {
  const object = objectOf(seed, kind, name)
  const all = Object.entries({ ...object.properties, ...changes })
  object.properties = Object.fromEntries(all.filter(([, value]) => value !== null))
}

/** Gives an object another name; rules that route to a connector follow it. */
export function rename(seed: Seed, kind: Kind, from: string, to: string): void {
  objectOf(seed, kind, from).name = to
  if (kind !== 'outbound-connector') return
  for (const rule of listOf(seed, 'transport-rule')) {
    if (rule.properties.RouteMessageOutboundConnector === from)
      rule.properties.RouteMessageOutboundConnector = to
  }
}
