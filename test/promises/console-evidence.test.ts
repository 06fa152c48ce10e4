import { describe, expect, test } from 'vitest'
import type { GuidedState } from '../../src/model/events.ts'
import {
  app,
  confirmConsole,
  graphWrites,
  held,
  named,
  openTenant,
  othersKept,
  resume,
  runApi,
  whole,
} from '../support/remediation-app.ts'
import { type Outcome, openWorld, outcomes, planOf, type World, type WorldOptions } from '../support/world.ts'

const minute = 60_000
const disabled = { ...whole, enabled: false }

/** The console's step as it was told last. */
function consoleStep({ events }: Outcome): GuidedState | undefined {
  return events
    .flatMap((event) => (event.type === 'guided' && event.step.id === 'vendor-console' ? event.step : []))
    .at(-1)
}

/** Silence for so long, after a day with mail, tells that nothing is scanned any more. */
const quiet = 61 * minute

function openApi(options: WorldOptions = {}): Promise<World> {
  return openWorld({ scenario: 'api-only', xray: true, ...options })
}

function api(world: World, ...more: readonly string[]): Promise<Outcome> {
  return runApi(world, '--yes', ...named, ...othersKept, ...more)
}

function openInline(options: WorldOptions = {}): Promise<World> {
  return openTenant({ xray: true, ...options })
}

function inline(world: World, ...more: readonly string[]): Promise<Outcome> {
  return world.run('--yes', '--drain', '0', ...named, ...more)
}

async function deactivate(world: World, ms = quiet): Promise<void> {
  await world.control.act('deactivate-channel')
  await world.control.clock(ms)
}

describe('m365-api: the vendor gets at the mail by itself, so that silence tells', () => {
  test('deactivated and silent for an hour: closed by evidence, nobody confirms, and resume does the app', async () => {
    await using world = await openApi()
    const first = await api(world)
    expect(first.exitCode).toBe(3)
    expect(held(await world.show())).toEqual(whole)
    await deactivate(world)
    const done = await resume(world, first)
    expect([done.exitCode, done.summary.outcome]).toEqual([0, 'done'])
    expect(consoleStep(done)).toMatchObject({
      outcome: 'verified',
      evidence: 'the vendor has scanned nothing for an hour, after a day with mail',
      locked: [],
    })
    expect(outcomes(done)[app]).toBe('verified')
    expect(held(await world.show())).toEqual(disabled)
    expect((await confirmConsole(world, first)).exitCode, 'saying it as well is no error').toBe(0)
  })

  test('before the run: it needs no second one', async () => {
    await using world = await openApi()
    await deactivate(world)
    const done = await api(world)
    expect([done.exitCode, consoleStep(done)?.outcome]).toEqual([0, 'verified'])
    expect(held(await world.show())).toEqual(disabled)
  })

  test('while mail is scanned: nobody can confirm it, and nothing of the app is done', async () => {
    await using world = await openApi()
    const first = await api(world)
    for (const hours of [0, 2, 30]) {
      await world.control.clock(hours * 60 * minute)
      const refused = await confirmConsole(world, first)
      expect(refused.exitCode).toBe(4)
      expect(refused.summary.error?.message).toContain('the vendor scanned mail at')
      expect((await resume(world, first)).exitCode).toBe(3)
    }
    expect(graphWrites(await world.show())).toEqual([])
  })

  test('a scan after it was confirmed opens it again, whether the app is done or not', async () => {
    for (const isAppDone of [false, true]) {
      await using world = await openApi()
      const first = await api(world)
      await deactivate(world, 10 * minute)
      expect((await confirmConsole(world, first)).exitCode).toBe(0)
      if (isAppDone) expect((await resume(world, first)).exitCode).toBe(0)
      await world.control.act('activate-channel')
      await world.control.clock(3 * minute)
      const again = await resume(world, first)
      expect([again.exitCode, again.summary.outcome]).toEqual([3, 'action-required'])
      expect(consoleStep(again)?.outcome).toBe('action-required')
      expect(consoleStep(again)?.evidence).toContain('the vendor scanned mail at')
      expect(outcomes(again)[app]).toBe(isAppDone ? 'verified' : 'planned')
      await deactivate(world)
      const done = await resume(world, first)
      expect([done.exitCode, consoleStep(done)?.outcome]).toEqual([0, 'verified'])
      expect(held(await world.show())).toEqual(disabled)
    }
  })
})

