import { describe, expect, test } from 'vitest'
import {
  app,
  appId,
  confirmConsole,
  deleted,
  finish,
  graphWrites,
  held,
  named,
  openTenant,
  orphanedRights,
  resume,
  whole,
} from '../support/remediation-app.ts'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, openWorld, outcomes, planOf, type World } from '../support/world.ts'

const options = ['--yes', '--drain', '0', ...named]
const revoking = ['DELETE appRoleAssignedTo', 'DELETE appRoleAssignedTo', 'DELETE appRoleAssignedTo']
const revokingAll = [...revoking, 'DELETE oauth2PermissionGrants']

/** What each way to end with the app sends, and what it leaves. */
const ways = [
  [[], ['PATCH servicePrincipals'], { ...whole, enabled: false }],
  [
    ['--revoke-grants'],
    ['PATCH servicePrincipals', ...revokingAll],
    { enabled: false, roles: [], scopes: [] },
  ],
  [['--delete-app'], [...revokingAll, 'DELETE servicePrincipals'], undefined],
  [['--revoke-grants', '--delete-app'], [...revokingAll, 'DELETE servicePrincipals'], undefined],
] as const

describe('the app of the vendor, named, comes after its console', () => {
  test.each(ways)('with %j: untouched and open until then, verified after it', async (more, writes, left) => {
    await using world = await openTenant()
    const before = await world.show()
    const run = await world.run(...options, ...more)
    expect(run.exitCode).toBe(3)
    expect(run.summary.outcome).toBe('action-required')
    expect(run.summary.guided.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['vendor-console', 'action-required'],
      ['verified-domains', 'action-required'],
    ])
    const { runId } = run.summary
    expect(run.summary.next.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      `offboard confirm ${runId}`,
      `offboard resume ${runId}`,
    ])
    const ofApp = planOf(run).changes.filter(({ step }) => step === 'remediation-app')
    expect(ofApp.map(({ id }) => outcomes(run)[id])).toEqual(writes.map(() => 'planned'))
    expect(held(await world.show())).toEqual(whole)
    expect(graphWrites(await world.show())).toEqual([])

    const again = await world.run(...options, ...more)
    expect(again.exitCode, 'it is open').toBe(4)
    expect(again.summary.error?.hint).toContain(`offboard resume ${run.summary.runId}`)
    expect((await resume(world, run)).exitCode, 'the console is still open').toBe(3)
    expect(graphWrites(await world.show())).toEqual([])

    const finished = await finish(world, run)
    expect(finished.exitCode, finished.summary.error?.message).toBe(0)
    expect(finished.summary.outcome).toBe('done')
    expect(new Set(Object.values(outcomes(finished)))).toEqual(new Set(['verified']))
    const after = await world.show()
    expect(held(after)).toEqual(left)
    expect(orphanedRights(after)).toEqual([])
    expect(deleted(after)).toEqual(left === undefined ? [appId] : [])
    expect(graphWrites(after)).toEqual(writes)
    expectOnlyThePlan(before, after, planOf(run))
  })

  test('the same run once more finds nothing to do and writes nothing', async () => {
    await using world = await openTenant()
    await finish(world, await world.run(...options, '--revoke-grants'))
    const { writesDone } = await world.show()
    const second = await world.run(...options, '--revoke-grants')
    expect([second.exitCode, second.summary.outcome]).toEqual([0, 'done'])
    expect(second.summary.changes).toEqual([])
    expect((await world.show()).writesDone).toBe(writesDone)
  })

  test('verify finds it while it is enabled, and no more when it is disabled', async () => {
    await using world = await openTenant()
    const run = await world.run(...options)
    const verify = () => world.offboard('verify', '--platform', 'm365-inline', '--region', 'eu', ...named)
    const found = await verify()
    expect([found.exitCode, ids(found.summary.changes)]).toEqual([2, [app]])
    expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(2)
    await finish(world, run)
    expect((await verify()).exitCode).toBe(0)
    expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(0)
  })

  test('somebody who enables it again keeps the run from being done', async () => {
    await using world = await openTenant()
    const run = await world.run(...options)
    await finish(world, run)
    await world.control.act('enable-app')
    const again = await resume(world, run)
    expect(again.exitCode).toBe(3)
    expect(ids(again.summary.leftovers)).toContain(app)
  })

  test('that the console is confirmed in an earlier run still counts when the app is named later', async () => {
    await using world = await openTenant()
    const first = await world.run('--yes', '--drain', '0')
    expect(ids(first.summary.lookalikes)).toEqual([app])
    await confirmConsole(world, first)
    const second = await world.run(...options)
    expect(second.exitCode, second.summary.error?.message).toBe(0)
    expect(outcomes(second)).toEqual({ [app]: 'verified' })
  })
})

