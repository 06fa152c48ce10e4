import { expect, test } from 'vitest'
import { PermissionError, RefusedError } from '../../src/model/errors.ts'
import { mailJobs } from '../support/mail-jobs.ts'
import { type MailZones, mailZones, zone } from '../support/mail-zones.ts'

const vendor = '10 mx.vendor.example'
const previous = '10 mail.contoso.com'
const hour = 3_600_000
const refusal = new PermissionError({ tried: 'write contoso.de', said: 'REFUSED' })

const jobOf = mailJobs()

function three(): MailZones {
  const txt = ['"v"']
  return mailZones({
    'contoso.com': zone([vendor], { txt }),
    'contoso.de': zone([vendor], { txt }),
    'contoso.fr': zone([vendor], { txt, ttl: 7200 }),
  })
}

test('what fails in one domain stops no other, and the worst is the outcome', async () => {
  const world = three()
  const job = await jobOf(world, { vendorTxt: ['v'] })
  const plan = await job.plan()
  world.at('contoso.de').writes.push(refusal)
  world.at('contoso.fr').mx = { ttl: 7200, values: [vendor, '30 new.contoso.fr'] }
  const { run, result } = await job.run(plan)
  expect(result.outcome).toBe('failed')
  expect(result.error).toBe(refusal)
  expect(world.at('contoso.com')).toMatchObject({ mx: { values: [previous] }, txt: { values: [] } })
  expect(world.at('contoso.de')).toMatchObject({ mx: { values: [vendor] }, txt: { values: ['"v"'] } })
  expect(world.at('contoso.fr').mx.values).toEqual([vendor, '30 new.contoso.fr'])
  expect(world.at('contoso.fr').txt.values).toEqual(['"v"'])

  world.at('contoso.fr').mx = { ttl: 7200, values: [vendor] }
  const before = world.clock.now().getTime()
  expect((await job.resume(run)).outcome).toBe('action-required')
  for (const { mx, txt } of world.zones.values()) {
    expect(mx.values).toEqual([previous])
    expect(txt.values).toEqual([])
  }
  expect(world.clock.now().getTime() - before).toBeGreaterThanOrEqual(2 * hour)
})

test('drift in one domain alone is refused at the end, after the others were done', async () => {
  const world = three()
  const job = await jobOf(world)
  const plan = await job.plan()
  world.at('contoso.fr').mx = { ttl: 7200, values: [vendor, '30 new.contoso.fr'] }
  const { result } = await job.run(plan)
  expect(result.outcome).toBe('refused')
  expect(result.error).toBeInstanceOf(RefusedError)
  expect(world.at('contoso.de').mx.values).toEqual([previous])
})

test('a secondary that lags holds back its domain alone', async () => {
  const world = three()
  world.at('contoso.de').lags = true
  const job = await jobOf(world)
  const { run, result } = await job.run()
  expect(result.outcome).toBe('unverified')
  expect(world.at('contoso.de').mx.values).toEqual([previous, vendor])
  expect(world.at('contoso.fr').mx.values).toEqual([previous])
  world.catchUp('contoso.de')
  expect((await job.resume(run)).outcome).toBe('action-required')
})

test('a domain that came later waits its own time', async () => {
  const world = three()
  const job = await jobOf(world, { vendorTxt: ['v'] }, { waits: false })
  const plan = await job.plan()
  world.at('contoso.de').writes.push(refusal)
  const { run } = await job.run(plan)
  world.clock.pass(2 * hour)
  const second = await job.resume(run)
  expect(second.outcome).toBe('waiting')
  expect(second.waitingUntil?.getTime()).toBe(world.clock.now().getTime() + 2 * hour)
  expect(world.at('contoso.de').txt.values).toEqual(['"v"'])
  world.clock.pass(2 * hour)
  expect((await job.resume(run)).outcome).toBe('action-required')
  expect(world.at('contoso.de').txt.values).toEqual([])
})

test('a domain that cannot be read is not checked, and the others are taken off', async () => {
  const world = three()
  world.at('contoso.de').unreadable = 'no server answered'
  const job = await jobOf(world)
  const plan = await job.plan()
  expect(plan.unread.filter(({ required }) => required)).toEqual([
    { kind: 'mx-set', reason: 'contoso.de: no server answered', required: true, lane: 'contoso.de' },
  ])
  const { result, run } = await job.run(plan)
  expect(result.outcome).toBe('unverified')
  expect(world.at('contoso.com').mx.values).toEqual([previous])
  expect(world.at('contoso.de').mx.values).toEqual([vendor])
  expect(result.guided.find(({ id }) => id === 'vendor-console')?.locked).not.toEqual([])
  delete world.at('contoso.de').unreadable
  const later = await job.resume(run)
  expect(later.outcome).toBe('action-required')
  expect(later.cameBack.map(({ reason }) => reason)).toContain(
    'it could not be read when the plan was made: make a new plan',
  )
})
