import { describe, expect, it } from 'vitest'
import { regionIds } from '../../model/words.ts'
import { googleVendor } from '../google/account.ts'
import { complianceRules, isRuleEnabled } from '../tenant/google-policies.ts'
import { gmailRoutesToScanner, routesToScanner } from '../tenant/routing.ts'
import type { SandboxState } from '../tenant/state.ts'
import { isScanned } from '../tenant/vendor.ts'
import { vendorAddresses } from './addresses.ts'
import { buildState } from './build.ts'
import { googleScenarios } from './google.ts'

const each = Object.keys(googleScenarios)

/** The units and groups that hold a rule with this name. */
function placesOf({ google }: SandboxState, name: string): readonly string[] {
  return complianceRules(google.policies)
    .filter(({ rule }) => rule.description === name)
    .map(({ policy }) => {
      const path = google.orgUnits.find(({ id }) => id === policy.orgUnit)?.path ?? '?'
      return policy.group === undefined ? path : `${path} for a group`
    })
}

describe.each(each)('the scenario %s', (name) => {
  const state = buildState(name, ['eu'])
  const { google } = state

  it('has no two policies of one id, or of one type at one place', () => {
    const { policies } = google
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length)
    const places = policies.map(({ type, orgUnit, group }) => `${type} ${orgUnit} ${group}`)
    expect(new Set(places).size).toBe(policies.length)
  })

  it('has units and groups for all that stands in them', () => {
    const units = google.orgUnits.map(({ id }) => id)
    const groups = google.groups.map(({ id }) => id)
    for (const { orgUnit, group } of google.policies) {
      expect(units).toContain(orgUnit)
      if (group !== undefined) expect(groups).toContain(group)
    }
  })

  it('gives each compliance rule an id of its own, and a state', () => {
    const ids = complianceRules(google.policies).map(({ rule }) => String(rule.ruleId))
    expect(new Set(ids).size).toBe(ids.length)
    const states = google.policies
      .filter(({ type }) => type === 'settings/gmail.rule_states')
      .map(({ value }) => JSON.stringify(value))
      .join()
    for (const id of ids) expect(states).toContain(`"${id}"`)
  })

  it('is the same each time, but for the times', () => {
    const { audit: _, delegation: __, ...again } = buildState(name, ['eu']).google
    expect(google).toMatchObject(again)
  })

  it('has nothing of the vendor in Microsoft 365', () => {
    expect(routesToScanner(state)).toBe(false)
  })
})

describe.each(regionIds)('the Google customer of %s', (region) => {
  const { google } = buildState('google-default', [region])

  it('has the vendor’s addresses of the region in its gateway', () => {
    expect(google.inboundGateway.addresses).toEqual(vendorAddresses([region]))
    const others = buildState('google-other-region', [region]).google.inboundGateway.addresses
    expect(vendorAddresses([region]).filter((address) => others.includes(address))).toEqual([])
  })
})

describe('the vendor’s rule', () => {
  const { ruleName } = googleVendor

  it.each([
    ['google-default', ['/']],
    ['google-absent', []],
    ['google-child-unit', ['/Sales/EMEA']],
    ['google-several-rules', ['/', '/Sales/EMEA']],
    ['google-renamed-rule', []],
    ['google-same-name', ['/']],
    ['google-only-rule', ['/']],
  ])('stands in %s where it is meant to', (scenario, places) => {
    expect(placesOf(buildState(scenario, ['us']), ruleName)).toEqual(places)
  })

  it.each([
    ['google-default', true],
    ['google-renamed-rule', true],
    ['google-absent', false],
    ['google-same-name', false],
    ['google-disabled-rule', false],
  ])('hands mail over in %s: %s', (scenario, routes) => {
    const state = buildState(scenario, ['us'])
    expect(gmailRoutesToScanner(state)).toBe(routes)
    expect(isScanned(state, Date.now())).toBe(routes)
  })

  it('is off where it is switched off', () => {
    const { policies } = buildState('google-disabled-rule', ['us']).google
    const found = complianceRules(policies).find(({ rule }) => rule.description === ruleName)
    expect(isRuleEnabled(policies, String(found?.rule.ruleId))).toBe(false)
  })
})

it('nothing of the vendor is left where it is absent, but what is like it', () => {
  const { google } = buildState('google-absent', ['us'])
  const { delegation, hosts, inboundGateway, users, audit, policies } = google
  const text = JSON.stringify({ delegation, hosts, inboundGateway, users, audit, policies })
  for (const gone of [
    googleVendor.clientId,
    googleVendor.appId,
    googleVendor.hostName,
    ...vendorAddresses(['us']),
  ])
    expect(text).not.toContain(gone)
  expect(text).toContain('Perception Point awareness training')
})
