import { describe, expect, test } from 'vitest'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, type Outcome, openWorld, outcomes, planOf, type World } from '../support/world.ts'
import {
  addressIds,
  apps,
  drain,
  everything,
  inbound,
  low,
  outbound,
  pilotRule,
  printers,
  redirect,
  safeList,
  spam,
} from './expected.ts'

const renamed = 'Scanner redirect (do not touch)'

async function runAndCompare(world: World, ...argv: readonly string[]): Promise<Outcome> {
  const before = await world.show()
  const run = await world.run('--yes', '--drain', '0', ...argv)
  expectOnlyThePlan(before, await world.show(), planOf(run))
  return run
}

async function isThere(world: World, kind: string, name: string): Promise<boolean> {
  return ((await world.show()).objects[kind] ?? []).some(({ Name }) => Name === name)
}

describe('--include takes what is not surely the vendor’s', () => {
  test('a renamed redirect, and its drain and the blocker with it', async () => {
    await using world = await openWorld({ scenario: 'renamed-redirect' })
    const run = await runAndCompare(world, '--include', `rule:${renamed}`)
    expect(run.exitCode).toBe(3)
    expect(outcomes(run)).toMatchObject({ [`rule:${renamed}`]: 'verified', [`drain:${renamed}`]: 'verified' })
  })

  test('a customer’s rule that routes to the connector, disabled and removed like the other', async () => {
    await using world = await openWorld({ scenario: 'routing-rule' })
    const run = await runAndCompare(world, '--include', 'RULE:board mail  to the scanner')
    expect(run.exitCode).toBe(3)
    const { writes } = await world.show()
    expect(writes.filter(({ cmdlet }) => cmdlet === 'Disable-TransportRule')).toHaveLength(2)
  })

  test.each([
    ['on-premises-inbound', inbound],
    ['unknown-condition', spam],
    ['redacted-text', spam],
    ['old-dlp-condition', low],
  ])('%s: what could not be put back, which the plan says', async (scenario, id) => {
    await using world = await openWorld({ scenario })
    const run = await runAndCompare(world, '--include', id)
    expect(run.exitCode).toBe(3)
    expect(outcomes(run)[id]).toBe('verified')
    expect(planOf(run).changes.find((change) => change.id === id)?.undo).toHaveProperty('notRebuildable')
  })

  test('step:ID, all lookalikes of that step and of no other', async () => {
    await using world = await openWorld()
    const run = await runAndCompare(world, '--include', 'step:rules')
    expect(outcomes(run)[pilotRule]).toBe('verified')
    expect(ids(run.summary.lookalikes).toSorted()).toEqual([printers, ...apps].toSorted())
  })
})

describe('--exclude keeps what it names, and the rest is done', () => {
  test.each([spam, inbound, 'ip:99.81.216.78', 'step:connectors', 'STEP:addresses'])('%s', async (id) => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await runAndCompare(world, '--exclude', id)
    expect(run.exitCode).toBe(3)
    const kept = run.summary.changes.filter(({ outcome }) => outcome === 'kept')
    expect(kept.length).toBeGreaterThan(0)
    const meant = id.toLowerCase().replace('step:', '')
    for (const change of kept) expect([change.id.toLowerCase(), change.step]).toContain(meant)
    expect(run.summary.changes.every(({ outcome }) => outcome === 'verified' || outcome === 'kept')).toBe(
      true,
    )
    const verified = await world.offboard('verify', '--platform', 'm365-inline', '--region', 'eu')
    expect(verified.exitCode).toBe(2)
    expect(ids(verified.summary.changes)).toEqual(
      expect.arrayContaining(ids(kept).filter((one) => one !== safeList)),
    )
  })

  test('an address that is kept keeps the safe list on', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const dry = await world.run('--dry-run', '--exclude', 'ip:99.81.216.78')
    expect(ids(dry.summary.changes)).not.toContain(safeList)
  })

  test('a redirect that is kept blocks its connector, until that is kept too', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const dry = await world.run('--dry-run', '--exclude', redirect)
    expect(dry.exitCode).toBe(4)
    expect(ids(dry.summary.blockers)).toEqual(['routes:Perception Point Redirect Rule'])
    expect(ids(dry.summary.changes), 'what is kept is not drained').not.toContain(drain)
    expect((await world.run('--dry-run', '--exclude', redirect, '--exclude', outbound)).exitCode).toBe(0)
  })

  test('everything: nothing is written', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const keeping = everything('eu').flatMap((id) => ['--exclude', id])
    const run = await runAndCompare(world, ...keeping)
    expect(run.exitCode, 'the console step is locked').toBe(3)
    expect((await world.show()).writes).toEqual([])
  })

  test('lookalikes that are decided are no reason to come back', async () => {
    await using world = await openWorld()
    const run = await runAndCompare(
      world,
      '--exclude',
      pilotRule,
      '--exclude',
      printers,
      ...apps.flatMap((id) => ['--exclude', id]),
    )
    expect(run.exitCode).toBe(3)
    const id = run.summary.runId ?? ''
    await world.offboard('confirm', id, 'vendor-console', '--by', 'Ada')
    expect((await world.offboard('resume', id)).exitCode).toBe(0)
  })
})

