import { expect, test } from 'vitest'
import { outcomes } from '../../support/world.ts'
import { customer, ownTxt } from './customer.ts'
import { openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx, vendorTxt } = customer
const ses = `_amazonses.${domain}`
const third = '30 third.elsewhere.example'

const drifts = [
  {
    what: 'an MX that somebody added',
    set: { name: domain, type: 'MX', ttl: 600, values: [vendorMx, third] },
    shown: third,
  },
  {
    what: 'another time to live of the MX',
    set: { name: domain, type: 'MX', ttl: 60, values: [vendorMx] },
    shown: '60',
  },
  {
    what: 'the vendor’s MX with another preference',
    set: { name: domain, type: 'MX', ttl: 600, values: [vendorMx.replace('10 ', '20 ')] },
    shown: '20 ',
  },
  {
    what: 'the vendor’s TXT value taken out by somebody',
    set: { name: ses, type: 'TXT', ttl: 600, values: ownTxt },
    shown: vendorTxt,
  },
]

test.concurrent.each(drifts)(
  '$what between plan and run: refused with the difference',
  async ({ set, shown }) => {
    await using world = await openBindWorld()
    const dry = await world.leave('--dry-run')
    await world.bind.write(domain, set)
    const [zone, serial] = [await world.zone(), await world.serial()]
    const run = await world.leave('--plan-hash', dry.summary.planHash ?? '')
    expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
    expect(run.summary.error?.message).toContain(shown)
    expect([await world.zone(), await world.serial(), world.updates.length]).toEqual([zone, serial, 0])
  },
)

test.concurrent('a record that the plan does not rest on is no reason to refuse', async () => {
  await using world = await openBindWorld()
  const dry = await world.leave('--dry-run')
  await world.bind.write(domain, { name: `www.${domain}`, type: 'A', ttl: 60, values: ['192.0.2.81'] })
  await world.bind.write(domain, { name: domain, type: 'TXT', ttl: 60, values: ['"v=spf1 -all"'] })
  const more = {
    name: ses,
    type: 'TXT',
    ttl: 600,
    values: [...ownTxt, `"${vendorTxt}"`, '"somebody’s new one"'],
  }
  await world.bind.write(domain, more)
  const run = await world.leave('--plan-hash', dry.summary.planHash ?? '')
  expect([run.exitCode, run.summary.error]).toEqual([3, undefined])
  expect(await world.values(ses, 'TXT')).toContain('"somebody\\226\\128\\153s new one"')
  expect(await world.values(ses, 'TXT')).not.toContain(`"${vendorTxt}"`)
})

test.concurrent('an MX that somebody adds in the middle of a run stops it, and mail keeps its ways', async () => {
  await using world = await openBindWorld()
  const added = { name: domain, type: 'MX', ttl: 600, values: [vendorMx, previousMx, third] }
  let isAdded = false
  world.mail.onHeard(async () => {
    if (isAdded || world.updates.length === 0) return
    isAdded = true
    await world.bind.write(domain, added)
  })
  const run = await world.leave('--yes')
  expect(isAdded).toBe(true)
  expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
  expect(run.summary.error?.message).toMatch(/third\.elsewhere\.example|not what it was read as/)
  expect(await world.values(domain, 'MX')).toEqual(added.values.toSorted())

  await world.bind.write(domain, { ...added, values: [vendorMx, previousMx] })
  await world.bind.transfer(domain)
  const resumed = await world.offboard('resume')
  expect([resumed.exitCode, new Set(Object.values(outcomes(resumed)))]).toEqual([3, new Set(['verified'])])
  expect(await world.values(domain, 'MX')).toEqual([previousMx])
})

test.concurrent('restore is refused with the difference when somebody changed the MX since, and writes nothing', async () => {
  await using world = await openBindWorld()
  const { summary } = await world.leave('--yes')
  await world.bind.write(domain, { name: domain, type: 'MX', ttl: 600, values: [previousMx, third] })
  const [zone, serial, { length }] = [await world.zone(), await world.serial(), world.updates]
  const restored = await world.offboard('restore', summary.runId ?? '', '--yes')
  expect([restored.exitCode, restored.summary.outcome]).toEqual([4, 'refused'])
  expect(JSON.stringify(restored.summary)).toContain('third.elsewhere.example')
  expect([await world.zone(), await world.serial(), world.updates.length]).toEqual([zone, serial, length])
})

test.concurrent('restore of TXT keeps what somebody added since', async () => {
  await using world = await openBindWorld()
  const before = await world.values(ses, 'TXT')
  const { summary } = await world.leave('--yes')
  await world.bind.write(domain, { name: ses, type: 'TXT', ttl: 600, values: [...ownTxt, '"new since"'] })
  const restored = await world.offboard('restore', summary.runId ?? '', '--yes')
  expect([restored.exitCode, restored.summary.outcome]).toEqual([0, 'done'])
  expect(await world.values(ses, 'TXT')).toEqual([...before, '"new since"'].toSorted())
  expect(await world.values(domain, 'MX')).toEqual([vendorMx])
})