describe('m365-inline: a rule sent the mail there, and its end is reason enough for silence', () => {
  test('an hour without scans closes nothing while the channel is active: a person says it', async () => {
    await using world = await openInline()
    const first = await inline(world)
    await world.control.clock(quiet)
    const silent = await resume(world, first)
    expect([silent.exitCode, outcomes(silent)[app]]).toEqual([3, 'planned'])
    expect(consoleStep(silent)).toMatchObject({
      outcome: 'action-required',
      evidence: expect.stringContaining('only its console tells'),
    })
    expect((await confirmConsole(world, first)).exitCode).toBe(0)
    const done = await resume(world, first)
    expect([done.exitCode, consoleStep(done)?.outcome]).toEqual([0, 'attested'])
    expect(held(await world.show())).toEqual(disabled)
  })

  test('mail that is still scanned speaks against who confirms it', async () => {
    await using world = await openInline()
    const first = await inline(world)
    const early = await confirmConsole(world, first)
    expect(early.exitCode).toBe(4)
    expect(early.summary.error?.message).toContain('the vendor scanned mail at')
    await world.control.clock(6 * minute)
    expect((await confirmConsole(world, first)).exitCode).toBe(0)
  })
})

const platforms = [
  ['m365-api', { open: openApi, run: api }],
  ['m365-inline', { open: openInline, run: inline }],
] as const

describe.each(platforms)('%s: whatever the vendor’s API answers', (_, { open, run }) => {
  test('deactivated a moment ago is not known yet: neither closed nor refused', async () => {
    await using world = await open()
    const first = await run(world)
    await deactivate(world, 10 * minute)
    const soon = await resume(world, first)
    expect([soon.exitCode, outcomes(soon)[app]]).toEqual([3, 'planned'])
    expect(consoleStep(soon)?.outcome).toBe('action-required')
    expect((await confirmConsole(world, first)).exitCode).toBe(0)
    const done = await resume(world, first)
    expect([done.exitCode, consoleStep(done)?.outcome]).toEqual([0, 'attested'])
  })

  test('nothing is ever written there, nor asked that does something', async () => {
    await using world = await open()
    const first = await run(world)
    await deactivate(world)
    await resume(world, first)
    const { counts, writes } = await world.show()
    const asked = Object.keys(counts).filter((name) => /organizations|scans|audit|quarantine/.test(name))
    expect(asked.toSorted()).toEqual(['GET organizations', 'GET scans/list'])
    expect(writes.filter(({ parameters }) => String(parameters.path).startsWith('/api'))).toEqual([])
  })

  test.each([
    ['a token that it does not know', { OFFBOARD_XRAY_TOKEN: 'another-token' }],
    ['an organization that it does not have', { OFFBOARD_XRAY_ORGANIZATION: '1' }],
    ['an address where nobody answers', { OFFBOARD_XRAY_URL: 'http://127.0.0.1:9' }],
  ])('%s: the reason is said, a person closes it, and the run is done', async (_title, env) => {
    await using world = await open()
    await deactivate(world)
    Object.assign(world.env, env)
    const first = await run(world)
    expect(first.exitCode).toBe(3)
    const step = consoleStep(first)
    expect([step?.outcome, step?.locked]).toEqual(['action-required', []])
    expect(step?.evidence).toMatch(/\S{3}/)
    expect(`${first.stdout}${first.stderr}`).not.toContain('another-token')
    const unread = planOf(first).unread.find(({ kind }) => kind === 'vendor-organization')
    expect(unread).toMatchObject({ required: false, reason: expect.stringMatching(/\S{3}/) })
    expect((await confirmConsole(world, first)).exitCode).toBe(0)
    expect((await resume(world, first)).exitCode).toBe(0)
  })

  test('another region: a blocker that says where it is, waived or with that region asked for', async () => {
    await using world = await open()
    await using other = await openWorld({ scenario: 'xray-other-region', xray: true })
    world.env.OFFBOARD_XRAY_URL = other.env.OFFBOARD_XRAY_URL ?? ''
    const refused = await run(world)
    expect(refused.exitCode).toBe(4)
    expect(refused.summary.blockers).toEqual([
      expect.objectContaining({
        id: 'region:au',
        kind: 'region',
        reason: expect.stringMatching(/vendor's API says .* is in AU/),
      }),
    ])
    expect((await world.show()).writes).toEqual([])
    const waived = await run(world, '--allow', 'region:au')
    expect(waived.exitCode).toBe(3)
    expect(planOf(waived).blockers.map(({ id, waived: is }) => [id, is])).toEqual([['region:au', true]])
  })
})

test('the vendor’s API that may not be read without a licence: said, and no reason to refuse', async () => {
  await using world = await openWorld({ scenario: 'xray-denied', xray: true })
  const dry = await runApi(world, '--dry-run', ...named)
  expect(dry.exitCode).toBe(0)
  const unread = planOf(dry).unread.find(({ kind }) => kind === 'vendor-organization')
  expect(unread?.required).toBe(false)
  expect(unread?.reason).toMatch(/\S{3}/)
  expect((await world.show()).writes).toEqual([])
})
