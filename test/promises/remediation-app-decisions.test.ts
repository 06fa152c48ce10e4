import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import { customerApps } from '../../src/sandbox/scenarios/directory/customer-apps.ts'
import { directoryBytes } from '../support/directory.ts'
import {
  app,
  appId,
  finish,
  graphWrites,
  held,
  named,
  openTenant,
  orphanedRights,
  othersKept,
  runApi,
  whole,
} from '../support/remediation-app.ts'
import { expectOnlyThePlan } from '../support/untouched.ts'
import { ids, openWorld, outcomes, planOf, type World } from '../support/world.ts'

const { survey, relay } = customerApps
const customers = [`app:${survey.appId}`, `app:${relay.appId}`]

/** Ends at the app, whatever the console's step says. */
const atOnce = ['--yes', '--drain', '0', '--allow', 'app-before-console'] as const

/** Everything in the directory that is not of the vendor's app, as its bytes. */
async function others(world: World): Promise<readonly string[]> {
  const view = await world.show()
  const own = view.directory.servicePrincipals.find((one) => one.appId === appId)?.id
  return directoryBytes(view)
    .map(([key, bytes]) => `${key} ${bytes}`)
    .filter((text) => !text.includes(String(own ?? appId)))
}

describe('an app of which only the name is known', () => {
  test('is shown with publisher, application id, state and rights in words, and is kept', async () => {
    await using world = await openWorld({ scenario: 'app-lookalikes' })
    const before = await world.show()
    const dry = await world.run('--dry-run')
    const shown = planOf(dry).lookalikes.filter(({ kind }) => kind === 'service-principal')
    expect(Object.fromEntries(shown.map(({ name, detail }) => [name, detail]))).toEqual({
      'Perception Point Remediation': expect.stringMatching(
        new RegExp(
          `^application ${appId}, publisher Perception Point Ltd, not verified, enabled; .*can read and write all mailboxes.*may act for every user: User\\.Read$`,
        ),
      ),
      'Perception Points Survey': `application ${survey.appId}, publisher Contoso, not verified, enabled; may act for every user: User.Read`,
      'FortiMail Relay Monitor': `application ${relay.appId}, publisher Contoso, not verified, enabled; can read all mailboxes`,
      'Perception Point X-Ray': expect.stringContaining(
        'Perception-Point Partner GmbH, not verified, enabled; can read all mailboxes',
      ),
      'FortiMail Workspace Security': expect.stringMatching(/publisher Fortinet, Inc\..*can read all users/),
      'Acronis Email Security': expect.stringContaining('may act for every user: User.Read, Mail.Read'),
    })
    for (const { id, reason, step } of shown) {
      expect(reason).toContain(id.slice('app:'.length))
      expect(step).toBe('remediation-app')
    }
    const run = await world.run(...atOnce, '--revoke-grants', '--delete-app')
    expect(run.exitCode).toBe(3)
    const after = await world.show()
    expect(graphWrites(after)).toEqual([])
    expect(after.directory.servicePrincipals).toEqual(before.directory.servicePrincipals)
  })

  test('keeps the run from being done until it is decided about', async () => {
    await using world = await openTenant()
    const run = await world.run('--yes', '--drain', '0')
    expect(ids(run.summary.lookalikes)).toEqual([app])
    expect((await finish(world, run)).exitCode).toBe(3)
    await world.control.act('delete-app')
    const done = await world.offboard('resume', run.summary.runId ?? '')
    expect([done.exitCode, done.summary.outcome]).toEqual([0, 'done'])
  })

  test('and is excluded stays, and the run is done without it', async () => {
    await using world = await openTenant()
    const run = await world.run('--yes', '--drain', '0', '--exclude', app)
    expect((await finish(world, run)).exitCode).toBe(0)
    expect(held(await world.show())).toEqual(whole)
  })

  test('that is named and excluded is kept, with its rights', async () => {
    await using world = await openTenant()
    const run = await world.run('--yes', '--drain', '0', ...named, '--delete-app', '--exclude', app)
    expect(planOf(run).kept.map(({ id }) => id)).toEqual([app])
    expect((await finish(world, run)).exitCode).toBe(0)
    expect(held(await world.show())).toEqual(whole)
    expect(graphWrites(await world.show())).toEqual([])
  })

  test('--include treats it as named', async () => {
    for (const more of [[], ['--revoke-grants'], ['--delete-app']]) {
      await using included = await openTenant()
      await using told = await openTenant()
      const run = await included.run(...atOnce, '--include', app.toUpperCase(), ...more)
      const same = await told.run(...atOnce, ...named, ...more)
      expect(outcomes(run)).toEqual(outcomes(same))
      expect(run.exitCode).toBe(same.exitCode)
      expect(held(await included.show())).toEqual(held(await told.show()))
      expect(graphWrites(await included.show())).toEqual(graphWrites(await told.show()))
    }
  })

  test('--include step:remediation-app takes all of that step, and nothing else', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const before = await world.show()
    const run = await runApi(world, ...atOnce, '--include', 'step:remediation-app')
    expect(outcomes(run)).toEqual(Object.fromEntries([app, ...customers].map((id) => [id, 'verified'])))
    const after = await world.show()
    expectOnlyThePlan(before, after, planOf(run))
    expect(graphWrites(after)).toEqual(Array.from({ length: 3 }, () => 'PATCH servicePrincipals'))
  })

  test('is looked for in all that a page does not show at once', async () => {
    await using world = await openWorld({ scenario: 'app-many-apps' })
    const dry = await world.run('--dry-run')
    const found = ids(dry.summary.lookalikes).filter((id) => id.startsWith('app:'))
    expect(found.toSorted()).toEqual([app, ...customers].toSorted())
  })
})

