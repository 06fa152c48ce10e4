import { UsageError } from '../../model/errors.ts'
import type { RegionId } from '../../model/words.ts'
import { everyRole } from '../exchange/roles.ts'
import { guidOf, tenantIds } from '../tenant/ids.ts'
import { noteRouting, routesToScanner } from '../tenant/routing.ts'
import { type Kind, kinds, type SandboxState, type StoredObject } from '../tenant/state.ts'
import { addCustomer } from './customer.ts'
import { scenarios } from './index.ts'
import type { Scenario } from './scenario.ts'
import type { Seed, SeedObject } from './seed.ts'
import { addVendorSetup, vendorAddresses } from './vendor-setup.ts'

const createdAt = '2025-09-08T07:12:44.000Z'
const microsoftHost = 'contoso-com.mail.protection.outlook.com'

function newSeed(regions: readonly RegionId[]): Seed {
  return {
    regions,
    objects: {},
    trace: { otherMail: true, vendorMail: 'while-routing', vendorAddresses: vendorAddresses(regions) },
    caller: { roles: everyRole, without: [] },
    dns: {
      records: {
        'contoso.com': {
          mx: [{ preference: 0, exchange: microsoftHost }],
          txt: ['v=spf1 include:spf.protection.outlook.com -all'],
        },
        'fabrikam.com': { mx: [{ preference: 0, exchange: 'fabrikam-com.mail.protection.outlook.com' }] },
        'contoso.onmicrosoft.com': {
          mx: [{ preference: 0, exchange: 'contoso.mail.protection.outlook.com' }],
        },
        [microsoftHost]: { a: ['52.101.73.4'] },
      },
      serverFailure: [],
    },
    routing: [],
    tenant: 'contoso.onmicrosoft.com',
  }
}

function findScenario(name: string): Scenario {
  const known: Readonly<Record<string, Scenario>> = scenarios
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  if (found !== undefined) return found
  throw new UsageError({
    tried: `start the sandbox with the scenario "${name}"`,
    said: 'there is no such scenario',
    hint: `Known: ${Object.keys(known).join(', ')}.`,
  })
}

function stored(scenario: string, kind: Kind, { name, properties }: SeedObject): StoredObject {
  return { guid: guidOf(`${scenario} ${kind} ${name}`), name, createdAt, changedAt: createdAt, properties }
}

/** A new tenant. Throws a UsageError when there is no such scenario. */
export function buildState(scenario: string, regions: readonly RegionId[]): SandboxState {
  const { change } = findScenario(scenario)
  const seed = newSeed(regions)
  addVendorSetup(seed)
  addCustomer(seed)
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
    serial: 0,
    requests: 0,
    counts: {},
    writes: [],
    faults: [],
    stale: [],
  }
  if (routesToScanner(state)) state.routing.push({ from: null, to: null })
  noteRouting(state)
  return state
}
