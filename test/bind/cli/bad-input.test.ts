import { expect, test } from 'vitest'
import { customer, customerZone } from './customer.ts'
import { openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx } = customer
const words = ['run', '--platform', 'other', '--region', 'eu', '--dns', 'rfc2136', '--yes']

const cases = [
  {
    what: 'a bad name',
    args: ['--domain', 'conto_so.example', '--previous-mx', previousMx],
    says: /--domain.*"conto_so\.example"/s,
  },
  {
    what: 'a preference out of range',
    args: ['--domain', domain, '--previous-mx', '65536 mail.contoso.example'],
    says: /--previous-mx.*from 0 to 65535/s,
  },
  {
    what: 'a previous MX that is the vendor’s own',
    args: ['--domain', domain, '--previous-mx', vendorMx],
    says: /--previous-mx.*vendor's own/s,
  },
  {
    what: 'a previous MX that was named as the vendor’s',
    args: ['--domain', domain, '--previous-mx', previousMx, '--vendor-mx', 'mail.contoso.example'],
    says: /--previous-mx.*vendor's own/s,
  },
]

test.concurrent.each(cases)('$what: 64, and no server is asked', async ({ args, says }) => {
  await using world = await openBindWorld()
  let asked = 0
  world.bind.primary.intercept(() => {
    asked += 1
    return 'pass'
  })
  const run = await world.offboard(...words, ...args)
  expect([run.exitCode, asked]).toEqual([64, 0])
  expect(`${run.summary.error?.message} ${run.summary.error?.hint}`).toMatch(says)
})

test.concurrent('a previous MX whose host lies in the zone and has no address: said in words, and nothing is sent', async () => {
  await using world = await openBindWorld()
  const zone = await world.zone()
  const named = ['--domain', domain, '--previous-mx', `10 nowhere.${domain}`]
  const refused = await world.offboard(...words, ...named)
  expect([refused.exitCode, refused.summary.blockers[0]?.id]).toEqual([4, 'unanswered-mx'])
  expect(refused.summary.blockers[0]?.reason).toContain('has no address')
  const allowed = await world.offboard(...words, ...named, '--allow', 'unanswered-mx')
  expect([allowed.exitCode, allowed.summary.error?.name]).toEqual([1, 'TenantError'])
  expect(allowed.summary.error?.message).toMatch(
    /nowhere\.contoso\.example lies in the zone .* has no address record/,
  )
  expect([await world.zone(), world.updates.length]).toEqual([zone, 0])
})

test.concurrent('a previous MX that is an alias (CNAME): said in words, and nothing is sent', async () => {
  const alias = { name: `alias.${domain}`, type: 'CNAME', ttl: 60, values: [`mail.${domain}`] }
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, sets: [alias] })],
  })
  const zone = await world.zone()
  const run = await world.offboard(...words, '--domain', domain, '--previous-mx', `10 alias.${domain}`)
  expect([run.exitCode, run.summary.error?.name]).toEqual([1, 'TenantError'])
  expect(run.summary.error?.message).toContain('is an alias (CNAME)')
  expect([await world.zone(), world.updates.length]).toEqual([zone, 0])
})

test.concurrent('a domain that is an alias has no MX of its own: it is not checked, and nothing is sent', async () => {
  const alias = { name: `branch.${domain}`, type: 'CNAME', ttl: 60, values: [`mail.${domain}`] }
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, sets: [alias] })],
  })
  const run = await world.offboard(...words, '--domain', `branch.${domain}`, '--previous-mx', previousMx)
  expect([run.exitCode, run.summary.outcome]).toEqual([5, 'unverified'])
  expect(JSON.stringify(run.events)).toContain('is an alias (CNAME)')
  expect(world.updates).toHaveLength(0)
})

test.concurrent('a zone that takes no mail (null MX) is left alone', async () => {
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, mx: ['0 .'] })],
  })
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([5, 'unverified'])
  expect(JSON.stringify(run.events)).toContain('null MX')
  expect([await world.values(domain, 'MX'), world.updates.length]).toEqual([['0 '], 0])
})
