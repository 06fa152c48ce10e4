import { describe, expect, test } from 'vitest'
import type { FaultKind } from '../../src/sandbox/faults.ts'
import { openProxy } from '../support/proxy.ts'
import { type Outcome, openWorld, outcomes, type World } from '../support/world.ts'

/** Every cmdlet that a run writes with. */
const removing = [
  'Disable-TransportRule',
  'Set-HostedConnectionFilterPolicy',
  'Remove-TransportRule',
  'Remove-InboundConnector',
  'Remove-OutboundConnector',
]

/** Every cmdlet that a restore writes with. */
const restoring = [
  'Set-HostedConnectionFilterPolicy',
  'New-InboundConnector',
  'New-OutboundConnector',
  'Set-OutboundConnector',
  'New-TransportRule',
  'Enable-TransportRule',
]

/** What the service was asked, first to last. */
async function asked(world: World, work: () => Promise<Outcome>): Promise<[Outcome, readonly string[]]> {
  const cmdlets: string[] = []
  await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (moment, _, cmdlet) => {
    if (moment === 'arrived') cmdlets.push(cmdlet)
  })
  const direct = world.env.OFFBOARD_EXCHANGE_URL ?? ''
  world.env.OFFBOARD_EXCHANGE_URL = proxy.url
  const outcome = await work()
  world.env.OFFBOARD_EXCHANGE_URL = direct
  return [outcome, cmdlets]
}

/** After the first request for the cmdlet the next one reads what it was about. */
function expectRead(cmdlets: readonly string[], cmdlet: string): void {
  const next = cmdlets[cmdlets.indexOf(cmdlet) + 1] ?? ''
  expect(next).toBe(`Get-${cmdlet.replace(/^[A-Z][a-z]+-/, '')}`)
}

async function targets(world: World, cmdlet: string): Promise<readonly string[]> {
  const { writes } = await world.show()
  return writes.filter((write) => write.cmdlet === cmdlet).map((write) => JSON.stringify(write.parameters))
}

describe('a write whose answer was lost is followed by a read, never by a blind second write', () => {
  test.each(removing)('%s of a run', async (cmdlet) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'lost-answer', cmdlet })
    const [run, cmdlets] = await asked(world, () => world.run('--yes'))
    expect(run.exitCode, run.summary.error?.message).toBe(3)
    expectRead(cmdlets, cmdlet)
    const sent = await targets(world, cmdlet)
    expect(new Set(sent).size).toBe(sent.length)
  })

  test.each(restoring)('%s of a restore', async (cmdlet) => {
    await using world = await openWorld({ scenario: 'plain' })
    const { summary } = await world.run('--yes', '--drain', '0')
    const before = (await targets(world, cmdlet)).length
    await world.control.fail({ kind: 'lost-answer', cmdlet })
    const [restored, cmdlets] = await asked(world, () =>
      world.offboard('restore', summary.runId ?? '', '--enable-redirect', '--yes'),
    )
    expect(restored.exitCode, restored.summary.error?.message).toBe(0)
    expectRead(cmdlets, cmdlet)
    const sent = (await targets(world, cmdlet)).slice(before)
    expect(new Set(sent).size).toBe(sent.length)
  })
})

describe('a write that the service failed and did not do', () => {
  test.each(removing)('%s is read, and done again in the same run', async (cmdlet) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'outage', cmdlet })
    const [run, cmdlets] = await asked(world, () => world.run('--yes', '--drain', '0'))
    expect(run.exitCode).toBe(3)
    expectRead(cmdlets, cmdlet)
    expect(Object.values(outcomes(run)).every((outcome) => outcome === 'verified')).toBe(true)
  })

  test.each<FaultKind>(['lost-answer', 'outage'])(
    '%s every time: it is tried a few times, and said',
    async (kind) => {
      await using world = await openWorld({ scenario: 'plain' })
      await world.control.fail({ kind, cmdlet: 'Remove-InboundConnector', times: 99 })
      const run = await world.run('--yes', '--drain', '0')
      expect(run.exitCode).toBe(kind === 'outage' ? 1 : 3)
      expect((await targets(world, 'Remove-InboundConnector')).length).toBe(kind === 'outage' ? 5 : 1)
    },
  )
})
