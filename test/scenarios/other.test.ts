import { expect, test } from 'vitest'
import { RefusedError, ServiceError } from '../../src/model/errors.ts'
import { mailJobs, outcomesOf } from '../support/mail-jobs.ts'
import { mailZones, zone } from '../support/mail-zones.ts'

const vendor = '10 mx.vendor.example'
const previous = '10 mail.contoso.com'
const hour = 3_600_000
const domain = 'contoso.com'

const jobOf = mailJobs()

test('the previous MX comes first, the vendor goes, and what is left is for people', async () => {
  const txt = ['"vendor-value"', '"another"']
  const world = mailZones({ [domain]: zone([vendor, '20 backup.contoso.com'], { txt }) })
  const job = await jobOf(world, { vendorTxt: ['vendor-value'] })
  const plan = await job.plan()
  expect(plan.changes.map(({ id, step }) => `${step} ${id}`)).toEqual([
    'previous-mx mx:contoso.com/mail.contoso.com',
    'vendor-mx mx:contoso.com/mx.vendor.example',
    'txt txt:contoso.com/vendor-value',
  ])
  expect(plan.recordSets?.[0]?.after).toEqual([previous, '20 backup.contoso.com'])
  const { run, result } = await job.run(plan)
  expect(result.outcome).toBe('action-required')
  expect(world.seen.map(({ values }) => values)).toEqual([
    [previous, vendor, '20 backup.contoso.com'],
    [previous, '20 backup.contoso.com'],
  ])
  expect(world.at(domain).txt.values).toEqual(['"another"'])
  expect(result.guided.map(({ id, locked }) => [id, locked])).toEqual([
    ['allow-lists', []],
    ['vendor-console', []],
  ])
  const writes = world.written.length
  expect((await job.plan()).changes).toEqual([])
  await job.resume(run)
  expect((await job.run()).result.outcome).toBe('action-required')
  expect(world.written).toHaveLength(writes)
})

test('it waits for the old time to live from when the last server had forgotten', async () => {
  const world = mailZones({ [domain]: zone([vendor], { ttl: 7200 }) })
  const job = await jobOf(world, {}, { waits: false })
  const { run, result } = await job.run()
  expect(result.outcome).toBe('waiting')
  expect(result.waitingUntil?.getTime()).toBe(world.clock.now().getTime() + 2 * hour)
  world.clock.pass(hour)
  expect((await job.resume(run)).outcome).toBe('waiting')
  world.clock.pass(hour)
  const end = await job.resume(run)
  expect(end.outcome).toBe('action-required')
  expect(job.told.join()).toContain('had to go on accepting mail until 2026-11-24T10:00:00')
})

test('while the resolver still has the vendor’s MX the wait goes on, to its limit, and then it is a person’s', async () => {
  const world = mailZones({ [domain]: zone([vendor], { ttl: 7200, txt: ['"v"'] }) })
  const job = await jobOf(world, { vendorTxt: ['v'] }, { waits: false })
  const { run } = await job.run()
  world.at(domain).cached = { values: [vendor], until: Number.POSITIVE_INFINITY }
  world.clock.pass(4 * hour)
  expect((await job.resume(run)).outcome).toBe('waiting')
  world.clock.pass(hour)
  const end = await job.resume(run)
  expect(outcomesOf(end)['txt:contoso.com/v']).toBe('planned')
  expect(end.outcome).toBe('action-required')
  delete world.at(domain).cached
  expect(outcomesOf(await job.resume(run))['txt:contoso.com/v']).toBe('verified')
})

test('while the resolver has the vendor’s MX again, its console stays locked', async () => {
  const world = mailZones({ [domain]: zone([vendor], { ttl: 60 }) })
  const job = await jobOf(world)
  const { run } = await job.run()
  world.at(domain).cached = { values: [vendor], until: Number.POSITIVE_INFINITY }
  const { guided } = await job.resume(run)
  expect(guided.find(({ id }) => id === 'vendor-console')?.locked).toEqual([
    "the resolver still has the vendor's MX of contoso.com (mx.vendor.example)",
  ])
})

test('a secondary that lags leaves the change unverified, holds back the vendor’s MX, and is lifted by resume', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  world.at(domain).lags = true
  const job = await jobOf(world)
  const { run, result } = await job.run()
  expect(result.outcome).toBe('unverified')
  expect(outcomesOf(result)).toEqual({
    'mx:contoso.com/mail.contoso.com': 'unverified',
    'mx:contoso.com/mx.vendor.example': 'planned',
  })
  expect((await job.resume(run)).outcome).toBe('unverified')
  expect(world.at(domain).mx.values).toEqual([previous, vendor])
  world.catchUp(domain)
  expect((await job.resume(run)).outcome).toBe('action-required')
  expect(world.at(domain).mx.values).toEqual([previous])
})

test('the vendor’s MX that a secondary still has is proven by a later look', async () => {
  const world = mailZones({ [domain]: zone([previous, vendor]) })
  world.at(domain).lags = true
  const job = await jobOf(world)
  const { run, result } = await job.run()
  expect(result.outcome).toBe('unverified')
  expect((await job.verify(run)).outcome).toBe('unverified')
  world.catchUp(domain)
  expect((await job.verify(run)).outcome).toBe('clean')
  const entries = await job.journal.entries(run.id)
  const last = entries.findLast(({ subject }) => subject === 'mx:contoso.com/mx.vendor.example')
  expect(last?.event).toBe('verified')
})

test('a set that somebody changed is refused, with the difference, and nothing is written', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const job = await jobOf(world)
  const plan = await job.plan()
  world.at(domain).mx = { ttl: 3600, values: ['5 new.contoso.com', vendor] }
  const { result } = await job.run(plan)
  expect(result.outcome).toBe('refused')
  expect(result.error).toBeInstanceOf(RefusedError)
  expect(String(result.error)).toContain('5 new.contoso.com')
  expect(world.written).toEqual([])
})

test('a lost answer is looked up, and nothing is written twice', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  world.at(domain).writes.push('lost', 'lost')
  const job = await jobOf(world)
  expect((await job.run()).result.outcome).toBe('action-required')
  expect(world.seen).toHaveLength(2)
})

test('a service that is down fails, and resume goes on', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const down = new ServiceError({ tried: 'write', said: 'it is down' })
  world.at(domain).writes.push(...Array.from({ length: 5 }, () => down))
  const job = await jobOf(world)
  const { run, result } = await job.run()
  expect(result.outcome).toBe('failed')
  expect((await job.resume(run)).outcome).toBe('action-required')
})

test('a previous MX that falls silent keeps the vendor’s, which is asked right before', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const job = await jobOf(world)
  const plan = await job.plan()
  world.smtp.set('mail.contoso.com', 'silent')
  const { run, result } = await job.run(plan)
  expect(result.outcome).toBe('refused')
  expect(world.at(domain).mx.values).toEqual([previous, vendor])
  world.smtp.delete('mail.contoso.com')
  expect((await job.resume(run)).outcome).toBe('action-required')
})

test('what others add while it waits is no reason to stop', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const job = await jobOf(world, {}, { waits: false })
  const { run } = await job.run()
  world.at(domain).mx = { ttl: 3600, values: [previous, '30 third.contoso.com'] }
  world.clock.pass(hour)
  expect((await job.resume(run)).outcome).toBe('action-required')
})

test('the vendor’s MX that comes back while it waits is', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const job = await jobOf(world, {}, { waits: false })
  const { run } = await job.run()
  world.at(domain).mx = { ttl: 3600, values: [previous, vendor] }
  world.clock.pass(3 * hour)
  expect((await job.resume(run)).outcome).toBe('refused')
})
