import { beforeAll, describe, expect, test } from 'vitest'
import { InterruptedError } from '../../src/model/errors.ts'
import { calm, doUndisturbed, expectFinished, type JobName, jobs } from '../support/app-jobs.ts'
import { openProxy } from '../support/proxy.ts'
import { graphWrites, held, named, othersKept, runApi } from '../support/remediation-app.ts'
import { isWrite } from '../support/truth.ts'
import { type Outcome, openWorld, type World } from '../support/world.ts'

const names = [
  'disable and revoke',
  'delete',
  'enable and grant again',
  'restore what was deleted',
  'add again what can no longer be restored',
] as const
const timeout = 300_000

beforeAll(() => doUndisturbed(names), timeout)

/** Whether the service still does what the last request asked, before this program is gone. */
const moments = { 'before it arrives': 'arrived', 'before its answer': 'answered' } as const

/** Leaves at once at the Nth write to Graph: nothing after it is sent, heard or journaled. */
async function leaveAt(
  world: World,
  operator: AbortController,
  begin: () => Promise<Outcome>,
  write: number,
  moment: 'arrived' | 'answered',
): Promise<Outcome> {
  const direct = world.env.OFFBOARD_GRAPH_URL ?? ''
  let writes = 0
  await using proxy = await openProxy(direct, (when, _, request) => {
    if (!isWrite(request)) return undefined
    if (when === 'arrived') writes += 1
    if (when !== moment || writes !== write) return undefined
    operator.abort(new InterruptedError({ tried: 'go on', said: 'interrupted' }))
    return 'drop'
  })
  world.env.OFFBOARD_GRAPH_URL = proxy.url
  const outcome = await begin()
  world.env.OFFBOARD_GRAPH_URL = direct
  return outcome
}

async function leftAt(name: JobName, write: number, moment: 'arrived' | 'answered'): Promise<void> {
  const operator = new AbortController()
  const signals: { stopping?: AbortSignal; leaving?: AbortSignal } = {}
  await using world = await openWorld({ scenario: 'api-only', signals })
  const begin = await jobs[name].prepare(world)
  Object.assign(signals, { stopping: operator.signal, leaving: operator.signal })
  const when = `${name}, left at write ${write}, ${moment}`
  const before = (await world.show()).writes.length
  const left = await leaveAt(world, operator, begin, write, moment)
  expect(left.exitCode, when).toBe(130)
  const sent = (await world.show()).writes.slice(before)
  expect(sent, `${when}: nothing after it`).toHaveLength(moment === 'arrived' ? write - 1 : write)
  delete signals.stopping
  delete signals.leaving
  await expectFinished(name, world, begin, left, when)
  const done = (await world.show()).writes.slice(before).filter(({ result }) => result === 'done')
  const asked = done.map(({ cmdlet, parameters }) => `${cmdlet} ${JSON.stringify(parameters)}`)
  expect(new Set(asked).size, `${when}: each once`).toBe(asked.length)
}

describe.each(Object.entries(moments))(
  'left %s and resumed, it ends as if nobody had disturbed it',
  (_, moment) => {
    test.each(names)('%s', { timeout }, async (name) => {
      const { counts } = calm(name)
      const writes = Object.entries(counts).filter(([request]) => isWrite(request))
      const total = writes.reduce((sum, [, count]) => sum + count, 0)
      expect(total).toBeGreaterThan(1)
      for (let write = 1; write <= total; write += 1) await leftAt(name, write, moment)
    })
  },
)

describe('a right that the app gets while its others are being taken away', () => {
  test('keeps it from being deleted, as it was not saved', async () => {
    await using world = await openWorld({ scenario: 'api-only' })
    const direct = world.env.OFFBOARD_GRAPH_URL ?? ''
    await using proxy = await openProxy(direct, (when, _, request) =>
      when === 'answered' && request === 'DELETE oauth2PermissionGrants'
        ? world.control.act('add-grant')
        : undefined,
    )
    world.env.OFFBOARD_GRAPH_URL = proxy.url
    const more = [...named, ...othersKept, '--delete-app', '--allow', 'app-before-console']
    const run = await runApi(world, '--yes', ...more)
    expect(run.exitCode).toBe(4)
    expect(run.summary.error?.message).toContain('Mail.Send (Microsoft Graph)')
    const view = await world.show()
    expect(graphWrites(view)).not.toContain('DELETE servicePrincipals')
    expect(held(view)).toEqual({ enabled: true, roles: ['Mail.Send'], scopes: [] })
  })
})
