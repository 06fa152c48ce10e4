import { describe, expect, it } from 'vitest'
import { type RegionId, regionIds } from '../../model/words.ts'
import { present } from '../exchange/present.ts'
import { shapes } from '../exchange/shapes.ts'
import { routesToScanner } from '../tenant/routing.ts'
import { kinds, type SandboxState } from '../tenant/state.ts'
import { addresses, multiRegionAddress, vendorAddresses } from './addresses.ts'
import { buildState } from './build.ts'
import { scenarios } from './index.ts'
import { vendorNames } from './vendor-setup.ts'

const names = Object.keys(scenarios)
const each = names.flatMap((name) => regionIds.map((region) => [name, region] as const))

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}

function ruleNames(state: SandboxState): readonly string[] {
  return state.objects['transport-rule'].map(({ name }) => name)
}

function allowList(state: SandboxState): readonly string[] {
  return texts(state.objects['connection-filter-policy'][0]?.properties.IPAllowList)
}

describe.each(each)('the scenario %s in %s', (name, region) => {
  const state = buildState(name, [region])

  it('is the same each time', () => {
    expect(buildState(name, [region]).objects).toEqual(state.objects)
  })

  it('has a name in words and a line that describes it', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(Object.entries(scenarios).find(([known]) => known === name)?.[1].description).toMatch(
      /^[^\n]{10,100}$/,
    )
  })

  it('has no two objects of a kind with one name or id, as the service compares them', () => {
    for (const kind of kinds) {
      const objects = state.objects[kind]
      expect(new Set(objects.map((object) => object.name.toLowerCase())).size).toBe(objects.length)
      expect(new Set(objects.map(({ guid }) => guid)).size).toBe(objects.length)
    }
  })

  it('sets only properties that its kinds have', () => {
    for (const kind of kinds) {
      for (const object of state.objects[kind])
        expect(Object.keys(shapes[kind])).toEqual(expect.arrayContaining(Object.keys(object.properties)))
    }
  })

  it('routes to connectors that are there', () => {
    const connectors = state.objects['outbound-connector'].map((connector) => connector.name)
    for (const rule of state.objects['transport-rule']) {
      const route = rule.properties.RouteMessageOutboundConnector
      if (route !== undefined) expect(connectors).toContain(route)
    }
  })

  it('can be kept as JSON', () => {
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })

  it('shows every object with all properties of its kind', () => {
    for (const kind of kinds) {
      const [object] = state.objects[kind]
      if (object !== undefined)
        expect(Object.keys(present(state, kind, object, 0))).toEqual(Object.keys(shapes[kind]))
    }
  })
})

describe.each(regionIds)('the default tenant in %s', (region: RegionId) => {
  const state = buildState('default', [region])

  it('has the whole set-up, its list holding nothing but the addresses', () => {
    expect(allowList(state)).toEqual([...addresses[region], multiRegionAddress])
    expect(state.objects['connection-filter-policy'][0]?.properties.EnableSafeList).toBe(true)
    const { redirect, spam, junkHigh, junkLow, inbound, outbound } = vendorNames
    expect(ruleNames(state)).toEqual(expect.arrayContaining([redirect, spam, junkHigh, junkLow]))
    expect(state.objects['inbound-connector'].map(({ name }) => name)).toContain(inbound)
    expect(state.objects['outbound-connector'].map(({ name }) => name)).toContain(outbound)
  })

  it('sends mail round over the scanner, by the redirect rule alone', () => {
    expect(routesToScanner(state)).toBe(true)
    const routing = state.objects['transport-rule'].filter(
      ({ properties }) => properties.RouteMessageOutboundConnector === vendorNames.outbound,
    )
    expect(routing.map(({ name }) => name)).toEqual([vendorNames.redirect])
    expect(ruleNames(state)[0]).toBe(vendorNames.redirect)
  })

  it("has the customer's rules between and around the vendor's", () => {
    const vendor = new Set<string>(Object.values(vendorNames))
    const pattern = ruleNames(state).map((name) => (vendor.has(name) ? 'v' : 'c'))
    expect(pattern.join('')).toMatch(/^vc+vc+v+c+$/)
  })
})

describe('particular scenarios', () => {
  it('serve several regions at once', () => {
    expect(allowList(buildState('default', ['us', 'eu', 'au']))).toEqual(vendorAddresses(['us', 'eu', 'au']))
  })

  it('have 1,300 rules where there are many', () => {
    expect(ruleNames(buildState('many-rules', ['us']))).toHaveLength(1300)
  })

  it('have nothing of the vendor where they are clean', () => {
    const text = JSON.stringify(buildState('clean', ['us']).objects['transport-rule'])
    expect(text).not.toMatch(/X-PERCEPTION-POINT|Perception Point Scanning/)
    expect(allowList(buildState('clean', ['us']))).toEqual([])
    expect(routesToScanner(buildState('clean', ['us']))).toBe(false)
  })

  it('hold addresses of another region only, where that is what they are for', () => {
    for (const region of regionIds) {
      const other = allowList(buildState('other-region', [region]))
      expect(other.length).toBeGreaterThan(0)
      expect(other.filter((address) => addresses[region].includes(address))).toEqual([])
    }
  })
})