describe('the customer’s apps of a like name', () => {
  test.each(['', '--revoke-grants', '--delete-app'])(
    'are untouched byte for byte when the vendor’s is named, and put back: %j',
    async (more) => {
      await using world = await openWorld({ scenario: 'api-only' })
      await world.control.act('add-customer-app')
      await world.control.act('add-customer-app', { name: 'Perception Point Remediation' })
      const before = await others(world)
      expect(before.length).toBeGreaterThan(15)
      const run = await runApi(world, ...atOnce, ...named, ...(more === '' ? [] : [more]))
      expect(run.exitCode).toBe(3)
      expect(new Set(Object.values(outcomes(run)))).toEqual(new Set(['verified']))
      expect(await others(world)).toEqual(before)
      expect(orphanedRights(await world.show())).toEqual([])
      expect((await world.offboard('restore', run.summary.runId ?? '', '--yes')).exitCode).toBe(0)
      expect(await others(world)).toEqual(before)
      expect(held(await world.show())).toEqual(whole)
    },
  )

  test('one that has exactly its name is no more than a lookalike, and is told apart by its id', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    await world.control.act('add-customer-app', { name: 'Perception Point Remediation' })
    const dry = await runApi(world, '--dry-run', ...named, ...othersKept)
    expect(ids(dry.summary.changes)).toEqual([app])
    const twin = planOf(dry).lookalikes.filter(({ decision }) => decision === 'undecided')
    expect(twin.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^Perception Point Remediation \[[0-9a-f-]{36}\]$/),
    ])
  })
})

describe('an app of the customer’s with exactly the vendor’s name', () => {
  const name = 'Perception Point Remediation'
  const isTwin = (item: JsonObject) => item.displayName === name && item.appId !== appId

  test.each(['--revoke-grants', '--delete-app'])(
    'is no obstacle to putting the vendor’s back, made since or gone since (%s)',
    async (more) => {
      for (const isMadeSince of [true, false]) {
        await using world = await openWorld({ scenario: 'api-only' })
        if (!isMadeSince) await world.control.act('add-customer-app', { name })
        const run = await runApi(world, ...atOnce, ...named, more)
        expect(new Set(Object.values(outcomes(run)))).toEqual(new Set(['verified']))
        const twin = (await world.show()).directory.servicePrincipals.find(isTwin)
        if (isMadeSince) await world.control.act('add-customer-app', { name })
        else await world.control.act('delete-app', { app: String(twin?.id) })
        const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
        expect(restored.exitCode, restored.summary.error?.message).toBe(0)
        const after = await world.show()
        expect(held(after)).toEqual(whole)
        expect(after.directory.servicePrincipals.filter(isTwin)).toHaveLength(Number(isMadeSince))
      }
    },
  )
})

describe('several apps that are named', () => {
  test('each is one change, and one that is not there is none', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const more = ['--remediation-app', relay.appId, '--remediation-app', world.tenantId]
    const run = await runApi(world, ...atOnce, ...named, ...more, '--revoke-grants')
    expect(run.exitCode).toBe(3)
    const { changes } = planOf(run)
    expect(
      changes
        .filter(({ action }) => action === 'edit')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([app, `app:${relay.appId}`].toSorted())
    expect(changes.filter(({ action }) => action === 'remove')).toHaveLength(5)
    expect(new Set(Object.values(outcomes(run)))).toEqual(new Set(['verified']))
  })

  test('an app may be named whatever its name, in any case of its id', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const { directory } = await world.show()
    const zoom = directory.servicePrincipals.find(({ displayName }) => displayName === 'Zoom')
    const id = String(zoom?.appId)
    const run = await runApi(world, ...atOnce, '--remediation-app', id.toUpperCase())
    expect(outcomes(run)).toEqual({ [`app:${id}`]: 'verified' })
  })
})
