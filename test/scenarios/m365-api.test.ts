import { describe, expect, test } from 'vitest'
import {
  app,
  confirmConsole,
  finish,
  graphWrites,
  held,
  named,
  othersKept,
  resume,
  runApi,
  whole,
} from '../support/remediation-app.ts'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, type Outcome, openWorld, outcomes, planOf, type World } from '../support/world.ts'
import { apps, everything, inbound, outbound, redirect } from './expected.ts'

const all = [...named, ...othersKept]

function lockedBy({ events }: Outcome): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'guided' && event.step.id === 'vendor-console' ? event.step.locked : [],
  )
}

describe('Microsoft 365 API, of which only the integration is there', () => {
  test('a dry run: the console’s step, the app, no mail flow; nothing is written', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const dry = await runApi(world, '--dry-run', ...named)
    expect([dry.exitCode, dry.summary.platform]).toEqual([0, 'm365-api'])
    const plan = planOf(dry)
    expect(plan.steps.map(({ id }) => id)).toEqual(['vendor-console', 'remediation-app'])
    expect(ids(plan.changes)).toEqual([app])
    expect(ids(plan.lookalikes).toSorted()).toEqual(apps.filter((id) => id !== app).toSorted())
    expect(plan.leftovers).toEqual([])
    expect(plan.waits).toEqual([])
    expect(dry.summary.guided).toEqual([{ id: 'vendor-console', optional: false, outcome: 'planned' }])
    expect((await world.show()).writes).toEqual([])
  })

  test('without access to the console: 3, the step open with the vendor’s page in its order', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const run = await runApi(world, '--yes', ...all)
    expect([run.exitCode, run.summary.outcome]).toEqual([3, 'action-required'])
    expect(outcomes(run)).toEqual({ [app]: 'planned' })
    const [step] = run.events.flatMap((event) => (event.type === 'guided' ? event.step : []))
    expect(step).toMatchObject({
      id: 'vendor-console',
      outcome: 'action-required',
      locked: [],
      optional: false,
    })
    expect(step?.link).toMatch(/^https:\/\/docs\.perception-point\.io\//)
    const order = [
      'organization',
      'Settings > Bundles and Channels',
      'Account > Channels',
      'Deactivate',
      'Reload',
      'Inactive',
    ]
    const text = step?.instructions.join('\n') ?? ''
    const places = order.map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect((await world.show()).writes).toEqual([])
  })

  test('confirmed: the app is disabled, only that is written, and the run is done', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const before = await world.show()
    const run = await runApi(world, '--yes', ...all)
    const done = await finish(world, run)
    expect([done.exitCode, done.summary.outcome]).toEqual([0, 'done'])
    const after = await world.show()
    expectOnlyThePlan(before, after, planOf(run))
    expect(graphWrites(after)).toEqual(['PATCH servicePrincipals'])
    expect(held(after)).toEqual({ ...whole, enabled: false })
    const second = await runApi(world, '--yes', ...all)
    expect([second.exitCode, second.summary.changes]).toEqual([0, []])
    expect((await world.show()).writesDone).toBe(after.writesDone)
  })

  test.each([[[]], [['--revoke-grants']], [['--delete-app']]])(
    'restore brings the app back (%j)',
    async (more) => {
      await using world = await openWorld({ scenario: 'api-only' })
      const run = await runApi(world, '--yes', ...all, ...more)
      expect((await finish(world, run)).exitCode).toBe(0)
      const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
      expect([restored.exitCode, restored.summary.outcome]).toEqual([0, 'done'])
      expect(held(await world.show())).toEqual(whole)
    },
  )

  test('no app is named: the console’s step alone, and lookalikes that wait for a decision', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const run = await runApi(world, '--yes')
    expect((await finish(world, run)).exitCode).toBe(3)
    expect(ids(run.summary.lookalikes).toSorted()).toEqual(apps.toSorted())
    const decided = await runApi(world, '--yes', ...apps.flatMap((id) => ['--exclude', id]))
    expect([decided.exitCode, decided.summary.outcome]).toEqual([0, 'done'])
    expect((await world.show()).writes).toEqual([])
  })

  test('no app and nothing like it: done when the console’s step is closed', async () => {
    await using world = await openWorld({ scenario: 'clean' })
    const run = await runApi(world, '--yes')
    expect([run.exitCode, run.summary.changes, run.summary.lookalikes]).toEqual([3, [], []])
    expect((await finish(world, run)).exitCode).toBe(0)
  })

  test('drain and region’s addresses are none of its business, and verify looks for the app alone', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const verify = (...more: readonly string[]) =>
      world.offboard('verify', '--platform', 'm365-api', '--region', 'eu', ...more)
    expect((await verify()).exitCode).toBe(0)
    const found = await verify(...named)
    expect([found.exitCode, ids(found.summary.changes)]).toEqual([2, [app]])
    await finish(world, await runApi(world, '--yes', ...all))
    expect((await verify(...named)).exitCode).toBe(0)
  })

  test('Graph that may not be read: without an app it is "not checked", with one nothing is begun', async () => {
    await using world = await openWorld({ scenario: 'graph-denied' })
    const without = await runApi(world, '--dry-run')
    expect(without.exitCode).toBe(0)
    const unread = planOf(without).unread.map(({ kind }) => kind)
    expect(unread).toEqual(
      expect.arrayContaining(['service-principal', 'app-role-assignment', 'delegated-grant']),
    )
    const run = await runApi(world, '--yes', ...named)
    expect([run.exitCode, run.summary.runId]).toEqual([5, null])
    expect((await world.show()).writes).toEqual([])
  })
})

