import { describe, expect, test } from 'vitest'
import { ids, outcomes, planOf } from '../../support/world.ts'
import { customer } from './customer.ts'
import type { Manner } from './mail-server.ts'
import { openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx } = customer

const manners: readonly (readonly [Manner, RegExp])[] = [
  ['silent', /does not answer SMTP \(.*did not answer in time\)/],
  ['no-starttls', /offers no STARTTLS/],
  ['busy', /does not answer SMTP \(.*554/],
  ['refused', /does not answer SMTP \(.*nothing listens there\)/],
]

describe.concurrent.each(manners)('a previous mail server that is %s', (manner, says) => {
  test('is a blocker, unless it is allowed', async () => {
    await using world = await openBindWorld()
    await world.mail.behave(manner)
    const dry = await world.leave('--dry-run')
    expect([dry.exitCode, ids(dry.summary.blockers)]).toEqual([4, ['unanswered-mx']])
    expect(dry.summary.blockers[0]?.reason).toMatch(says)
    expect(planOf(dry).blockers[0]?.waivable).toBe(true)
    if (manner === 'silent') return
    const run = await world.leave('--yes')
    expect([run.exitCode, world.updates.length]).toEqual([4, 0])
    const allowed = await world.leave('--yes', '--allow', 'unanswered-mx')
    expect([allowed.exitCode, new Set(Object.values(outcomes(allowed)))]).toEqual([3, new Set(['verified'])])
    expect(await world.values(domain, 'MX')).toEqual([previousMx])
  })
})

test.concurrent('a mail server that stops answering in the middle keeps the vendor’s MX, and resume goes on later', async () => {
  await using world = await openBindWorld()
  world.onUpdate(() => {
    void world.mail.behave('busy')
    return 'pass'
  })
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
  expect(run.summary.error?.message).toContain('554')
  expect(await world.values(domain, 'MX')).toEqual([vendorMx, previousMx].toSorted())
  expect(world.updates).toHaveLength(1)
  world.onUpdate(() => 'pass')
  await world.mail.behave('answers')
  const resumed = await world.offboard('resume')
  expect([resumed.exitCode, await world.values(domain, 'MX')]).toEqual([3, [previousMx]])
})

test.concurrent('a mail server without an address is a blocker', async () => {
  await using world = await openBindWorld()
  const dry = await world.leave('--dry-run', '--previous-mx', '20 backup.elsewhere.example')
  expect([dry.exitCode, ids(dry.summary.blockers)]).toEqual([4, ['unanswered-mx']])
  expect(dry.summary.blockers[0]?.reason).toContain('backup.elsewhere.example has no address')
})
