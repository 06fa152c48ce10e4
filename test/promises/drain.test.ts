import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/model/events.ts'
import { differences } from '../support/customer.ts'
import { ids, type Outcome, openWorld, outcomes } from '../support/world.ts'

const minute = 60_000
const drained = 'drain:Perception Point Redirect Rule'

function waits(outcome: Outcome): readonly Extract<RunEvent, { type: 'wait' }>[] {
  return outcome.events.flatMap((event) => (event.type === 'wait' ? event : []))
}

describe('drain', () => {
  test('--no-wait ends with 75 and the time; the tenant is safe; asked too early it is the same', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const began = await world.control.now()
    const run = await world.run('--yes', '--no-wait')
    expect(run.exitCode).toBe(75)
    const back = Date.parse(run.summary.resumeAfter ?? '')
    expect(back - began.getTime()).toBeGreaterThanOrEqual(30 * minute)
    expect(back - began.getTime()).toBeLessThan(31 * minute)
    expect(Object.values(outcomes(run)).filter((outcome) => outcome !== 'planned')).toEqual(['verified'])
    await world.control.clock(10 * minute)
    const early = await world.offboard('resume', '--no-wait')
    expect(early.exitCode).toBe(75)
    expect(Math.abs(Date.parse(early.summary.resumeAfter ?? '') - back)).toBeLessThan(1_000)
    await world.control.clock(20 * minute)
    expect((await world.offboard('resume', '--no-wait')).exitCode).toBe(3)
  })

  test('mail that still comes at the end of the wait is waited for', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '1m')
    expect(run.exitCode).toBe(3)
    expect(
      waits(run).some(({ state, evidence }) => state === 'waiting' && evidence.includes('still came in')),
    ).toBe(true)
    expect(waits(run).at(-1)?.state).toBe('over')
    expect(waits(run).at(-1)?.evidence).toMatch(/no mail from the vendor .* other messages/)
  })

  test('mail that never stops: at --drain-max a safe stop, 3, and resume goes on when it is quiet', async () => {
    await using world = await openWorld({ scenario: 'endless-mail' })
    const began = await world.control.now()
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(3)
    expect(waits(run).at(-1)?.state).toBe('action-required')
    const passed = (await world.control.now()).getTime() - began.getTime()
    expect(passed).toBeGreaterThanOrEqual(120 * minute)
    expect(passed).toBeLessThan(123 * minute)
    const { writes } = await world.show()
    expect(writes.map(({ cmdlet }) => cmdlet)).toEqual(['Disable-TransportRule'])
    expect((await world.run('--yes')).exitCode, 'it is open').toBe(4)
    await world.control.act('set-mail', { vendorMail: 'while-routing' })
    await world.control.clock(30 * minute)
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(3)
    expect(Object.values(outcomes(resumed)).every((outcome) => outcome === 'verified')).toBe(true)
  })

  test('nothing to compare with: on at --drain-max, unverified, 5; a clean verify lifts it', async () => {
    await using world = await openWorld({ scenario: 'no-other-mail' })
    const began = await world.control.now()
    const run = await world.run('--yes', '--drain-max', '1h')
    expect(run.exitCode).toBe(5)
    expect(run.summary.outcome).toBe('unverified')
    expect((await world.control.now()).getTime() - began.getTime()).toBeGreaterThanOrEqual(60 * minute)
    expect(Object.values(outcomes(run)).every((outcome) => outcome === 'verified')).toBe(true)
    expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(0)
    expect((await world.offboard('resume', run.summary.runId ?? '')).exitCode).toBe(3)
  })

  test('a trace that may not be read: on after --drain, unverified, 5', async () => {
    await using world = await openWorld({ scenario: 'trace-denied' })
    const began = await world.control.now()
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(5)
    const passed = (await world.control.now()).getTime() - began.getTime()
    expect(passed).toBeGreaterThanOrEqual(30 * minute)
    expect(passed).toBeLessThan(40 * minute)
    expect(waits(run).at(-1)?.state).toBe('unverified')
    expect(Object.values(outcomes(run)).every((outcome) => outcome === 'verified')).toBe(true)
    expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(0)
    expect((await world.offboard('resume', run.summary.runId ?? '')).exitCode).toBe(3)
  })

  test('what was not proven is not lifted by a look that finds something, nor by a person’s word', async () => {
    await using world = await openWorld({ scenario: 'no-other-mail' })
    const run = await world.run('--yes', '--drain-max', '1h')
    const id = run.summary.runId ?? ''
    await world.offboard('confirm', id, 'vendor-console', '--by', 'Ada')
    await world.control.act('restore-redirect-rule')
    expect((await world.offboard('verify', id)).exitCode).toBe(2)
    expect((await world.offboard('resume', id)).exitCode).toBe(5)
  })

  test('a rule that somebody deleted a minute ago: the trace alone decides, and it waits', async () => {
    await using world = await openWorld({ scenario: 'deleted-redirect' })
    const began = await world.control.now()
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(3)
    expect(ids(run.summary.changes)).not.toContain(drained)
    expect(waits(run).some(({ evidence }) => evidence.includes('still came in'))).toBe(true)
    const passed = (await world.control.now()).getTime() - began.getTime()
    expect(passed).toBeGreaterThan(5 * minute)
    expect(passed).toBeLessThan(30 * minute)
  })

  test('a redirect that was disabled long ago: no wait, as the trace is quiet', async () => {
    await using world = await openWorld({ scenario: 'disabled-redirect' })
    const began = await world.control.now()
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(3)
    expect((await world.control.now()).getTime() - began.getTime()).toBeLessThan(2 * minute)
  })

  test('in mid-wait the tenant is safe: the redirect is off, and all else is there', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const before = await world.show()
    await world.run('--yes', '--no-wait')
    const after = await world.show()
    const [differing, ...more] = differences(before, after)
    expect(more).toEqual([])
    const rules = after.objects['transport-rule'] ?? []
    const rule = rules.find(({ Guid }) => differing === `transport-rule ${String(Guid)}`)
    expect([rule?.Name, rule?.State]).toEqual(['Perception Point Redirect Rule', 'Disabled'])
  })

  test('a redirect that is switched on again in the wait is told, whatever the trace says', async () => {
    for (const scenario of ['plain', 'trace-denied', 'no-other-mail']) {
      await using world = await openWorld({ scenario })
      await world.run('--yes', '--no-wait')
      await world.control.act('enable-redirect-rule')
      await world.control.clock(40 * minute)
      const resumed = await world.offboard('resume')
      expect(resumed.exitCode).toBe(4)
      expect(resumed.summary.error?.message).toContain(drained)
      expect((await world.show()).writes).toHaveLength(1)
      await world.control.act('disable-redirect-rule')
      expect([3, 5]).toContain((await world.offboard('resume')).exitCode)
    }
  })

  test('--drain 0 keeps the edit and skips wait and trace', async () => {
    await using world = await openWorld({ scenario: 'endless-mail' })
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode).toBe(3)
    expect(outcomes(run)[drained]).toBe('verified')
    expect(waits(run)).toEqual([])
    expect((await world.show()).counts['Get-MessageTraceV2'] ?? 0).toBe(0)
  })

  test('--drain above --drain-max is wrong usage', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    expect((await world.run('--dry-run', '--drain', '3h')).exitCode).toBe(64)
    expect((await world.run('--dry-run', '--drain', '3h', '--drain-max', '4h')).exitCode).toBe(0)
  })

  test('without a terminal a wait of more than an hour ends with 75 by itself', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '61m')
    expect(run.exitCode).toBe(75)
    expect(run.summary.resumeAfter).not.toBeNull()
    expect((await world.offboard('resume')).exitCode, 'still more than an hour').toBe(75)
    await world.control.clock(2 * minute)
    expect((await world.offboard('resume')).exitCode).toBe(3)
  })
})
