import { expect, test } from 'vitest'
import { ids, outcomes, planOf } from '../../support/world.ts'
import { customer, customerZone } from './customer.ts'
import { pollMx } from './poller.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx, vendorTxt, previousHost } = customer
const vendorHost = vendorMx.slice(3)
const changes = [`mx:${domain}/${previousHost}`, `mx:${domain}/${vendorHost}`, `txt:${domain}/${vendorTxt}`]
const verified = Object.fromEntries(changes.map((id) => [id, 'verified']))
const hour = 3_600_000

/** What the zone is to be when all is done: the vendor's two records are out, one is in, and the rest is as it was. */
function without(zone: readonly string[], ttl: number): readonly string[] {
  return zone
    .filter((line) => !line.includes(vendorHost) && !line.includes(vendorTxt))
    .concat(`${domain}. ${ttl}\tIN\tMX\t${previousMx}.`)
    .toSorted()
}

async function closeGuided(world: BindWorld, run: string): Promise<void> {
  for (const step of ['allow-lists', 'vendor-console'])
    expect((await world.offboard('confirm', run, step, '--by', 'Ada')).exitCode).toBe(0)
}

test.concurrent('a dry run asks a real BIND, shows all of it, and sends no update', async () => {
  await using world = await openBindWorld()
  const [before, serial] = [await world.zone(), await world.serial()]
  const dry = await world.leave('--dry-run')
  expect([dry.exitCode, dry.summary.outcome, dry.summary.runId]).toEqual([0, 'planned', null])
  expect(ids(dry.summary.changes)).toEqual(changes)
  expect(planOf(dry).recordSets).toMatchObject([
    { name: domain, type: 'MX', ttl: 600, before: [vendorMx], after: [previousMx] },
    { name: `_amazonses.${domain}`, type: 'TXT', ttl: 600 },
  ])
  expect([await world.zone(), await world.serial(), world.updates.length]).toEqual([before, serial, 0])
})

test.concurrent('a whole run: the previous MX in, the vendor’s out, its TXT value out, and all else kept to the byte', async () => {
  await using world = await openBindWorld()
  const before = await world.zone()
  const dry = await world.leave('--dry-run')
  const run = await world.leave('--plan-hash', dry.summary.planHash ?? '')
  expect([run.exitCode, run.summary.outcome, outcomes(run)]).toEqual([3, 'action-required', verified])
  expect(await world.zone()).toEqual(without(before, 600))
  expect(world.updates).toHaveLength(3)
  await world.bind.transfer(domain)
  expect((await world.bind.nameServers[1].read(domain, 'MX')).values).toEqual([previousMx])

  const id = run.summary.runId ?? ''
  await closeGuided(world, id)
  const resumed = await world.offboard('resume', id)
  expect([resumed.exitCode, resumed.summary.outcome]).toEqual([0, 'done'])
})

test.concurrent('the vendor’s MX goes only when the mail server was asked after the previous MX was in', async () => {
  await using world = await openBindWorld()
  const heard: number[] = []
  world.onUpdate(() => {
    heard.push(world.mail.heard.length)
    return 'pass'
  })
  expect((await world.leave('--yes')).exitCode).toBe(3)
  const [atPrevious = 0, atVendor = 0] = heard
  expect(atPrevious).toBeGreaterThan(0)
  expect(atVendor).toBeGreaterThan(atPrevious)
})

test.concurrent('a long time to live is waited for: 75 until it is over, and resume does the rest', async () => {
  await using world = await openBindWorld({ zones: ({ address }) => [customerZone({ address, ttl: 7200 })] })
  const before = await world.zone()
  const started = world.clock.now().getTime()
  const first = await world.leave('--yes', '--no-wait')
  expect([first.exitCode, first.summary.outcome]).toEqual([75, 'waiting'])
  const until = Date.parse(first.summary.resumeAfter ?? '')
  expect(until - started).toBeGreaterThanOrEqual(2 * hour)
  expect(until - started).toBeLessThan(2.1 * hour)
  expect(await world.values(domain, 'MX')).toEqual([previousMx])
  expect(await world.values(`_amazonses.${domain}`, 'TXT')).toContain(`"${vendorTxt}"`)

  const id = first.summary.runId ?? ''
  for (const step of ['allow-lists', 'vendor-console'])
    expect((await world.offboard('confirm', id, step, '--by', 'Ada')).exitCode).toBe(4)
  world.clock.pass(0.5 * hour)
  const early = await world.offboard('resume')
  expect(early.exitCode).toBe(75)
  expect(Math.abs(Date.parse(early.summary.resumeAfter ?? '') - until)).toBeLessThan(1000)
  const other = await world.leave('--yes')
  expect([other.exitCode, other.summary.outcome]).toEqual([4, 'refused'])

  world.clock.pass(1.6 * hour)
  const late = await world.offboard('resume')
  expect([late.exitCode, outcomes(late)]).toEqual([3, verified])
  expect(await world.zone()).toEqual(without(before, 7200))
  expect(world.updates).toHaveLength(3)
})

test.concurrent('a second run finds nothing to do, and sends no update', async () => {
  await using world = await openBindWorld()
  const first = await world.leave('--yes')
  await closeGuided(world, first.summary.runId ?? '')
  const [zone, serial] = [await world.zone(), await world.serial()]
  const second = await world.leave('--yes')
  expect([second.exitCode, second.summary.outcome, second.summary.changes]).toEqual([0, 'done', []])
  expect([await world.zone(), await world.serial(), world.updates.length]).toEqual([zone, serial, 3])
})

test.concurrent('restore puts every set back to the byte, and a poller never sees a zone without an MX', async () => {
  await using world = await openBindWorld()
  const before = await world.zone()
  const poller = await pollMx(world.bind, domain)
  const run = await world.leave('--yes')
  const dry = await world.offboard('restore', run.summary.runId ?? '', '--dry-run')
  expect([dry.exitCode, world.updates.length]).toEqual([0, 3])
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect([restored.exitCode, restored.summary.outcome]).toEqual([0, 'done'])
  await world.bind.transfer(domain)
  const { answers, sets } = poller.stop()
  expect(await world.zone()).toEqual(before)
  const both = [vendorHost, previousHost].toSorted().join(' + ')
  expect(answers).toBeGreaterThan(50)
  expect(sets).toHaveLength(2)
  expect(sets[0]).toEqual([vendorHost, both, previousHost, both, vendorHost])
  for (const seen of sets) expect(seen).not.toContain('')
})
