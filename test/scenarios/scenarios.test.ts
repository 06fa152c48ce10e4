import { describe, expect, test } from 'vitest'
import { regionAddresses } from '../../src/footprint/data.ts'
import { type RegionId, regionIds } from '../../src/model/words.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import type { scenarios } from '../../src/sandbox/scenarios/index.ts'
import { differences, ruleOrder } from '../support/customer.ts'
import { ids, type Outcome, openWorld, planOf, type World } from '../support/world.ts'

const vendorRules = [
  'rule:Perception Point Redirect Rule',
  'rule:Perception Point Spam Rule',
  'rule:Send Office 365 spam emails to Junk folder (High)',
  'rule:Send Office 365 spam emails to Junk folder (Low)',
]
const redirect = 'rule:Perception Point Redirect Rule'
const spam = 'rule:Perception Point Spam Rule'
const low = 'rule:Send Office 365 spam emails to Junk folder (Low)'
const inbound = 'inbound:Disable IP Throttling on Perception Point Connector'
const outbound = 'outbound:Perception Point Scanning'
const multiRegion = 'ip:52.12.169.124'

function addressIds(region: RegionId): readonly string[] {
  return regionAddresses[region].map((address) => `ip:${address}`)
}

interface Expectation {
  /** Exit codes of a dry run, of a real one, and of `verify` afterwards. */
  readonly dry?: number
  readonly real?: number
  readonly verify?: number
  /** Changes besides the full set, and what is missing of it. */
  readonly without?: (region: RegionId) => readonly string[]
  /** Lookalikes that must be among those shown. */
  readonly lookalikes?: (region: RegionId) => readonly string[]
  readonly blockers?: (region: RegionId, next: RegionId) => readonly string[]
  /** Names differ from the usual ones: only the number of changes is compared. */
  readonly otherNames?: true
}

const drainOf = (rule: string) => rule.replace('rule:', 'drain:')
const everything = (region: RegionId) => [
  drainOf(redirect),
  ...addressIds(region),
  multiRegion,
  'safe-list',
  ...vendorRules,
  inbound,
  outbound,
]

/** A region that is not this one: the sandbox takes the one before in the order of the vendor's list. */
const others = (region: RegionId) => regionIds.filter((other) => other !== region)

const expectations: Partial<Record<keyof typeof scenarios, Expectation>> = {
  default: {},
  plain: {},
  clean: { without: everything },
  'other-spelling': { otherNames: true },
  'older-names': { otherNames: true },
  'no-multi-region': { without: () => [multiRegion] },
  'customer-address': { without: () => ['safe-list'] },
  'safe-list-off': { without: () => ['safe-list'] },
  'disabled-redirect': { without: () => [drainOf(redirect)] },
  'group-scoped': {},
  'many-rules': {},
  'hostile-names': { otherNames: true },
  'same-names': {
    without: () => [drainOf(redirect), ...vendorRules],
    lookalikes: () => vendorRules,
  },
  'renamed-redirect': {
    dry: 4,
    real: 4,
    verify: 2,
    without: () => [drainOf(redirect), redirect],
    lookalikes: () => ['rule:Scanner redirect (do not touch)'],
    blockers: () => ['routes:Scanner redirect (do not touch)'],
  },
  'routing-rule': { dry: 4, real: 4, verify: 2, blockers: () => ['routes:Board mail to the scanner'] },
  'disabled-routing-rule': {
    dry: 4,
    real: 4,
    verify: 2,
    blockers: () => ['routes:Board mail to the scanner'],
  },
  'foreign-addresses': { without: () => [inbound], lookalikes: () => [inbound] },
  'own-smart-host': { without: () => [outbound], lookalikes: () => [outbound] },
  'locked-inbound': { without: () => [inbound], lookalikes: () => [inbound] },
  'on-premises-inbound': { verify: 2, without: () => [inbound], lookalikes: () => [inbound] },
  'unknown-condition': { verify: 2, without: () => [spam], lookalikes: () => [spam] },
  'redacted-text': { verify: 2, without: () => [spam], lookalikes: () => [spam] },
  'old-dlp-condition': { without: () => [low], lookalikes: () => [low] },
  'vendor-host-elsewhere': { lookalikes: () => ['outbound:Outbound scanning'] },
  'vendor-mx': { dry: 4, real: 4, verify: 2, blockers: () => ['vendor-mx:contoso.com'] },
  'third-party-mx': {},
  'unresolvable-mx': {},
  leftovers: {},
  'leftovers-denied': {},
  'rule-limit': {},
  'deleted-redirect': { without: () => [drainOf(redirect), redirect] },
  'no-other-mail': { real: 5 },
  'trace-denied': { real: 5 },
  'endless-mail': { real: 3, verify: 2 },
  'read-only': { real: 1, verify: 2 },
  'connectors-not-removable': { real: 1, verify: 2 },
  'connectors-denied': { dry: 5, real: 5, verify: 2, without: () => [inbound, outbound] },
}