describe('--allow', () => {
  test('does not waive a route', async () => {
    await using world = await openWorld({ scenario: 'routing-rule' })
    const allowed = ['--allow', 'routes:Board mail to the scanner']
    expect((await world.run('--dry-run', ...allowed)).exitCode).toBe(4)
    expect((await world.run('--yes', ...allowed)).exitCode).toBe(4)
    expect((await world.show()).writes).toEqual([])
  })

  test('waives an MX at the vendor; the console step stays locked until it is moved', async () => {
    await using world = await openWorld({ scenario: 'vendor-mx' })
    const run = await runAndCompare(world, '--allow', 'vendor-mx:contoso.com')
    expect(run.exitCode).toBe(3)
    const confirm = ['confirm', run.summary.runId ?? '', 'vendor-console', '--by', 'Ada']
    const locked = await world.offboard(...confirm)
    expect(locked.exitCode).toBe(4)
    expect(locked.summary.error?.message).toContain('contoso.com')
    const verify = ['verify', '--platform', 'm365-inline', '--region', 'eu']
    expect(ids((await world.offboard(...verify)).summary.changes)).toEqual(['vendor-mx:contoso.com'])
    await world.control.act('move-mx')
    expect((await world.offboard(...confirm)).exitCode).toBe(0)
    expect((await world.offboard(...confirm)).exitCode, 'a repeat').toBe(0)
    expect((await world.offboard(...verify)).exitCode).toBe(0)
  })
})

describe('what names nothing', () => {
  test('is a warning, so that a rerun works', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const given = ['--include', 'rule:Nobody', '--exclude', 'step:nowhere', '--allow', 'region:us']
    const first = await runAndCompare(world, ...given)
    expect(first.exitCode).toBe(3)
    expect(planOf(first).unmatched).toEqual(['rule:Nobody', 'step:nowhere', 'region:us'])
    const again = await world.run('--dry-run', '--exclude', addressIds('eu')[0] ?? '')
    expect(again.exitCode).toBe(0)
    expect(planOf(again).unmatched).toEqual(addressIds('eu').slice(0, 1))
  })

  test('a rule of the customer’s that is nothing like the vendor’s cannot be included', async () => {
    await using world = await openWorld()
    const name = 'Block executable attachments'
    const run = await runAndCompare(world, '--include', `rule:${name}`)
    expect(planOf(run).unmatched).toEqual([`rule:${name}`])
    expect(await isThere(world, 'transport-rule', name)).toBe(true)
  })
})

test('the command that is shown for the next run holds what was decided', async () => {
  await using world = await openWorld({ scenario: 'mixed-regions' })
  const decided = ['--exclude', safeList, '--exclude', spam, '--include', pilotRule, '--allow', 'region:au']
  const run = await world.run('--yes', '--drain', '0', ...decided)
  const next = run.summary.next.find((line) => line.startsWith('offboard run')) ?? ''
  for (const part of [safeList, `'${spam}'`, `'${pilotRule}'`, '--allow region:au', `'${printers}'`])
    expect(next).toContain(part)
})
