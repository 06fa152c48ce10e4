import { describe, expect, test } from 'vitest'
import { differences, ruleOrder } from '../support/customer.ts'
import { ids, openWorld, outcomes, planOf } from '../support/world.ts'

const euChanges = [
  'drain:Perception Point Redirect Rule',
  'ip:99.81.216.78',
  'ip:34.249.190.60',
  'ip:108.128.137.108',
  'ip:99.80.189.20',
  'ip:52.12.169.124',
  'safe-list',
  'rule:Perception Point Redirect Rule',
  'rule:Send Office 365 spam emails to Junk folder (High)',
  'rule:Send Office 365 spam emails to Junk folder (Low)',
  'rule:Perception Point Spam Rule',
  'inbound:Disable IP Throttling on Perception Point Connector',
  'outbound:Perception Point Scanning',
]

describe('the main job on the default sandbox', () => {
  test('a dry run lists all that the vendor left, keeps the lookalikes with their reason, and writes nothing', async () => {
    await using world = await openWorld()
    const dry = await world.run('--dry-run')
    expect(dry.exitCode).toBe(0)
    expect(dry.summary.outcome).toBe('planned')
    expect(new Set(ids(dry.summary.changes))).toEqual(new Set(euChanges))
    expect(dry.summary.blockers).toEqual([])
    expect(dry.summary.lookalikes.length).toBeGreaterThan(0)
    for (const lookalike of dry.summary.lookalikes) expect(lookalike.reason).not.toBe('')
    expect(ids(dry.summary.guided)).toEqual(['vendor-console', 'verified-domains'])
    expect(dry.summary.runId).toBeNull()
    expect((await world.show()).writes).toEqual([])
  })

  test('a real run verifies every change, leaves the console step, and touches nothing of the customer', async () => {
    await using world = await openWorld()
    const before = await world.show()
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(3)
    expect(Object.values(outcomes(run))).toEqual(euChanges.map(() => 'verified'))
    const after = await world.show()
    const removed = planOf(run).changes.filter((change) => change.action === 'remove')
    const touched = new Set(differences(before, after))
    for (const { kind, object } of removed) touched.delete(`${kind} ${object.guid}`)
    expect([...touched].map((id) => id.split(' ')[0])).toEqual(['connection-filter-policy'])
    const names = new Set(removed.map((change) => change.name))
    expect(ruleOrder(after)).toEqual(ruleOrder(before).filter((name) => !names.has(name)))
  })

  test('after confirm, a second run with --exclude for each lookalike is done and writes nothing; without, it is not', async () => {
    await using world = await openWorld()
    const first = await world.run('--yes')
    const runId = first.summary.runId ?? ''
    const confirmed = await world.offboard('confirm', runId, 'vendor-console', '--by', 'Ada Lovelace')
    expect(confirmed.exitCode).toBe(0)
    const { writesDone } = await world.show()
    const undecided = await world.run('--yes')
    expect(undecided.exitCode).toBe(3)
    const excluding = first.summary.lookalikes.flatMap(({ id }) => ['--exclude', id])
    const second = await world.run('--yes', ...excluding)
    expect(second.exitCode).toBe(0)
    expect(second.summary.outcome).toBe('done')
    expect((await world.show()).writesDone).toBe(writesDone)
  })
})
