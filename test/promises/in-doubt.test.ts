import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { InterruptedError } from '../../src/model/errors.ts'
import { openProxy } from '../support/proxy.ts'
import { openWorld, outcomes, type World } from '../support/world.ts'

const connector = 'Disable IP Throttling on Perception Point Connector'
const id = `inbound:${connector}`
const cmdlet = 'Remove-InboundConnector'

/** Stops the run when it asks for the connector to be removed. Done: the service did it all the same. */
async function leaveInDoubt(world: World, operator: AbortController, isDone: boolean): Promise<void> {
  const direct = world.env.OFFBOARD_EXCHANGE_URL ?? ''
  await using proxy = await openProxy(direct, (moment, _, asked) => {
    if (asked !== cmdlet) return undefined
    if (moment === 'arrived' && isDone) return undefined
    operator.abort(new InterruptedError({ tried: 'go on', said: 'interrupted' }))
    return 'drop'
  })
  world.env.OFFBOARD_EXCHANGE_URL = proxy.url
  const stopped = await world.run('--yes', '--drain', '0')
  world.env.OFFBOARD_EXCHANGE_URL = direct
  expect(stopped.exitCode).toBe(130)
  expect(outcomes(stopped)[id], 'it was begun, and nothing is said of what came of it').toBe('planned')
}

/** What the journal says of the change, first to last. */
async function lifeIn(world: World, runId: string): Promise<readonly string[]> {
  const shown = await world.offboard('show', runId)
  return shown.events.flatMap((event) =>
    event.type === 'show'
      ? event.entries.filter(({ subject }) => subject === id).map((entry) => entry.event)
      : [],
  )
}

async function sent(world: World): Promise<number> {
  return (await world.show()).writes.filter((write) => write.cmdlet === cmdlet).length
}

/** A world whose next run is stopped, and that goes on without a signal after that. */
async function doubtful(isDone: boolean): Promise<World> {
  const operator = new AbortController()
  const signals: { stopping?: AbortSignal; leaving?: AbortSignal } = {
    stopping: operator.signal,
    leaving: operator.signal,
  }
  const world = await openWorld({ scenario: 'plain', signals })
  await leaveInDoubt(world, operator, isDone)
  delete signals.stopping
  delete signals.leaving
  return world
}

describe('a change that was begun and not seen to its end is listed again, never assumed', () => {
  test('the service did it: found done, and not asked for a second time', async () => {
    await using world = await doubtful(true)
    const before = await sent(world)
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(3)
    expect(await sent(world)).toBe(before)
    expect(await lifeIn(world, resumed.summary.runId ?? '')).toEqual(['intended', 'applied', 'verified'])
  })

  test('the service never heard of it: begun anew', async () => {
    await using world = await doubtful(false)
    expect(await sent(world)).toBe(0)
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(3)
    expect(await sent(world)).toBe(1)
    expect(await lifeIn(world, resumed.summary.runId ?? '')).toEqual([
      'intended',
      'intended',
      'applied',
      'verified',
    ])
  })

  test('somebody changed the object since: refused with the difference, and not removed', async () => {
    await using world = await doubtful(false)
    await world.control.act('edit-vendor-connector')
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(4)
    expect(resumed.summary.error?.message).toContain('203.0.113.60')
    expect(await sent(world)).toBe(0)
  })

  test('somebody made another one of its name: that one is not ours to remove', async () => {
    await using world = await doubtful(true)
    await world.control.act('add', { kind: 'inbound-connector', name: connector })
    const before = await sent(world)
    const resumed = await world.offboard('resume')
    expect(await sent(world)).toBe(before)
    expect(resumed.exitCode).toBe(3)
    expect(resumed.summary.outcome).not.toBe('done')
    expect([...resumed.summary.leftovers, ...resumed.summary.lookalikes].map((found) => found.id)).toContain(
      id,
    )
  })
})

describe('what the journal holds is what was approved, or nothing is done', () => {
  const alterations = {
    'a change taken out': (plan) => ({ ...plan, changes: plan.changes.slice(1) }),
    'what was there before': (plan) => ({
      ...plan,
      changes: plan.changes.map((change) => ({ ...change, before: { ...change.before, Comments: 'x' } })),
    }),
    'another object': (plan) => ({
      ...plan,
      changes: plan.changes.map((change) => ({
        ...change,
        object: { ...change.object, guid: '00000000-0000-4000-8000-000000000000' },
      })),
    }),
    'another tenant': (plan) => ({ ...plan, tenant: { ...plan.tenant, guid: 'x' } }),
    'a shorter wait': (plan) => ({ ...plan, decisions: { ...plan.decisions, drainMs: 0 } }),
  } satisfies Record<string, (plan: PlanLike) => object>

  test.each(Object.entries(alterations))('%s', async (_, alter) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.run('--yes', '--no-wait')
    change(world, 'plan', (plan) => alter(plan))
    await expectRefused(world)
  })

  test('another footprint among the settings', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.run('--yes', '--no-wait')
    change(world, 'settings', (settings) => ({
      ...settings,
      additions: { rules: ['External sender'], connectors: [], hosts: [], addresses: [] },
    }))
    await expectRefused(world)
  })

  test('what a restore makes', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { summary } = await world.run('--yes', '--drain', '0')
    await world.control.fail({ kind: 'denied', cmdlet: 'New-InboundConnector' })
    const restored = await world.offboard('restore', summary.runId ?? '', '--yes')
    expect(restored.exitCode).toBe(1)
    change(world, 'plan', (plan) =>
      JSON.parse(JSON.stringify(plan).replaceAll('99.81.216.78', '203.0.113.1')),
    )
    await expectRefused(world)
  })

  test('what a restore makes, the calls alone', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { summary } = await world.run('--yes', '--drain', '0')
    await world.control.fail({ kind: 'denied', cmdlet: 'New-InboundConnector' })
    await world.offboard('restore', summary.runId ?? '', '--yes')
    change(world, 'plan', (plan) => ({
      ...plan,
      changes: plan.changes.map((change) => ({
        ...change,
        ...(change.calls === undefined ? {} : { calls: change.calls.slice(1) }),
      })),
    }))
    await expectRefused(world)
  })
})

interface PlanLike {
  readonly tenant: object
  readonly decisions: object
  readonly changes: readonly {
    readonly object: object
    readonly before: object
    readonly calls?: readonly object[]
  }[]
}

/** Alters the newest run in the journal's file. */
function change(world: World, column: 'plan' | 'settings', alter: (value: PlanLike) => object): void {
  using database = new DatabaseSync(join(world.stateDir, 'journal.sqlite'))
  const row = database.prepare(`SELECT id, ${column} AS text FROM run ORDER BY rowid DESC LIMIT 1`).get()
  const text = JSON.stringify(alter(JSON.parse(String(row?.text))))
  database.prepare(`UPDATE run SET ${column} = ? WHERE id = ?`).run(text, String(row?.id))
}

async function expectRefused(world: World): Promise<void> {
  const { writesDone } = await world.show()
  const resumed = await world.offboard('resume')
  expect(resumed.exitCode, resumed.stderr).toBe(4)
  expect((await world.show()).writesDone).toBe(writesDone)
}
