import { describe, expect, test } from 'vitest'
import type { RegionId } from '../../src/model/words.ts'
import { objectBytes } from '../support/customer.ts'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, openWorld, outcomes, planOf, type World } from '../support/world.ts'
import { differences, type Expectation, expectationOf } from './expected.ts'

/** What every transport must give alike. */
interface Given {
  readonly hash: string | null
  readonly end: ReturnType<typeof objectBytes>
  readonly writes: readonly string[]
}

/** Answers the hash of the plan. */
async function expectDryRun(world: World, expected: Expectation): Promise<string | null> {
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
  return dry.summary.planHash
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

async function wholeJob(
  scenario: string,
  region: RegionId,
  expected: Expectation,
  powershell?: string,
): Promise<Given> {
  await using world = await openWorld({
    scenario,
    regions: [region],
    ...(powershell === undefined ? {} : { powershell }),
  })
  const hash = await expectDryRun(world, expected)
  await expectRealRun(world, expected)
  const view = await world.show()
  await expectVerified(world, region, expected)
  // What the caller may not do never leaves PowerShell, and is refused by the service over REST.
  const done = view.writes.filter(({ result }) => result === 'done')
  return { hash, end: objectBytes(view), writes: done.map(({ cmdlet }) => cmdlet) }
}

/** The tests of every scenario for one region, over REST. */
export function everyScenario(region: RegionId): void {
  describe(`every scenario in ${region}: what is listed, what is done, what is left`, () => {
    test.each(Object.entries(differences))('%s', async (scenario, difference) => {
      await wholeJob(scenario, region, expectationOf(difference, region))
    })
  })
}

/** The same tests over PowerShell, and what it gives compared with what REST gives. */
export function everyScenarioBy(program: string, region: RegionId): void {
  describe(`every scenario in ${region} by PowerShell: as over REST`, () => {
    test.each(Object.entries(differences))('%s', { timeout: 180_000 }, async (scenario, difference) => {
      const expected = expectationOf(difference, region)
      const byPowerShell = await wholeJob(scenario, region, expected, program)
      expect(byPowerShell).toEqual(await wholeJob(scenario, region, expected))
    })
  })
}

/** Only the plans, which rest on all that is read, and their hashes compared with those over REST. */
export function everyPlanBy(program: string, region: RegionId): void {
  describe(`the plan of every scenario in ${region} by PowerShell: as over REST`, () => {
    test.each(Object.entries(differences))('%s', { timeout: 60_000 }, async (scenario, difference) => {
      const expected = expectationOf(difference, region)
      await using rest = await openWorld({ scenario, regions: [region] })
      await using powershell = await openWorld({ scenario, regions: [region], powershell: program })
      expect(await expectDryRun(powershell, expected)).toBe(await expectDryRun(rest, expected))
    })
  })
}
