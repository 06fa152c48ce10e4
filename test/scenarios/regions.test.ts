import { describe, expect, test } from 'vitest'
import { regionAddresses } from '../../src/footprint/data.ts'
import { type RegionId, regionIds } from '../../src/model/words.ts'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, openWorld, planOf, type World } from '../support/world.ts'
import { addressIds, drain, everything, inbound, outbound, redirect, safeList, spam } from './expected.ts'

/** The region that the sandbox mixes in, as it goes round. */
const other: Readonly<Record<RegionId, RegionId>> = { us: 'eu', eu: 'au', au: 'us' }

const foreign = (region: RegionId) => regionAddresses[other[region]].map((address) => `ip:${address}`)

function runFor(world: World, regions: readonly RegionId[], ...argv: readonly string[]) {
  return world.offboard('run', '--platform', 'm365-inline', '--region', regions.join(','), ...argv)
}

describe.each(regionIds)('addresses of another region, asked for %s', (region) => {
  test.each([
    ['mixed-regions', foreign(region).slice(0, 2)],
    ['other-region', foreign(region)],
  ])('%s: a blocker that names the region, until it is waived', async (scenario, found) => {
    await using world = await openWorld({ scenario, regions: [region] })
    const blocker = `region:${other[region]}`
    for (const mode of ['--dry-run', '--yes']) {
      const run = await world.run(mode)
      expect(run.exitCode).toBe(4)
      expect(ids(run.summary.blockers)).toEqual([blocker])
      expect(run.summary.blockers[0]?.reason).toContain(other[region].toUpperCase())
    }
    const before = await world.show()
    expect(before.writes).toEqual([])
    const waived = await world.run('--yes', '--allow', blocker.toUpperCase())
    expect(waived.exitCode).toBe(3)
    expect(waived.summary.changes.every(({ outcome }) => outcome === 'verified')).toBe(true)
    expect(ids(waived.summary.lookalikes)).toEqual(expect.arrayContaining(found))
    expect(ids(waived.summary.changes)).not.toContain(safeList)
    expectOnlyThePlan(before, await world.show(), planOf(waived))
    const verified = await world.offboard('verify', '--platform', 'm365-inline', '--region', region)
    expect(verified.exitCode).toBe(0)
    expect(ids(verified.summary.lookalikes)).toEqual(expect.arrayContaining(found))
  })

  test('mixed-regions: taken when that region is named too', async () => {
    await using world = await openWorld({ scenario: 'mixed-regions', regions: [region] })
    const before = await world.show()
    const run = await runFor(world, [region, other[region]], '--yes')
    expect(run.exitCode).toBe(3)
    expect(run.summary.blockers).toEqual([])
    expect(ids(run.summary.changes).toSorted()).toEqual(
      [...everything(region), ...foreign(region).slice(0, 2)].toSorted(),
    )
    expectOnlyThePlan(before, await world.show(), planOf(run))
  })

  test('other-region: mail of that region still coming back stops the drain', async () => {
    await using world = await openWorld({ scenario: 'other-region', regions: [region] })
    await world.control.act('set-mail', { vendorMail: 'always' })
    const run = await world.run('--yes', '--allow', `region:${other[region]}`)
    expect(run.exitCode).toBe(3)
    expect((await world.show()).writes.map(({ cmdlet }) => cmdlet)).toEqual(['Disable-TransportRule'])
  })

  test('a range that holds a vendor address is kept, and goes with --include step:addresses', async () => {
    await using world = await openWorld({ scenario: 'address-ranges', regions: [region] })
    const dry = await world.run('--dry-run')
    const ranges = ids(dry.summary.lookalikes).filter((id) => id.startsWith('ip:'))
    expect(ranges).toHaveLength(2)
    expect(ids(dry.summary.changes).toSorted()).toEqual(
      [
        drain,
        ...addressIds(region).slice(2),
        ...everything(region).filter((id) => /^(rule|in|out)/.test(id)),
      ].toSorted(),
    )
    const [whole] = ranges
    const one = await world.run('--dry-run', '--include', whole ?? '')
    expect(ids(one.summary.changes)).toContain(whole)
    expect(ids(one.summary.changes), 'the other range remains').not.toContain(safeList)
    const before = await world.show()
    const run = await world.run('--yes', '--drain', '0', '--include', 'step:addresses')
    expect(run.exitCode).toBe(3)
    expect(ids(run.summary.changes)).toEqual(expect.arrayContaining([...ranges, safeList]))
    const after = await world.show()
    expectOnlyThePlan(before, after, planOf(run))
    const [policy] = after.objects['connection-filter-policy'] ?? []
    expect(policy?.IPAllowList).toEqual([])
    expect(policy?.EnableSafeList).toBe(false)
  })
})

test('several regions at once', async () => {
  await using world = await openWorld({ regions: ['us', 'eu', 'au'] })
  const before = await world.show()
  const run = await world.run('--yes', '--drain', '0')
  expect(run.exitCode).toBe(3)
  const all = new Set([...regionIds.flatMap(addressIds), drain, safeList, redirect, spam, inbound, outbound])
  expect(ids(run.summary.changes)).toEqual(expect.arrayContaining([...all]))
  expectOnlyThePlan(before, await world.show(), planOf(run))
  expect((await runFor(world, ['us', 'eu', 'au'], '--dry-run')).summary.changes).toEqual([])
})

test('"aus" is "au", in any case, and the order of regions does not matter', async () => {
  await using world = await openWorld({ regions: ['au'] })
  const run = await world.offboard('run', '--platform', 'm365-inline', '--region', 'AUS', '--dry-run')
  expect(run.summary.regions).toEqual(['au'])
  const [one, two] = [
    await runFor(world, ['au', 'eu'], '--dry-run'),
    await runFor(world, ['eu', 'au'], '--dry-run'),
  ]
  expect(one.summary.planHash).toBe(two.summary.planHash)
})
