import { describe, expect, test } from 'vitest'
import {
  app,
  confirmConsole,
  finish,
  graphWrites,
  held,
  named,
  openTenant,
  othersKept,
  resume,
  runApi,
  whole,
} from '../support/remediation-app.ts'
import { type Outcome, openWorld, outcomes, planOf, type World } from '../support/world.ts'

/** How each change of the app's step ended, by the name of its object. */
function byName({ summary }: Outcome): Readonly<Record<string, string>> {
  return Object.fromEntries(
    summary.changes.map(({ name, outcome }) => [name.split(' (')[0] ?? name, outcome]),
  )
}

const disabled = { ...whole, enabled: false }
const first = ['--yes', ...named, ...othersKept, '--allow', 'app-before-console']

describe('one of several grants that may not be taken away', () => {
  const refused = { 'User.Read.All': 'failed' }
  const others = { 'Mail.ReadWrite': 'verified', 'Domain.Read.All': 'verified', 'User.Read': 'verified' }

  test('with --revoke-grants: it alone is failed, with the service’s words, and all others are done', async () => {
    await using world = await openWorld({ scenario: 'grant-denied' })
    const run = await runApi(world, ...first, '--revoke-grants')
    expect([run.exitCode, run.summary.outcome]).toEqual([1, 'failed'])
    expect(run.summary.error?.message).toContain('Insufficient privileges to complete the operation.')
    expect(byName(run)).toEqual({ 'Perception Point Remediation': 'verified', ...others, ...refused })
    const told = run.events.filter((event) => event.type === 'change' && event.outcome === 'failed')
    expect(told).toEqual([
      expect.objectContaining({ detail: expect.stringContaining('Authorization_RequestDenied') }),
    ])
    expect(held(await world.show())).toEqual({ enabled: false, roles: ['User.Read.All'], scopes: [] })
    const again = await resume(world, run)
    expect(again.exitCode).toBe(1)
    expect(byName(again)['User.Read.All']).toBe('failed')
    expect((await runApi(world, ...first)).exitCode, 'it is open').toBe(4)

    await world.control.act('unlock-grants')
    const done = await resume(world, run)
    expect(new Set(Object.values(outcomes(done)))).toEqual(new Set(['verified']))
    expect(held(await world.show())).toEqual({ enabled: false, roles: [], scopes: [] })
    expect((await world.show()).writesDone, 'each was done once').toBe(planOf(run).changes.length)
  })

  test('with --delete-app: the app is not deleted over it, and is once it may', async () => {
    await using world = await openWorld({ scenario: 'grant-denied' })
    const run = await runApi(world, ...first, '--delete-app')
    expect(run.exitCode).toBe(1)
    expect(byName(run)).toEqual({ 'Perception Point Remediation': 'planned', ...others, ...refused })
    expect(held(await world.show())).toEqual({ enabled: true, roles: ['User.Read.All'], scopes: [] })
    await world.control.act('unlock-grants')
    const done = await resume(world, run)
    expect(new Set(Object.values(outcomes(done)))).toEqual(new Set(['verified']))
    expect(held(await world.show())).toBeUndefined()
  })

  test('while it is only disabled it is no matter', async () => {
    await using world = await openWorld({ scenario: 'grant-denied' })
    const run = await runApi(world, ...first)
    expect([run.exitCode, byName(run)]).toEqual([3, { 'Perception Point Remediation': 'verified' }])
    expect(held(await world.show())).toEqual(disabled)
  })
})

describe('a caller who may only read the directory', () => {
  test('fails at the app, after the mail flow is done, and finishes when it may', async () => {
    await using world = await openTenant()
    const { permissions } = (await world.show()).directory
    await world.control.act('set-graph-permissions', {
      permissions: ['Organization.Read.All', 'Domain.Read.All', 'Application.Read.All', 'Directory.Read.All'],
    })
    const run = await world.run('--yes', '--drain', '0', ...named)
    expect(run.exitCode).toBe(3)
    const failed = await finish(world, run)
    expect([failed.exitCode, outcomes(failed)[app]]).toEqual([1, 'failed'])
    expect(failed.summary.error?.hint).toContain('Application.ReadWrite.All')
    expect(held(await world.show())).toEqual(whole)
    await world.control.act('set-graph-permissions', { permissions })
    expect((await resume(world, run)).exitCode).toBe(0)
    expect(held(await world.show())).toEqual(disabled)
  })
})

const written = [
  ['PATCH servicePrincipals', []],
  ['DELETE appRoleAssignedTo', ['--revoke-grants']],
  ['DELETE oauth2PermissionGrants', ['--revoke-grants']],
  ['DELETE servicePrincipals', ['--delete-app']],
] as const

/** What each request is about. */
const kindOf = {
  'PATCH servicePrincipals': 'service-principal',
  'DELETE appRoleAssignedTo': 'app-role-assignment',
  'DELETE oauth2PermissionGrants': 'delegated-grant',
  'DELETE servicePrincipals': 'service-principal',
}

describe('a write that is answered and not done', () => {
  test.each(written)('%s: failed, not done, and resume does it', async (cmdlet, more) => {
    await using world = await openWorld({ scenario: 'api-only' })
    await world.control.fail({ kind: 'ignored-write', cmdlet })
    const run = await runApi(world, ...first, ...more)
    expect([run.exitCode, run.summary.outcome]).toEqual([1, 'failed'])
    expect(Object.values(outcomes(run)).filter((outcome) => outcome !== 'verified')).toEqual(['failed'])
    expect((await confirmConsole(world, run)).exitCode).toBe(0)
    expect((await resume(world, run)).exitCode).toBe(0)
    const { writes } = await world.show()
    expect(writes.filter((write) => write.cmdlet === cmdlet && write.result === 'lost')).toHaveLength(1)
  })
})

