import type { RegionId } from '../../model/words.ts'
import { guidOf, tenantIds } from '../tenant/ids.ts'
import { gmailRoutesToScanner, mxLeadsToScanner, noteRouting, routesToScanner } from '../tenant/routing.ts'
import { type DnsState, type Kind, kinds, type SandboxState, type StoredObject } from '../tenant/state.ts'
import type { KeptState } from '../tenant/store.ts'
import { addCustomer } from './customer.ts'
import { addCustomerApps } from './directory/customer-apps.ts'
import { addMicrosoftApps } from './directory/microsoft.ts'
import { addRemediationApp, grantRemediationApp } from './directory/remediation-app.ts'
import { findScenario } from './find.ts'
import { newSeed, type SeedObject } from './seed.ts'
import { addVendorSetup } from './vendor-setup.ts'

const createdAt = '2025-09-08T07:12:44.000Z'
function stored(scenario: string, kind: Kind, { name, properties }: SeedObject): StoredObject {
  return { guid: guidOf(`${scenario} ${kind} ${name}`), name, createdAt, changedAt: createdAt, properties }
}

/** A new tenant. Throws a UsageError when there is no such scenario. */
export function buildState(scenario: string, regions: readonly RegionId[]): SandboxState {
  const { change } = findScenario(scenario)
  const seed = newSeed(regions)
  addVendorSetup(seed)
  addCustomer(seed)
  addMicrosoftApps(seed.directory)
  addRemediationApp(seed.directory)
  grantRemediationApp(seed.directory)
  addCustomerApps(seed.directory)
  change(seed)
  const objects = kinds.map((kind) => [
    kind,
    (seed.objects[kind] ?? []).map((object) => stored(scenario, kind, object)),
  ])
  const state: SandboxState = {
    format: 'offboard.sandbox/1',
    scenario,
    regions,
    tenant: { id: tenantIds[seed.tenant], domain: seed.tenant },
    clockOffsetMs: 0,
    objects: Object.fromEntries(objects),
    routing: [...seed.routing],
    trace: seed.trace,
    caller: seed.caller,
    dns: seed.dns,
    directory: seed.directory,
    vendor: seed.vendor,
    google: seed.google,
    serial: 0,
    requests: 0,
    counts: {},
    writes: [],
    faults: [],
    stale: [],
  }
  if (routesToScanner(state)) state.routing.push({ from: null, to: null })
  if (gmailRoutesToScanner(state)) state.google.routing.push({ from: null, to: null })
  if (mxLeadsToScanner(state)) state.dns.routing.push({ from: null, to: null })
  noteRouting(state)
  return state
}

/** DNS as it is kept now: with zones. */
function isDnsState(dns: KeptState['dns']): dns is DnsState {
  const parts = [dns.zones, dns.cloudflare, dns.mtaSts, dns.smtp, dns.routing, dns.serverFailure]
  return parts.every((part) => part !== undefined)
}

/** A kept state, with the parts that an older sandbox did not have. */
export function upToDate(kept: KeptState): SandboxState {
  const { directory, vendor, google, dns } = kept
  if (directory !== undefined && vendor !== undefined && google !== undefined && isDnsState(dns))
    return { ...kept, directory, vendor, google, dns }
  const { dns: newDns, ...built } = buildState(kept.scenario, kept.regions)
  return { ...built, ...kept, dns: isDnsState(dns) ? dns : newDns }
}
