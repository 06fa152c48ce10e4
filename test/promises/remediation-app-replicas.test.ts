import { expect, test } from 'vitest'
import { openProxy } from '../support/proxy.ts'
import { app, confirmConsole, held, named, openTenant, resume, whole } from '../support/remediation-app.ts'
import { outcomes } from '../support/world.ts'

/** A list of the apps, and the one app whole. */
const requestsOfALook = 2

/** Looks after the write, first to last: which of them a replica answers that lags. */
const answers = [
  ['the second', [2]],
  ['the second and the fourth', [2, 4]],
  ['the first, the third and the fourth', [1, 3, 4]],
] as const

test.each(answers)(
  'a change is believed when two looks in a row show it: %s is of before',
  async (_, late) => {
    await using world = await openTenant()
    const run = await world.run('--yes', '--drain', '0', ...named)
    await confirmConsole(world, run)
    let looks = 0
    let requests = 0
    let isWritten = false
    const direct = world.env.OFFBOARD_GRAPH_URL ?? ''
    await using proxy = await openProxy(direct, async (moment, _number, request) => {
      if (moment === 'answered' && request === 'PATCH servicePrincipals') isWritten = true
      if (!isWritten || moment !== 'arrived' || request !== 'GET servicePrincipals') return
      requests += 1
      if (requests % requestsOfALook !== 1) return
      looks += 1
      const isLate = late.some((look) => look === looks)
      await world.control.act(isLate ? 'enable-app' : 'disable-app')
    })
    world.env.OFFBOARD_GRAPH_URL = proxy.url
    const done = await resume(world, run)
    expect([done.exitCode, done.summary.outcome, outcomes(done)[app]]).toEqual([0, 'done', 'verified'])
    expect(done.summary.leftovers).toEqual([])
    expect(looks, 'two in a row, and the last look').toBe(Math.max(...late) + 3)
    expect(held(await world.show())).toEqual({ ...whole, enabled: false })
    const { writes } = await world.show()
    expect(writes.filter(({ cmdlet }) => cmdlet === 'PATCH servicePrincipals')).toHaveLength(1)
  },
)
