import { describe, expect, test } from 'vitest'
import type { RegionId } from '../../src/model/words.ts'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, openWorld, outcomes, planOf, type World } from '../support/world.ts'
import { differences, type Expectation, expectationOf } from './expected.ts'

async function expectDryRun(world: World, expected: Expectation): Promise<void> {
  const dry = await world.run('--dry-run')
  expect(dry.exitCode, dry.summary.error?.message).toBe(expected.dry)
  expect(ids(dry.summary.changes).toSorted()).toEqual(expected.changes.toSorted())
  expect(ids(dry.summary.lookalikes).toSorted()).toEqual(expected.lookalikes.toSorted())
  expect(ids(dry.summary.leftovers).toSorted()).toEqual(expected.leftovers.toSorted())
  expect(ids(dry.summary.blockers)).toEqual(expected.blockers)
  const { unread, lookalikes, leftovers } = planOf(dry)
  expect(unread.map(({ kind }) => kind)).toEqual(expected.unread)
  for (const { reason } of [...lookalikes, ...leftovers, ...unread]) expect(reason).not.toBe('')
  for (const { harm, remedy } of leftovers) expect([harm, remedy]).not.toContain('')
  expect((await world.show()).writes).toEqual([])
}

async function expectRealRun(world: World, expected: Expectation): Promise<void> {
  const before = await world.show()
  const run = await world.run('--yes')
  expect(run.exitCode, run.summary.error?.message).toBe(expected.real)
  expect(outcomes(run)).toEqual(expected.outcomes)
  const after = await world.show()
  expectOnlyThePlan(before, after, planOf(run))
  if (run.exitCode === 4 || run.exitCode === 5) {
    const begun = run.summary.runId !== null
    expect(after.writes.length > 0, 'written only in a run that was begun').toBe(begun)
  }
}

async function expectVerified(world: World, region: RegionId, expected: Expectation): Promise<void> {
  const { writes } = await world.show()
  const found = await world.offboard('verify', '--platform', 'm365-inline', '--region', region)
  expect(found.exitCode).toBe(expected.verify)
  expect(ids(found.summary.changes).toSorted()).toEqual(expected.present.toSorted())
  expect((await world.show()).writes).toEqual(writes)
}

/** The tests of every scenario for one region. */
export function everyScenario(region: RegionId): void {
  describe(`every scenario in ${region}: what is listed, what is done, what is left`, () => {
    test.each(Object.entries(differences))('%s', async (scenario, difference) => {
      await using world = await openWorld({ scenario, regions: [region] })
      const expected = expectationOf(difference, region)
      await expectDryRun(world, expected)
      await expectRealRun(world, expected)
      await expectVerified(world, region, expected)
    })
  })
}