async function verify(world: World, region: RegionId): Promise<Outcome> {
  return world.offboard('verify', '--platform', 'm365-inline', '--region', region)
}

/** Nothing that the plan does not name differs in a byte, and the order of the rules left is the same. */
function expectCustomerUntouched(before: SandboxView, after: SandboxView, run: Outcome): void {
  const planned = planOf(run).changes
  const touched = new Set(
    planned.map(
      ({ kind, object }) =>
        `${kind === 'connection-filter' ? 'connection-filter-policy' : kind} ${object.guid}`,
    ),
  )
  expect(differences(before, after).filter((id) => !touched.has(id))).toEqual([])
  const left = new Set(ruleOrder(after))
  expect(ruleOrder(after)).toEqual(ruleOrder(before).filter((name) => left.has(name)))
}

/** Every write on the wire is about an object of the plan. */
function expectOnlyThePlan(after: SandboxView, run: Outcome): void {
  const guids = new Set(planOf(run).changes.map((change) => change.object.guid))
  for (const { cmdlet, parameters } of after.writes)
    expect(guids.has(String(parameters.Identity)), `${cmdlet} ${String(parameters.Identity)}`).toBe(true)
}

describe.each(regionIds)('every scenario, region %s', (region) => {
  test.each(Object.entries(expectations))('%s', { timeout: 120_000 }, async (scenario, expected) => {
    await using world = await openWorld({ scenario, regions: [region] })
    const before = await world.show()
    const dry = await world.run('--dry-run')
    expect(dry.exitCode, dry.summary.error?.message).toBe(expected.dry ?? 0)
    const missing = new Set(expected.without?.(region) ?? [])
    const usual = everything(region).filter((id) => !missing.has(id))
    if (expected.otherNames) expect(dry.summary.changes).toHaveLength(usual.length)
    else expect(new Set(ids(dry.summary.changes))).toEqual(new Set(usual))
    expect(ids(dry.summary.lookalikes)).toEqual(
      expect.arrayContaining([...(expected.lookalikes?.(region) ?? [])]),
    )
    expect(ids(dry.summary.blockers)).toEqual(expected.blockers?.(region, region) ?? [])
    expect((await world.show()).writes).toEqual([])
    const run = await world.run('--yes')
    expect(run.exitCode, run.summary.error?.message).toBe(expected.real ?? 3)
    const after = await world.show()
    expectCustomerUntouched(before, after, run)
    expectOnlyThePlan(after, run)
    if (run.exitCode === 4) expect(after.writes).toEqual([])
    expect((await verify(world, region)).exitCode).toBe(expected.verify ?? 0)
  })

  test.each(['mixed-regions', 'other-region'])(
    '%s: blocked until it is waived or that region is named',
    async (scenario) => {
      await using world = await openWorld({ scenario, regions: [region] })
      const dry = await world.run('--dry-run')
      expect(dry.exitCode).toBe(4)
      const [blocker] = dry.summary.blockers
      const found = others(region).find((other) => `region:${other}` === blocker?.id)
      expect(found).toBeDefined()
      const waived = await world.run('--dry-run', '--allow', `region:${found}`)
      expect(waived.exitCode).toBe(0)
      const foreign = new Set(addressIds(found ?? region))
      const shown = ids(waived.summary.lookalikes).filter((id) => foreign.has(id))
      expect(shown.length).toBeGreaterThan(0)
      const both = await world.offboard(
        ...['run', '--platform', 'm365-inline', '--region', `${region},${found}`, '--dry-run'],
      )
      expect(both.exitCode).toBe(0)
      expect(ids(both.summary.changes)).toEqual(expect.arrayContaining([...shown]))
    },
  )

  test('address-ranges: a range that holds a vendor address is kept, and goes with --include', async () => {
    await using world = await openWorld({ scenario: 'address-ranges', regions: [region] })
    const dry = await world.run('--dry-run')
    const ranges = ids(dry.summary.lookalikes).filter((id) => id.startsWith('ip:'))
    expect(ranges).toHaveLength(2)
    expect(ids(dry.summary.changes)).not.toContain('safe-list')
    const run = await world.run('--yes', '--drain', '0', '--include', 'step:addresses')
    expect(ids(run.summary.changes)).toEqual(expect.arrayContaining([...ranges, 'safe-list']))
    const [policy] = (await world.show()).objects['connection-filter-policy'] ?? []
    expect(policy?.IPAllowList).toEqual([])
    expect(policy?.EnableSafeList).toBe(false)
  })

  test.each(['partial-footprint', 'partly-removed', 'single-junk-rule'])(
    '%s: what is there goes, the rest is not missed',
    async (scenario) => {
      await using world = await openWorld({ scenario, regions: [region] })
      const run = await world.run('--yes')
      expect(run.exitCode).toBe(3)
      expect(run.summary.changes.length).toBeGreaterThan(0)
      expect(run.summary.changes.every((change) => change.outcome === 'verified')).toBe(true)
      expect((await verify(world, region)).exitCode).toBe(0)
    },
  )
})

