import { expect, test } from 'vitest'
import { UsageError } from '../../src/model/errors.ts'
import { mailJobs } from '../support/mail-jobs.ts'
import { mailZones, zone } from '../support/mail-zones.ts'

const vendor = '10 mx.vendor.example'
const previous = '10 mail.contoso.com'
const domain = 'contoso.com'

const jobOf = mailJobs()

async function takenOff() {
  const world = mailZones({ [domain]: zone([vendor, '20 backup.contoso.com'], { txt: ['"v"', '"w"'] }) })
  const job = await jobOf(world, { vendorTxt: ['v'] })
  const { run } = await job.run()
  world.seen.length = 0
  return { world, job, run }
}

test('restore puts the sets back as they were, the vendor’s MX first', async () => {
  const { world, job, run } = await takenOff()
  expect((await job.restore(run)).outcome).toBe('done')
  expect(world.seen.map(({ values }) => values)).toEqual([
    [previous, vendor, '20 backup.contoso.com'],
    [vendor, '20 backup.contoso.com'],
  ])
  expect(world.at(domain).txt.values.toSorted()).toEqual(['"v"', '"w"'])
  expect((await job.planRestore(run)).changes).toEqual([])
})

test('restore is refused, with the difference, when somebody changed the set since', async () => {
  const { world, job, run } = await takenOff()
  world.at(domain).mx = { ttl: 3600, values: [previous, '30 new.contoso.com'] }
  const plan = await job.planRestore(run)
  expect(plan.blockers.map(({ id }) => id)).toEqual([
    'changed:mx:contoso.com/mail.contoso.com',
    'changed:mx:contoso.com/mx.vendor.example',
  ])
  expect(plan.blockers[0]?.reason).toContain('30 new.contoso.com')
  await expect(job.restore(run)).rejects.toThrow('blocked by')
})

test('what others changed of the TXT record stays as they have it', async () => {
  const { world, job, run } = await takenOff()
  world.at(domain).txt = { ttl: 3600, values: ['"new"'] }
  expect((await job.restore(run)).outcome).toBe('done')
  expect(world.at(domain).txt.values.toSorted()).toEqual(['"new"', '"v"'])
})

test('no part of a restore leaves a zone without an MX', async () => {
  const world = mailZones({ [domain]: zone([vendor]) })
  const job = await jobOf(world)
  const { run } = await job.run()
  const plan = await job.planRestore(run, ['mx:contoso.com/mail.contoso.com'])
  expect(plan.blockers.map(({ id }) => id)).toEqual(['vendor-mx:contoso.com'])
  await expect(job.planRestore(run, ['mx:contoso.com/other.example'])).rejects.toThrow(UsageError)
})

test('a set that cannot be read is not put back', async () => {
  const { world, job, run } = await takenOff()
  world.at(domain).unreadable = 'no server answered'
  const plan = await job.planRestore(run)
  expect(plan.blockers.map(({ reason }) => reason).join()).toContain('no server answered')
})
