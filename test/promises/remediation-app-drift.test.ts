import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { act, type Meanwhile } from '../support/meanwhile.ts'
import {
  app,
  appId,
  confirmConsole,
  finish,
  graphWrites,
  held,
  named,
  openTenant,
  resume,
  whole,
} from '../support/remediation-app.ts'
import { ids, type Outcome, outcomes, type World } from '../support/world.ts'

const rights = ['--revoke-grants']
const deletion = ['--delete-app']

/** What somebody does to the app after the plan was made, and the decisions that it is drift for. */
const touching: readonly (readonly [readonly string[], ...Meanwhile])[] = [
  ...[[], rights].map((more) => [more, ...act('the app is disabled', 'disable-app')] as const),
  ...[[], rights, deletion].map((more) => [more, ...act('the app is deleted', 'delete-app')] as const),
  [deletion, ...act('the app is disabled', 'disable-app')],
  ...[rights, deletion].flatMap((more) => [
    [more, ...act('the app gets an application permission', 'add-grant')] as const,
    [more, ...act('the app gets another scope', 'add-grant', { scope: 'User.Read Mail.Read' })] as const,
  ]),
]

/** What is nothing to the plan. */
const elsewhere: readonly (readonly [readonly string[], ...Meanwhile])[] = [
  [[], ...act('the app gets an application permission, and is only disabled', 'add-grant')],
  [[], ...act('the app gets another scope, and is only disabled', 'add-grant', { scope: 'Mail.Read' })],
  ...[rights, deletion].map(
    (more) => [more, ...act('another app gets a right', 'add-grant', { app: 'Slack' })] as const,
  ),
  ...[rights, deletion].map(
    (more) => [more, ...act('another app is deleted', 'delete-app', { app: 'Slack' })] as const,
  ),
]

async function approve(world: World, more: readonly string[]): Promise<readonly (() => Promise<Outcome>)[]> {
  const file = join(world.folder, 'plan.json')
  const dry = await world.run('--dry-run', '-o', file, ...named, ...more)
  expect(dry.exitCode).toBe(0)
  return [
    () => world.offboard('run', '--plan', file, ...named),
    () => world.run('--plan-hash', dry.summary.planHash ?? '', ...named, ...more),
  ]
}

describe('the app that was approved is the one that is changed', () => {
  test.each(touching)(
    'with %j refused, without a write, with the difference: %s',
    async (more, _, meanwhile) => {
      await using world = await openTenant()
      const ways = await approve(world, more)
      await meanwhile(world)
      for (const way of ways) {
        const run = await way()
        expect(run.exitCode).toBe(4)
        expect(run.summary.error?.message).toMatch(/\n {2}- (?:app|grant):/)
        expect(run.summary.runId).toBeNull()
      }
      expect((await world.show()).writes).toEqual([])
    },
  )

  test.each(elsewhere)('with %j carried out as it was: %s', async (more, _, meanwhile) => {
    await using world = await openTenant()
    const [way] = await approve(world, more)
    await meanwhile(world)
    const run = await way?.()
    expect(run?.exitCode, run?.summary.error?.message).toBe(3)
  })

  test('the hash depends on the app, on what becomes of it, and on its rights where they go', async () => {
    await using world = await openTenant()
    const hashOf = async (...more: readonly string[]) =>
      (await world.run('--dry-run', ...more)).summary.planHash
    const all = [
      [],
      named,
      [...named, ...rights],
      [...named, ...deletion],
      [...named, ...rights, ...deletion],
    ]
    const before = [...all, [...named, '--remediation-app', world.tenantId], ['--include', app]]
    const hashes: (string | null)[] = []
    for (const more of before) hashes.push(await hashOf(...more))
    expect(new Set(hashes).size).toBe(before.length)
    for (const [index, more] of before.entries()) expect(await hashOf(...more)).toBe(hashes[index])
    await world.control.act('add-grant')
    const after: (string | null)[] = []
    for (const more of all) after.push(await hashOf(...more))
    expect(after.map((hash, index) => hash === hashes[index])).toEqual([true, true, false, false, false])
    expect(await hashOf('--remediation-app', appId.toUpperCase())).toBe(hashes[1])
  })

  test.each([rights, deletion])('a plan file that decides it otherwise: %s is 64', async (option) => {
    await using world = await openTenant()
    const file = join(world.folder, 'plan.json')
    await world.run('--dry-run', '-o', file, ...named)
    const run = await world.offboard('run', '--plan', file, ...named, option)
    expect(run.exitCode).toBe(64)
    expect(run.summary.error?.message).toContain(option)
    expect((await world.show()).writes).toEqual([])
  })

  test('a hash that was approved for other options is refused, and says for which', async () => {
    await using world = await openTenant()
    await world.control.act('delete-app')
    const dry = await world.run('--dry-run', ...named)
    for (const [option, said] of [
      ['--revoke-grants', 'rights of the app taken away: false → true'],
      ['--delete-app', 'app deleted: false → true'],
    ] as const) {
      const run = await world.run('--plan-hash', dry.summary.planHash ?? '', ...named, option)
      expect(run.exitCode).toBe(4)
      expect(run.summary.error?.message).toContain(said)
    }
    expect((await world.show()).writes).toEqual([])
  })
})