describe('--allow app-before-console', () => {
  test('is in the plan as a waived blocker, and the app goes in the first run', async () => {
    await using world = await openTenant()
    const allow = ['--allow', 'App-Before-Console']
    const dry = await world.run('--dry-run', ...named, ...allow)
    expect(dry.exitCode).toBe(0)
    expect(planOf(dry).blockers).toEqual([
      {
        id: 'app-before-console',
        kind: 'service-principal',
        name: 'Perception Point Remediation',
        reason: expect.stringContaining('console'),
        waivable: true,
        waived: true,
      },
    ])
    const run = await world.run(...options, ...allow)
    expect([run.exitCode, run.summary.outcome]).toEqual([3, 'action-required'])
    expect(new Set(Object.values(outcomes(run)))).toEqual(new Set(['verified']))
    expect(held(await world.show())).toEqual({ ...whole, enabled: false })
    expect((await world.run(...options, ...allow)).exitCode, 'it has ended').toBe(3)
  })

  test('is no blocker where it is not given, nor where there is no app to change', async () => {
    await using world = await openTenant()
    expect(planOf(await world.run('--dry-run', ...named)).blockers).toEqual([])
    const unnamed = await world.run('--dry-run', '--allow', 'app-before-console')
    expect(planOf(unnamed).blockers).toEqual([])
    expect(planOf(unnamed).unmatched).toEqual(['app-before-console'])
  })

  test('does not let the app go before the mail flow is done', async () => {
    await using world = await openTenant()
    const run = await world.run('--yes', '--no-wait', ...named, '--allow', 'app-before-console')
    expect(run.exitCode).toBe(75)
    expect(graphWrites(await world.show())).toEqual([])
  })
})

describe('an app that is not as usual', () => {
  test('disabled already: no change, nothing is sent, and its rights go with --revoke-grants', async () => {
    await using world = await openWorld({ scenario: 'app-disabled' })
    const dry = await world.run('--dry-run', ...named)
    expect([dry.exitCode, ids(dry.summary.changes).includes(app)]).toEqual([0, false])
    const run = await world.run(...options, '--revoke-grants')
    await finish(world, run)
    expect(graphWrites(await world.show())).toEqual(revokingAll)
    expect(held(await world.show())).toEqual({ enabled: false, roles: [], scopes: [] })
  })

  test('not in the directory: no change, and the rest is done', async () => {
    await using world = await openWorld({ scenario: 'no-app' })
    const run = await world.run(...options, '--delete-app')
    expect(run.exitCode).toBe(3)
    expect(ids(run.summary.changes)).not.toContain(app)
    expect(graphWrites(await world.show())).toEqual([])
  })

  test('late among 2,500 on several pages: found, and nothing else is touched', async () => {
    await using world = await openWorld({ scenario: 'app-many-apps' })
    const before = await world.show()
    const { counts } = before
    const dry = await world.run('--dry-run', ...named)
    expect(ids(dry.summary.changes)).toContain(app)
    const now = (await world.show()).counts
    const asked = (now['GET servicePrincipals'] ?? 0) - (counts['GET servicePrincipals'] ?? 0)
    expect(asked, 'three pages, three apps of such names, the API of their rights').toBe(3 + 3 + 1)
    const run = await world.run(...options)
    await finish(world, run)
    const after = await world.show()
    expect(held(after)).toEqual({ ...whole, enabled: false })
    expectOnlyThePlan(before, after, planOf(run))
  })
})

/** Takes the app off, and answers the run. */
async function takenOff(world: World, ...more: readonly string[]): Promise<string> {
  const run = await world.run(...options, ...more)
  expect((await finish(world, run)).exitCode).toBe(0)
  return run.summary.runId ?? ''
}

describe('restore brings the app back as it was', () => {
  test.each(ways)('after %j', async (more) => {
    await using world = await openTenant()
    const runId = await takenOff(world, ...more)
    const restored = await world.offboard('restore', runId, '--yes')
    expect([restored.exitCode, restored.summary.outcome]).toEqual([0, 'done'])
    const view = await world.show()
    expect(held(view)).toEqual(whole)
    expect(deleted(view)).toEqual([])
    const { writesDone } = view
    expect((await world.offboard('restore', runId, '--yes')).exitCode).toBe(0)
    expect((await world.show()).writesDone, 'a second restore has nothing to do').toBe(writesDone)
  })

  test.each([29, 31, 400])('%i days after it was deleted, its state and all its rights', async (days) => {
    await using world = await openTenant()
    const runId = await takenOff(world, '--delete-app')
    await world.control.clock(days * 86_400_000)
    const restored = await world.offboard('restore', runId, '--yes')
    expect(restored.exitCode, restored.summary.error?.message).toBe(0)
    expect(new Set(Object.values(outcomes(restored)))).toEqual(new Set(['verified', 'kept']))
    const view = await world.show()
    expect(held(view)).toEqual(whole)
    expect(graphWrites(view).includes('POST servicePrincipals')).toBe(days > 30)
  })

  test('disabled, if it was disabled when it was deleted', async () => {
    await using world = await openTenant()
    await world.control.act('disable-app')
    const runId = await takenOff(world, '--delete-app')
    expect((await world.offboard('restore', runId, '--yes')).exitCode).toBe(0)
    expect(held(await world.show())).toEqual({ ...whole, enabled: false })
  })

  test('alone, with --only, and a dry run of it writes nothing', async () => {
    await using world = await openTenant()
    const runId = await takenOff(world)
    const { writesDone } = await world.show()
    const dry = await world.offboard('restore', runId, '--only', app, '--dry-run')
    expect(ids(dry.summary.changes)).toEqual([app])
    expect((await world.show()).writesDone).toBe(writesDone)
    expect((await world.offboard('restore', runId, '--only', app, '--yes')).exitCode).toBe(0)
    expect((await world.show()).writesDone).toBe(writesDone + 1)
    expect(held(await world.show())).toEqual(whole)
  })
})
