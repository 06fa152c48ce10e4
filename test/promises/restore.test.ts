import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import type { RegionId } from '../../src/model/words.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { ruleOrder } from '../support/customer.ts'
import { exchangeDescription } from '../support/describe.ts'
import { ids, openWorld, outcomes, planOf, type World } from '../support/world.ts'

const redirect = 'Perception Point Redirect Rule'

/** Every object by kind and name, as what of it could be written. */
function writable(view: SandboxView): ReadonlyMap<string, JsonObject> {
  return new Map(
    Object.entries(view.objects).flatMap(([kind, objects]) => {
      const describe = exchangeDescription(kind)
      if (describe === undefined) return []
      return objects.map((properties) => {
        const object = { guid: String(properties.Guid), name: String(properties.Name), properties }
        return [`${kind} ${object.name}`, describe.writable(object)] as const
      })
    }),
  )
}

async function takenOff(world: World): Promise<string> {
  const run = await world.run('--yes', '--drain', '0')
  expect(run.exitCode).toBe(3)
  return run.summary.runId ?? ''
}

describe('restore after a full run', () => {
  test.each<[string, RegionId]>([
    ['default', 'us'],
    ['default', 'eu'],
    ['default', 'au'],
    ['hostile-names', 'eu'],
    ['group-scoped', 'us'],
    ['many-rules', 'eu'],
  ])('%s, %s: every writable property is back, in the old relative order', async (scenario, region) => {
    await using world = await openWorld({ scenario, regions: [region] })
    const before = await world.show()
    const run = await takenOff(world)
    const restored = await world.offboard('restore', run, '--enable-redirect', '--yes')
    expect(restored.summary.error).toBeUndefined()
    expect(restored.exitCode).toBe(0)
    expect(Object.values(outcomes(restored)).every((outcome) => outcome === 'verified')).toBe(true)
    const after = await world.show()
    expect(writable(after)).toEqual(writable(before))
    expect(ruleOrder(after)).toEqual(ruleOrder(before))
  })

  test('without --enable-redirect all is back but that rule’s state', async () => {
    await using world = await openWorld()
    const before = writable(await world.show())
    const run = await takenOff(world)
    expect((await world.offboard('restore', run, '--yes')).exitCode).toBe(0)
    const after = writable(await world.show())
    const key = `transport-rule ${redirect}`
    expect(after.get(key)).toEqual({ ...before.get(key), State: 'Disabled' })
    const others = (all: typeof after) => new Map([...all].filter(([name]) => name !== key))
    expect(others(after)).toEqual(others(before))
  })

  test('what the customer did meanwhile survives', async () => {
    await using world = await openWorld()
    const before = writable(await world.show())
    const run = await takenOff(world)
    await world.control.act('add-customer-rule', { name: 'Made meanwhile', place: 0 })
    await world.control.act('edit-customer-rule', { comments: 'edited meanwhile' })
    await world.control.act('add-address', { address: '203.0.113.99' })
    await world.control.act('add-customer-connector')
    await world.control.act('add', {
      kind: 'outbound-connector',
      name: 'Perception Point Scanning (ours)',
      properties: { SmartHosts: ['relay.contoso.com'], IsTransportRuleScoped: true },
    })
    const changed = writable(await world.show())
    expect((await world.offboard('restore', run, '--enable-redirect', '--yes')).exitCode).toBe(0)
    const view = await world.show()
    const after = writable(view)
    const vendors = [...before.keys()].filter((key) => !changed.has(key))
    for (const key of vendors) expect(after.get(key), key).toEqual(before.get(key))
    for (const [key, value] of changed) {
      if (key.startsWith('connection-filter')) continue
      expect(after.get(key), key).toEqual(value)
    }
    const [policy] = view.objects['connection-filter-policy'] ?? []
    expect(policy?.IPAllowList).toContain('203.0.113.99')
    expect(policy?.IPAllowList).toContain('99.81.216.78')
    expect(ruleOrder(view)).toContain('Made meanwhile')
  })

  test('what could not be made again is said, and a person has to: 3 and never done', async () => {
    await using world = await openWorld({ scenario: 'unknown-condition' })
    const id = 'rule:Perception Point Spam Rule'
    const run = await world.run('--yes', '--drain', '0', '--include', id)
    const restored = await world.offboard('restore', run.summary.runId ?? '', '--enable-redirect', '--yes')
    expect(restored.exitCode).toBe(3)
    expect(outcomes(restored)[id]).toBe('action-required')
    expect(planOf(restored).kept.find((kept) => kept.id === id)?.reason).toContain('cannot be made again')
    expect((await world.offboard('resume', restored.summary.runId ?? '')).exitCode).toBe(3)
  })

  test('a restore is not itself restored', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const restored = await world.offboard('restore', await takenOff(world), '--yes')
    const { writesDone } = await world.show()
    expect((await world.offboard('restore', restored.summary.runId ?? '', '--yes')).exitCode).toBe(64)
    expect((await world.show()).writesDone).toBe(writesDone)
  })

  test('a name that somebody has taken blocks, and the rest is put back with --only', async () => {
    await using world = await openWorld()
    const run = await takenOff(world)
    await world.control.act('add-customer-rule', { name: 'Perception Point Spam Rule' })
    const blocked = await world.offboard('restore', run, '--yes')
    expect(blocked.exitCode).toBe(4)
    expect(ids(blocked.summary.blockers)).toEqual(['name-in-use:rule:Perception Point Spam Rule'])
    const only = await world.offboard('restore', run, '--only', 'outbound:Perception Point Scanning', '--yes')
    expect(only.exitCode).toBe(0)
    expect(outcomes(only)).toMatchObject({ 'outbound:Perception Point Scanning': 'verified' })
    const unknown = await world.offboard('restore', run, '--only', 'rule:Nobody')
    expect(unknown.exitCode).toBe(64)
  })

  test('a rule whose connector is not there blocks, with the reason; the rest is put back with --only', async () => {
    await using world = await openWorld()
    const run = await takenOff(world)
    const { writesDone } = await world.show()
    const alone = await world.offboard('restore', run, '--only', `rule:${redirect}`, '--yes')
    expect(alone.exitCode).toBe(4)
    expect(ids(alone.summary.blockers)).toEqual([`lacking:rule:${redirect}`])
    expect(alone.summary.blockers[0]?.reason).toContain('Perception Point Scanning')
    expect((await world.show()).writesDone).toBe(writesDone)
    const connector = ['--only', 'outbound:Perception Point Scanning']
    const disabled = await world.offboard('restore', run, ...connector, '--yes')
    expect(disabled.exitCode).toBe(0)
    const name = 'Perception Point Scanning'
    const set = { kind: 'outbound-connector', name, property: 'Enabled' }
    await world.control.act('set', { ...set, value: false })
    expect((await world.offboard('restore', run, '--only', `rule:${redirect}`, '--yes')).exitCode).toBe(4)
    await world.control.act('set', { ...set, value: true })
    expect((await world.offboard('restore', run, '--only', `rule:${redirect}`, '--yes')).exitCode).toBe(0)
    expect((await world.offboard('restore', run, '--yes')).exitCode).toBe(0)
  })

  test('a second restore has nothing to do, and a dry one writes nothing', async () => {
    await using world = await openWorld()
    const run = await takenOff(world)
    const { writesDone } = await world.show()
    const dry = await world.offboard('restore', run, '--dry-run', '--enable-redirect')
    expect(dry.exitCode).toBe(0)
    expect((await world.show()).writesDone).toBe(writesDone)
    const hash = dry.summary.planHash ?? ''
    const restored = await world.offboard('restore', run, '--enable-redirect', '--plan-hash', hash)
    expect(restored.exitCode).toBe(0)
    const done = (await world.show()).writesDone
    const again = await world.offboard('restore', run, '--enable-redirect', '--yes')
    expect(again.exitCode).toBe(0)
    expect((await world.show()).writesDone).toBe(done)
  })

  test('an open run is not restored; one that was abandoned half way is, as far as it went', async () => {
    await using world = await openWorld()
    const before = writable(await world.show())
    await world.control.fail({ kind: 'denied', cmdlet: 'Remove-InboundConnector' })
    const broken = await world.run('--yes', '--drain', '0')
    expect(broken.exitCode).toBe(1)
    const run = broken.summary.runId ?? ''
    expect((await world.offboard('restore', run, '--yes')).exitCode).toBe(4)
    expect((await world.offboard('abandon', run)).exitCode).toBe(0)
    expect((await world.offboard('restore', run, '--enable-redirect', '--yes')).exitCode).toBe(0)
    expect(writable(await world.show())).toEqual(before)
  })

  test.each([
    'New-OutboundConnector',
    'New-TransportRule',
    'Enable-TransportRule',
    'Set-HostedConnectionFilterPolicy',
    'New-InboundConnector',
  ])('a lost answer to %s in the middle, and a refusal, are resumed', async (cmdlet) => {
    for (const kind of ['lost-answer', 'denied', 'stale-reads'] as const) {
      await using world = await openWorld()
      const before = writable(await world.show())
      const run = await takenOff(world)
      await world.control.fail({ kind, cmdlet })
      const restored = await world.offboard('restore', run, '--enable-redirect', '--yes')
      if (restored.exitCode !== 0)
        expect((await world.offboard('resume')).exitCode, `${kind} ${restored.summary.error?.message}`).toBe(
          0,
        )
      expect(writable(await world.show()), kind).toEqual(before)
    }
  })
})