/** A run that has done all but the app, with the console closed. */
async function beforeTheApp(world: World, more: readonly string[]): Promise<Outcome> {
  const run = await world.run('--yes', '--drain', '0', ...named, ...more)
  expect(run.exitCode).toBe(3)
  expect((await confirmConsole(world, run)).exitCode).toBe(0)
  return run
}

describe('between the run and its app step', () => {
  test('a right that was not planned: the app is not deleted over it, and it is said', async () => {
    await using world = await openTenant()
    const run = await beforeTheApp(world, deletion)
    await world.control.act('add-grant')
    const refused = await resume(world, run)
    expect(refused.exitCode).toBe(4)
    expect(refused.summary.error?.message).toContain('Mail.Send (Microsoft Graph)')
    expect(graphWrites(await world.show())).toEqual([])
    expect((await world.offboard('abandon', run.summary.runId ?? '')).exitCode).toBe(0)
    const second = await world.run('--yes', '--drain', '0', ...named, ...deletion)
    expect((await finish(world, second)).exitCode).toBe(0)
    expect(held(await world.show())).toBeUndefined()
    expect((await world.offboard('restore', second.summary.runId ?? '', '--yes')).exitCode).toBe(0)
    const roles = [...whole.roles, 'Mail.Send'].toSorted()
    expect(held(await world.show())).toEqual({ ...whole, roles })
  })

  test('a right that was not planned, with --revoke-grants: the run is not done, a new one takes it', async () => {
    await using world = await openTenant()
    const run = await beforeTheApp(world, rights)
    await world.control.act('add-grant')
    const resumed = await resume(world, run)
    expect(new Set(Object.values(outcomes(resumed)))).toEqual(new Set(['verified']))
    expect([resumed.exitCode, resumed.summary.outcome]).toEqual([3, 'action-required'])
    expect(held(await world.show())).toEqual({ enabled: false, roles: ['Mail.Send'], scopes: [] })
    const second = await world.run('--yes', '--drain', '0', ...named, ...rights)
    expect(Object.values(outcomes(second))).toEqual(['verified'])
    expect(held(await world.show())).toEqual({ enabled: false, roles: [], scopes: [] })
  })

  test('another scope in a planned grant is drift, and nothing of the app is written', async () => {
    for (const more of [rights, deletion]) {
      await using world = await openTenant()
      const run = await beforeTheApp(world, more)
      await world.control.act('add-grant', { scope: 'User.Read Mail.Read' })
      const refused = await resume(world, run)
      expect(refused.exitCode).toBe(4)
      expect(refused.summary.error?.message).toContain('Mail.Read')
      expect(graphWrites(await world.show())).toEqual([])
    }
  })

  test('the app is disabled by somebody: done already, and not sent', async () => {
    await using world = await openTenant()
    const run = await beforeTheApp(world, [])
    await world.control.act('disable-app')
    const resumed = await resume(world, run)
    expect([resumed.exitCode, outcomes(resumed)[app]]).toEqual([0, 'absent'])
    expect(graphWrites(await world.show())).toEqual([])
  })

  test('the app is deleted by somebody: absent with its rights, and done', async () => {
    for (const more of [[], rights, deletion]) {
      await using world = await openTenant()
      const run = await beforeTheApp(world, more)
      await world.control.act('delete-app')
      const resumed = await resume(world, run)
      expect(resumed.exitCode, resumed.summary.error?.message).toBe(0)
      const { changes } = resumed.summary
      const ofApp = changes.filter(({ id }) => id === app || id.startsWith('grant:'))
      expect(new Set(ofApp.map(({ outcome }) => outcome))).toEqual(new Set(['absent']))
      expect(graphWrites(await world.show())).toEqual([])
    }
  })
})

describe('an app that was deleted and consented to again before its step', () => {
  test.each([[[]], [rights], [deletion]])(
    'is another object: not touched, and the run is not done (%j)',
    async (more) => {
      await using world = await openTenant()
      const run = await beforeTheApp(world, more)
      await world.control.act('delete-app')
      await world.control.act('put-app-back')
      const resumed = await resume(world, run)
      expect([resumed.exitCode, resumed.summary.outcome]).toEqual([3, 'action-required'])
      expect(ids(resumed.summary.leftovers)).toContain(app)
      expect(graphWrites(await world.show())).toEqual([])
      expect(held(await world.show())).toEqual(whole)
      await world.offboard('abandon', run.summary.runId ?? '')
      const second = await world.run('--yes', '--drain', '0', ...named, ...more)
      const finished = second.exitCode === 3 ? await finish(world, second) : second
      expect(finished.exitCode, finished.summary.error?.message).toBe(0)
      expect(held(await world.show())).not.toEqual(whole)
    },
  )
})

describe('after all is verified', () => {
  test.each([[[]], [rights], [deletion]])(
    'somebody consents to the app again: not done, and it is named (%j)',
    async (more) => {
      await using world = await openTenant()
      const run = await beforeTheApp(world, more)
      expect((await resume(world, run)).exitCode).toBe(0)
      await world.control.act('put-app-back')
      await world.control.act('enable-app')
      const again = await resume(world, run)
      expect([again.exitCode, again.summary.outcome]).toEqual([3, 'action-required'])
      expect(ids(again.summary.leftovers)).toContain(app)
      const { writesDone } = await world.show()
      await resume(world, run)
      expect((await world.show()).writesDone, 'what is new was not approved').toBe(writesDone)
    },
  )
})