/** Takes the inline set-up off as far as it goes, without the app. */
async function inlineOff(world: World): Promise<Outcome> {
  const run = await world.run('--yes', '--drain', '0')
  expect(run.exitCode).toBe(3)
  return run
}

describe('"Deactivate", while an inline set-up routes mail to the vendor', () => {
  test('is locked with the reasons, cannot be confirmed, and the app waits; unlocked when it is gone', async () => {
    await using world = await openWorld()
    const run = await runApi(world, '--yes', ...all)
    expect(run.exitCode).toBe(3)
    const reasons = [
      'the rule "Perception Point Redirect Rule" routes to the vendor',
      'the connector "Perception Point Scanning" leads to the vendor',
    ]
    expect(lockedBy(run)).toEqual(reasons)
    const refused = await confirmConsole(world, run)
    expect(refused.exitCode).toBe(4)
    for (const reason of reasons) expect(refused.summary.error?.message).toContain(reason)
    expect((await resume(world, run)).exitCode).toBe(3)
    expect((await world.show()).writes).toEqual([])
    expect((await world.offboard('abandon', run.summary.runId ?? '')).exitCode).toBe(0)
    await inlineOff(world)
    const again = await runApi(world, '--yes', ...all)
    expect(lockedBy(again)).toEqual([])
    const done = await finish(world, again)
    expect([done.exitCode, done.summary.outcome]).toEqual([0, 'done'])
    expect(held(await world.show())).toEqual({ ...whole, enabled: false })
  })

  test.each([
    ['a disabled rule still routes there', 'disabled-redirect', redirect],
    ['a rule of the customer’s routes there', 'routing-rule', 'Board mail to the scanner'],
    ['the MX is the vendor’s', 'vendor-mx', 'the MX of contoso.com'],
    ['connectors could not be read', 'connectors-denied', 'outbound-connector'],
  ])('is locked: %s', async (_, scenario, said) => {
    await using world = await openWorld({ scenario })
    const run = await runApi(world, '--yes', ...all)
    expect(run.exitCode).toBe(3)
    expect(lockedBy(run).join('\n')).toContain(said.replace(/^rule:/, ''))
    expect((await confirmConsole(world, run)).exitCode).toBe(4)
    expect((await world.show()).writes).toEqual([])
  })

  test('what is of the inline set-up is left, and listed with what to do', async () => {
    await using world = await openWorld()
    const dry = await runApi(world, '--dry-run', ...named)
    const { leftovers, changes } = planOf(dry)
    expect(ids(leftovers)).toEqual(expect.arrayContaining([redirect, inbound, outbound]))
    for (const { remedy, id } of leftovers.filter(({ id: one }) =>
      [redirect, inbound, outbound].includes(one),
    ))
      expect(remedy, id).toContain('--platform m365-inline')
    const mailFlow = new Set(everything('eu'))
    expect(changes.filter(({ id }) => mailFlow.has(id))).toEqual([])
  })

  test('--allow app-before-console takes the app in the first run, and the step stays locked', async () => {
    await using world = await openWorld()
    const before = await world.show()
    const run = await runApi(world, '--yes', ...all, '--allow', 'app-before-console')
    expect([run.exitCode, outcomes(run)]).toEqual([3, { [app]: 'verified' }])
    expect(lockedBy(run)).toHaveLength(2)
    expect((await confirmConsole(world, run)).exitCode).toBe(4)
    expectOnlyThePlan(before, await world.show(), planOf(run))
  })
})