test('several regions at once', async () => {
  await using world = await openWorld({ regions: ['us', 'eu', 'au'] })
  const run = await world.run('--yes', '--drain', '0')
  expect(run.exitCode).toBe(3)
  const addresses = regionIds.flatMap(addressIds)
  expect(ids(run.summary.changes)).toEqual(expect.arrayContaining([...addresses, multiRegion, 'safe-list']))
})

test('"aus" is "au"', async () => {
  await using world = await openWorld({ regions: ['au'] })
  const run = await world.offboard('run', '--platform', 'm365-inline', '--region', 'AUS', '--dry-run')
  expect(run.summary.regions).toEqual(['au'])
})

test('the wrong tenant is refused, with the three values, before anything is written', async () => {
  await using world = await openWorld({ scenario: 'wrong-tenant' })
  for (const mode of ['--dry-run', '--yes']) {
    const run = await world.run(mode)
    expect(run.exitCode).toBe(4)
    expect(run.summary.error?.message).toContain('fabrikam-other.onmicrosoft.com')
  }
  expect((await world.show()).writes).toEqual([])
})

describe('decisions', () => {
  test('a renamed redirect goes with --include, its drain too, and the blocker with it', async () => {
    await using world = await openWorld({ scenario: 'renamed-redirect' })
    const name = 'Scanner redirect (do not touch)'
    const run = await world.run('--yes', '--include', `rule:${name}`)
    expect(run.exitCode).toBe(3)
    expect(ids(run.summary.changes)).toEqual(expect.arrayContaining([`rule:${name}`, `drain:${name}`]))
  })

  test('`routes:` cannot be waived', async () => {
    await using world = await openWorld({ scenario: 'routing-rule' })
    expect((await world.run('--dry-run', '--allow', 'routes:Board mail to the scanner')).exitCode).toBe(4)
  })

  test('a connector that is excluded needs no rule to go, and the blocker is gone', async () => {
    await using world = await openWorld({ scenario: 'routing-rule' })
    const dry = await world.run('--dry-run', '--exclude', outbound)
    expect(dry.exitCode).toBe(0)
    expect(dry.summary.changes.find(({ id }) => id === outbound)?.outcome).toBe('kept')
  })

  test('what is excluded is kept and does not count; an id that matches nothing is a warning', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '0', '--exclude', spam, '--include', 'rule:Nobody')
    expect(run.exitCode).toBe(3)
    expect(run.summary.changes.find(({ id }) => id === spam)?.outcome).toBe('kept')
    expect(planOf(run).unmatched).toEqual(['rule:Nobody'])
    expect((await world.show()).objects['transport-rule']?.map(({ Name }) => Name)).toContain(
      'Perception Point Spam Rule',
    )
    expect((await verify(world, 'eu')).exitCode).toBe(2)
  })

  test('a vendor MX is waived with --allow, and the console step stays locked', async () => {
    await using world = await openWorld({ scenario: 'vendor-mx' })
    const run = await world.run('--yes', '--drain', '0', '--allow', 'vendor-mx:contoso.com')
    expect(run.exitCode).toBe(3)
    const confirmed = await world.offboard(
      'confirm',
      run.summary.runId ?? '',
      'vendor-console',
      '--by',
      'Ada',
    )
    expect(confirmed.exitCode).toBe(4)
    await world.control.act('move-mx')
    expect(
      (await world.offboard('confirm', run.summary.runId ?? '', 'vendor-console', '--by', 'Ada')).exitCode,
    ).toBe(0)
    expect(
      (await world.offboard('confirm', run.summary.runId ?? '', 'vendor-console', '--by', 'Ada')).exitCode,
    ).toBe(0)
  })
})

describe('leftovers are reported with their harm, and not touched', () => {
  test('in every place outside the procedure', async () => {
    await using world = await openWorld({ scenario: 'leftovers' })
    const dry = await world.run('--dry-run')
    const kinds = new Set(planOf(dry).leftovers.map(({ kind }) => kind))
    for (const kind of [
      'transport-rule',
      'connection-filter',
      'inbound-connector',
      'outbound-connector',
      'arc-config',
      'spoof-items',
      'allow-block-items',
      'journal-rule',
      'transport-config',
      'content-filter-policy',
      'anti-phish-policy',
    ])
      expect(kinds, kind).toContain(kind)
    for (const { harm, remedy } of planOf(dry).leftovers) expect([harm, remedy]).not.toContain('')
  })

  test('what may not be read is "not checked", never "none"', async () => {
    await using world = await openWorld({ scenario: 'leftovers-denied' })
    const dry = await world.run('--dry-run')
    expect(dry.exitCode).toBe(0)
    expect(planOf(dry).unread.length).toBeGreaterThan(0)
    expect(planOf(dry).unread.every(({ required }) => !required)).toBe(true)
  })
})
