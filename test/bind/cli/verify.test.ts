import { expect, test } from 'vitest'
import { ids } from '../../support/world.ts'
import { customer } from './customer.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx, vendorTxt } = customer

function verify(world: BindWorld) {
  const named = ['--domain', domain, '--vendor-txt', vendorTxt, '--dns', 'rfc2136']
  return world.offboard('verify', '--platform', 'other', '--region', 'eu', ...named)
}

test.concurrent('verify: 2 while the vendor’s records are there, 0 when they are gone, and it writes nothing', async () => {
  await using world = await openBindWorld()
  const before = await verify(world)
  expect([before.exitCode, before.summary.outcome]).toEqual([2, 'present'])
  expect(ids(before.summary.changes)).toEqual([
    `mx:${domain}/${vendorMx.slice(3)}`,
    `txt:${domain}/${vendorTxt}`,
  ])
  expect(world.updates).toHaveLength(0)
  const run = await world.leave('--yes')
  const after = await verify(world)
  expect([after.exitCode, after.summary.outcome]).toEqual([0, 'clean'])
  const ofRun = await world.offboard('verify', run.summary.runId ?? '')
  expect([ofRun.exitCode, ofRun.summary.outcome]).toEqual([0, 'clean'])
  expect(world.updates).toHaveLength(3)
})

test.concurrent('verify: 5 when a name server cannot be read, and 2 before that', async () => {
  await using world = await openBindWorld()
  const [, ns2] = world.bind.nameServers
  await ns2.kill()
  const present = await verify(world)
  expect([present.exitCode, present.summary.outcome]).toEqual([2, 'present'])
  await ns2.start()
  await world.leave('--yes')
  await world.bind.transfer(domain)
  await ns2.kill()
  const unread = await verify(world)
  expect([unread.exitCode, unread.summary.outcome]).toEqual([5, 'unverified'])
  expect(JSON.stringify(unread.events)).toMatch(/ns2\.servers\.test[^"]*nothing listens there/)
  await ns2.start()
  expect((await verify(world)).exitCode).toBe(0)
})

test.concurrent('verify: a name server that still has the vendor’s MX is not clean', async () => {
  await using world = await openBindWorld({ lagging: true })
  await world.bind.write(domain, { name: domain, type: 'MX', ttl: 600, values: [previousMx] })
  await world.bind.write(domain, { name: `_amazonses.${domain}`, type: 'TXT', ttl: 600, values: [] })
  const found = await verify(world)
  expect([found.exitCode, found.summary.outcome]).toEqual([5, 'unverified'])
  expect(JSON.stringify(found.events)).toContain('ns2.servers.test')
  await world.bind.transfer(domain)
  expect((await verify(world)).exitCode).toBe(0)
})

test.concurrent('verify: a name server that answers for no zone (lame) is not clean', async () => {
  await using world = await openBindWorld()
  await world.leave('--yes')
  await world.bind.transfer(domain)
  const [, ns2] = world.bind.nameServers
  ns2.intercept((query) => {
    const answer = Buffer.from(query)
    answer.writeUInt16BE(0x80_05, 2)
    return { answer }
  })
  const found = await verify(world)
  expect([found.exitCode, JSON.stringify(found.events)]).toEqual([5, expect.stringContaining('REFUSED')])
})
