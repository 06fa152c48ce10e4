import { expect, test } from 'vitest'
import { notify } from '../../support/bind/notify.ts'
import { outcomes } from '../../support/world.ts'
import { customer } from './customer.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx, previousHost } = customer
const coming = `mx:${domain}/${previousHost}`
const going = `mx:${domain}/${vendorMx.slice(3)}`
const both = [vendorMx, previousMx].toSorted()

/** The second name server is told of changes when it is asked, as often after each update as `times` says. */
function tellWhenAsked({ bind, updates }: BindWorld, times: (update: number) => number): void {
  const [, ns2] = bind.nameServers
  const told = new Map<number, number>()
  ns2.intercept(() => {
    const [update, before] = [updates.length, told.get(updates.length) ?? 0]
    told.set(update, before + 1)
    if (before < times(update)) void notify(ns2.ownPort, domain)
    return 'pass'
  })
}

test.concurrent('a secondary that lags is waited for: the vendor’s MX goes only when it has the previous one', async () => {
  await using world = await openBindWorld({ lagging: true })
  const [, ns2] = world.bind.nameServers
  const atSecondary: Promise<readonly string[]>[] = []
  world.onUpdate(() => {
    atSecondary.push(ns2.read(domain, 'MX').then(({ values }) => values.toSorted()))
    return 'pass'
  })
  tellWhenAsked(world, (update) => (update === 0 ? 0 : 100))
  const run = await world.leave('--yes')
  expect([run.exitCode, new Set(Object.values(outcomes(run)))]).toEqual([3, new Set(['verified'])])
  expect(await Promise.all(atSecondary)).toEqual([[vendorMx], both, [previousMx]])
})

test.concurrent('a secondary that never has it: exit code 5, and nothing of the vendor’s is removed', async () => {
  await using world = await openBindWorld({ lagging: true })
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([5, 'unverified'])
  expect(outcomes(run)).toMatchObject({ [coming]: 'unverified', [going]: 'planned' })
  expect(JSON.stringify(run.events)).toMatch(/ns2\.servers\.test[^"]*still answers with/)
  expect([world.updates.length, await world.values(domain, 'MX')]).toEqual([1, both])

  const again = await world.offboard('resume')
  expect([again.exitCode, world.updates.length]).toEqual([5, 1])

  tellWhenAsked(world, () => 100)
  const resumed = await world.offboard('resume')
  expect([resumed.exitCode, new Set(Object.values(outcomes(resumed)))]).toEqual([3, new Set(['verified'])])
  expect([world.updates.length, await world.values(domain, 'MX')]).toEqual([3, [previousMx]])
})

test.concurrent('the time to live is counted from when the last name server gave the vendor’s MX up', async () => {
  await using world = await openBindWorld({ lagging: true })
  tellWhenAsked(world, (update) => (update === 1 ? 1 : 0))
  const stuck = await world.leave('--yes', '--no-wait')
  expect([stuck.exitCode, outcomes(stuck)[going]]).toEqual([5, 'unverified'])
  world.clock.pass(3_600_000)
  const early = world.clock.now().getTime()
  await world.bind.transfer(domain)
  const resumed = await world.offboard('resume', '--no-wait')
  expect([resumed.exitCode, outcomes(resumed)[going]]).toEqual([75, 'verified'])
  expect(Date.parse(resumed.summary.resumeAfter ?? '')).toBeGreaterThanOrEqual(early + 600_000)
})

test.concurrent('name servers that disagree when the plan is made are shown', async () => {
  await using world = await openBindWorld({ lagging: true })
  const third = '30 third.elsewhere.example'
  await world.bind.write(domain, { name: domain, type: 'MX', ttl: 600, values: [vendorMx, third] })
  const dry = await world.leave('--dry-run')
  expect(JSON.stringify(dry.events)).toMatch(/disagree: [^"]*third\.elsewhere\.example/)
})
