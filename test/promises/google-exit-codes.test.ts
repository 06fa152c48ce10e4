import { expect, test } from 'vitest'
import { client, consoleSteps, guide, guided, openGoogleJob } from '../scenarios/google-job.ts'
import { openGoogleWorld } from '../support/google.ts'
import { planOf } from '../support/world.ts'

test('3 while a person must act, 75 while changes come into effect, 0 when all is verified', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin()
  expect([run.exitCode, run.summary.outcome]).toEqual([3, 'action-required'])
  expect(new Set(Object.values(guided(run)))).toEqual(new Set(['action-required']))
  expect((await job.resume(run)).exitCode, 'nothing was done').toBe(3)

  await job.clickAll()
  await job.confirmAll(run, 'delegation', 'compliance-rule')
  const half = await job.resume(run)
  expect([half.exitCode, guided(half).delegation], 'others are open').toEqual([3, 'unverified'])
  expect(guide(half, 'vendor-console').locked.join()).toContain('effect')
  await job.confirmAll(run, ...consoleSteps)
  const waiting = await job.resume(run, '--no-wait')
  expect(waiting.exitCode).toBe(75)
  expect(guide(waiting, 'vendor-console').locked.join()).toContain('effect')
  expect((await job.confirm(run, 'vendor-console')).exitCode, 'too early').toBe(4)
  expect((await job.confirm(run, 'own-delegation')).exitCode, 'too early').toBe(4)

  await job.hours(23)
  expect((await job.resume(run, '--no-wait')).exitCode, 'an hour is left').toBe(75)
  await job.hours(2)
  const effective = await job.resume(run)
  expect(effective.exitCode).toBe(3)
  expect(guided(effective)).toMatchObject({
    delegation: 'verified',
    'compliance-rule': 'verified',
    host: 'verified',
    'inbound-gateway': 'verified',
    'vendor-console': 'action-required',
  })
  for (const id of ['delegation', 'host', 'inbound-gateway'])
    expect(guide(effective, id).evidence).toMatch(/admin@contoso\.com .* at 20\d\d-.*audit log/)
  await job.confirmAll(run, 'vendor-console')
  const done = await job.resume(run)
  expect([done.exitCode, done.summary.outcome]).toEqual([0, 'done'])
  expect((await job.show()).writes).toEqual([])

  const before = await job.show()
  expect((await job.confirm(run, 'own-delegation')).exitCode).toBe(0)
  expect((await job.show()).requests, 'the customer cannot be read any more').toBe(before.requests)
  expect(guided(await job.resume(run))['own-delegation']).toBe('attested')

  const second = await job.begin()
  expect([second.exitCode, second.summary.outcome], 'a run later').toEqual([0, 'done'])
  expect((await job.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(0)

  await job.control.act('put-compliance-rule-back')
  const third = await job.begin()
  expect([third.exitCode, guided(third)], 'found again: what was said no longer counts').toMatchObject([
    3,
    {
      'compliance-rule': 'action-required',
      'inbound-gateway': 'action-required',
      'vendor-console': 'action-required',
    },
  ])
})

test('a step that somebody says is done, and that is not, is open again', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin()
  await job.confirmAll(run, 'delegation')
  expect(guided(await job.resume(run)).delegation).toBe('unverified')
  await job.hours(4)
  const later = await job.resume(run)
  expect(later.exitCode).toBe(3)
  expect(guide(later, 'delegation')).toMatchObject({ outcome: 'action-required', rests: 'activity' })
})

test('a rule that comes back is open again, and the wait for its effect begins anew', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin()
  await job.clickAll()
  await job.confirmAll(run, ...consoleSteps)
  expect((await job.resume(run, '--no-wait')).exitCode).toBe(75)
  await job.hours(20)
  await job.control.act('put-compliance-rule-back')
  const back = await job.resume(run, '--no-wait')
  expect([back.exitCode, guided(back)['compliance-rule']]).toEqual([3, 'action-required'])
  await job.control.act('delete-compliance-rule')
  await job.hours(10)
  expect((await job.resume(run, '--no-wait')).exitCode).toBe(75)
  await job.hours(24)
  expect((await job.resume(run)).exitCode).toBe(3)
})

test('a rule that comes back while the run waits here is open again, and the wait is not over', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin('--effect-wait', '30m')
  await job.clickAll()
  await job.confirmAll(run, ...consoleSteps)
  const { clock } = job.control
  const meanwhile: typeof clock = async (ms) => {
    const moved = await clock(ms)
    await job.control.act('put-compliance-rule-back')
    return moved
  }
  Object.assign(job.control, { clock: meanwhile })
  const back = await job.resume(run)
  Object.assign(job.control, { clock })
  expect([back.exitCode, guided(back)['compliance-rule']]).toEqual([3, 'action-required'])
  await job.control.act('delete-compliance-rule')
  const again = await job.resume(run, '--no-wait')
  expect(again.exitCode, 'the wait begins anew').toBe(75)
})

test('a rule that comes back while the wait ends locks the console again', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin()
  await job.clickAll()
  await job.confirmAll(run, ...consoleSteps)
  expect((await job.resume(run, '--no-wait')).exitCode).toBe(75)
  await job.hours(25)
  expect((await job.resume(run)).exitCode).toBe(3)
  await job.control.act('put-compliance-rule-back')
  expect((await job.confirm(run, 'vendor-console')).exitCode).toBe(4)
  const back = await job.resume(run)
  expect(guide(back, 'vendor-console').locked.join()).toContain('sends mail to the vendor')
})

test('whether mail from elsewhere is rejected is asked before the addresses go, and may be answered at once', async () => {
  await using job = await openGoogleJob()
  const asked = guide(await job.begin(), 'inbound-gateway').instructions
  const [question, addresses] = [/Reject all mail not from gateway IPs/, /^Delete these addresses/].map(
    (form) => asked.findIndex((line) => form.test(line)),
  )
  expect(question).toBeGreaterThan(-1)
  expect(addresses).toBeGreaterThan(question ?? 0)

  await using answered = await openGoogleJob()
  const allowed = await answered.begin('--allow', 'gateway-reject-all')
  expect(guide(allowed, 'inbound-gateway').instructions.join()).not.toContain('Reject all mail')
  expect(planOf(allowed).blockers).toMatchObject([{ id: 'gateway-reject-all', waived: true }])
})

test('where a read tells that mail from elsewhere is rejected, that is a reason not to run', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-host-types' })
  await world.control.act('edit-inbound-gateway', { rejectAll: true })
  const dry = await world.run('--dry-run', ...client)
  expect([dry.exitCode, dry.summary.blockers.map(({ id }) => id)]).toEqual([4, ['gateway-reject-all']])
  expect((await world.run('--dry-run', ...client, '--allow', 'gateway-reject-all')).exitCode).toBe(0)
})
