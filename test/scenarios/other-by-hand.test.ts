import { expect, test } from 'vitest'
import { mailJobs } from '../support/mail-jobs.ts'
import { mailZones, zone } from '../support/mail-zones.ts'

const vendor = '10 mx.vendor.example'
const previous = '10 mail.contoso.com'
const hour = 3_600_000
const domain = 'contoso.com'

const jobOf = mailJobs()

test('by hand, each step says what to type, is proven by reading, and the next one waits for it', async () => {
  const world = mailZones({ [domain]: zone([vendor], { txt: ['"v"'] }) })
  const job = await jobOf(world, { provider: 'manual', vendorTxt: ['v'] }, { waits: false })
  const plan = await job.plan()
  expect(plan.changes).toEqual([])
  expect(plan.guided.map(({ id }) => id)).toEqual([
    ...['previous-mx', 'vendor-mx', 'txt'],
    ...['allow-lists', 'vendor-console'],
  ])
  expect(plan.guided[0]?.objects?.[0]?.reason).toContain(
    'contoso.com. 3600 IN MX 10 mail.contoso.com. (name @ (contoso.com), type MX, priority 10, host mail.contoso.com, TTL 3600)',
  )
  const { run, result } = await job.run(plan)
  expect(result.outcome).toBe('action-required')
  const states = (of: typeof result) =>
    of.guided.map(({ id, outcome, locked }) => [id, outcome, locked.length > 0])
  expect(states(result)).toEqual([
    ['previous-mx', 'action-required', false],
    ['vendor-mx', 'action-required', true],
    ['txt', 'action-required', true],
    ['allow-lists', 'action-required', true],
    ['vendor-console', 'action-required', true],
  ])

  world.at(domain).mx = { ttl: 3600, values: [previous, vendor] }
  expect(states(await job.resume(run)).slice(0, 2)).toEqual([
    ['previous-mx', 'verified', false],
    ['vendor-mx', 'action-required', false],
  ])

  world.at(domain).mx = { ttl: 3600, values: [previous] }
  const waiting = await job.resume(run)
  expect(waiting.outcome).toBe('waiting')
  expect(waiting.waitingUntil?.getTime()).toBe(world.clock.now().getTime() + hour)

  world.clock.pass(hour)
  expect(states(await job.resume(run))).toEqual([
    ['previous-mx', 'verified', false],
    ['vendor-mx', 'verified', false],
    ['txt', 'action-required', false],
    ['allow-lists', 'action-required', false],
    ['vendor-console', 'action-required', true],
  ])

  world.at(domain).txt = { ttl: 0, values: [] }
  expect(states(await job.resume(run)).slice(2)).toEqual([
    ['txt', 'verified', false],
    ['allow-lists', 'action-required', false],
    ['vendor-console', 'action-required', false],
  ])
  expect(world.written).toEqual([])
})

test('by hand, the vendor’s MX stays locked while the previous one does not answer', async () => {
  const world = mailZones({ [domain]: zone([previous, vendor]) })
  const job = await jobOf(world, { provider: 'manual', allow: ['unanswered-mx'] })
  const { run } = await job.run()
  const locked = async () => (await job.resume(run)).guided.find(({ id }) => id === 'vendor-mx')?.locked
  expect(await locked()).toEqual([])
  world.at(domain).mx = { ttl: 3600, values: [previous, vendor], lagging: [vendor] }
  expect((await locked())?.join()).toContain('not the same everywhere')
})

test('verify finds what a person has not taken away', async () => {
  const world = mailZones({ [domain]: zone([previous, vendor]) })
  const job = await jobOf(world, { provider: 'manual' })
  expect(await job.verify()).toMatchObject({
    outcome: 'present',
    present: [{ id: 'mx:contoso.com/mx.vendor.example' }],
  })
})

test('what a person typed, a person takes back', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const job = await jobOf(world, { provider: 'manual' })
  const { run } = await job.run()
  const plan = await job.planRestore(run)
  expect(plan.changes).toEqual([])
  expect(plan.kept).toMatchObject([{ id: 'mx:contoso.com', lost: true }])
  expect(plan.kept[0]?.reason).toContain('contoso.com. 3600 IN MX 10 mx.vendor.example.')
})