describe('a directory that is not replicated at once', () => {
  test.each(written)(
    '%s: gone from one read and back in the next is believed when it stays gone',
    async (cmdlet, more) => {
      await using world = await openWorld({ scenario: 'api-only' })
      const run = await runApi(world, '--yes', ...named, ...othersKept, ...more)
      await confirmConsole(world, run)
      await world.control.fail({ kind: 'stale-reads', cmdlet })
      const done = await resume(world, run)
      expect([done.exitCode, done.summary.outcome]).toEqual([0, 'done'])
      expect(done.summary.leftovers).toEqual([])
      expect((await world.show()).writes.filter((write) => write.cmdlet === cmdlet)).toHaveLength(
        planOf(run).changes.filter(({ kind }) => kind === kindOf[cmdlet]).length,
      )
    },
  )
})

describe('a service that asks to wait', () => {
  test.each(written)('%s: sent again no sooner, and once more only', async (cmdlet, more) => {
    await using world = await openWorld({ scenario: 'api-only' })
    await world.control.fail({ kind: 'throttle', cmdlet, times: 2 })
    const run = await runApi(world, ...first, ...more)
    expect(run.exitCode).toBe(3)
    expect(new Set(Object.values(outcomes(run)))).toEqual(new Set(['verified']))
    const waits = run.events.flatMap((event) => (event.type === 'retry' ? event.waitMs : []))
    expect(waits).toHaveLength(2)
    for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(1_000)
    const [one, two, three] = (await world.show()).writes.filter((write) => write.cmdlet === cmdlet)
    expect([one?.result, two?.result, three?.result]).toEqual(['lost', 'lost', 'done'])
    expect(Date.parse(three?.at ?? '') - Date.parse(one?.at ?? '')).toBeGreaterThanOrEqual(2_000)
  })
})

describe('Graph that answers for another directory', () => {
  const inline = (world: World, ...argv: readonly string[]) => world.run('--drain', '0', ...argv)
  test.each([
    ['m365-inline', inline],
    ['m365-api', runApi],
  ] as const)('%s: refused before any write, dry or not, and begun is nothing', async (_, run) => {
    await using world = await openWorld({ scenario: 'wrong-directory' })
    for (const argv of [['--dry-run'], ['--yes'], ['--yes', '--delete-app']]) {
      const outcome = await run(world, ...argv, ...named)
      expect(outcome.exitCode, argv.join(' ')).toBe(4)
      expect(outcome.summary.error?.message).toContain('not one tenant')
      expect(outcome.summary.runId).toBeNull()
    }
    expect((await world.show()).writes).toEqual([])
  })

  test('is seen when it comes between run and resume, before anything is written', async () => {
    await using world = await openTenant()
    const run = await world.run('--yes', '--drain', '0', ...named)
    await confirmConsole(world, run)
    await using other = await openWorld({ scenario: 'wrong-directory' })
    const { writesDone } = await world.show()
    world.env.OFFBOARD_GRAPH_URL = other.env.OFFBOARD_GRAPH_URL ?? ''
    world.env.OFFBOARD_GRAPH_TOKEN = other.env.OFFBOARD_GRAPH_TOKEN ?? ''
    expect((await resume(world, run)).exitCode).toBe(4)
    expect((await world.show()).writesDone).toBe(writesDone)
    expect((await other.show()).writes).toEqual([])
  })
})

describe('no credential for Graph', () => {
  test('m365-inline without an app runs to its end, and says that apps were not checked', async () => {
    await using world = await openTenant()
    delete world.env.OFFBOARD_GRAPH_TOKEN
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode).toBe(3)
    expect(planOf(run).unread).toContainEqual({
      kind: 'service-principal',
      required: false,
      reason: expect.stringContaining('OFFBOARD_GRAPH_TOKEN'),
    })
    expect(run.summary.lookalikes).toEqual([])
    expect((await finish(world, run)).exitCode).toBe(0)
  })

  test.each([
    ['m365-inline', (world: World, ...argv: readonly string[]) => world.run(...argv)],
    ['m365-api', runApi],
  ] as const)('%s with an app: a dry run is not complete, and a run is not begun', async (_, run) => {
    await using world = await openTenant()
    delete world.env.OFFBOARD_GRAPH_TOKEN
    const dry = await run(world, '--dry-run', ...named)
    expect([dry.exitCode, dry.summary.outcome]).toEqual([5, 'unverified'])
    const real = await run(world, '--yes', ...named)
    expect(real.exitCode).toBe(5)
    expect(real.summary.runId).toBeNull()
    expect((await world.show()).writes).toEqual([])
  })

  test('that is gone at resume: the app is not touched, and it is finished with one', async () => {
    await using world = await openTenant()
    const token = world.env.OFFBOARD_GRAPH_TOKEN ?? ''
    const run = await world.run('--yes', '--drain', '0', ...named)
    await confirmConsole(world, run)
    delete world.env.OFFBOARD_GRAPH_TOKEN
    const without = await resume(world, run)
    expect([without.exitCode, without.summary.error?.message]).toEqual([
      64,
      expect.stringContaining('OFFBOARD_GRAPH_TOKEN is not set'),
    ])
    expect(graphWrites(await world.show())).toEqual([])
    world.env.OFFBOARD_GRAPH_TOKEN = token
    expect((await resume(world, run)).exitCode).toBe(0)
    expect(held(await world.show())).toEqual(disabled)
  })
})
