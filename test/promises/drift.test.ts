import { describe, expect, test } from 'vitest'
import { act, edit, type Meanwhile, vendorObjectsTouched } from '../support/meanwhile.ts'
import { type Outcome, openWorld, outcomes, type World } from '../support/world.ts'

const writesOf: Readonly<Record<string, readonly string[]>> = {
  drain: ['Disable-TransportRule'],
  addresses: ['Set-HostedConnectionFilterPolicy'],
  rules: ['Remove-TransportRule'],
  connectors: ['Remove-InboundConnector', 'Remove-OutboundConnector'],
}

const half = 31 * 60_000

/** A run that has stopped the redirect and waits. */
async function waitingRun(world: World): Promise<Outcome> {
  const run = await world.run('--yes', '--no-wait')
  expect(run.exitCode).toBe(75)
  return run
}

async function writtenFor(world: World, step: string): Promise<readonly string[]> {
  const { writes } = await world.show()
  return writes.map(({ cmdlet }) => cmdlet).filter((cmdlet) => writesOf[step]?.includes(cmdlet))
}

const redirect = 'Perception Point Redirect Rule'

/** What somebody does while the run waits, and the step that may not be begun then. */
const drifts: readonly (readonly [string, string, Meanwhile[1]])[] = [
  ['addresses', ...edit('the redirect is switched on again', 'transport-rule', redirect, 'State', null)],
  ['addresses', ...act('an address of the customer’s is added', 'add-address')],
  ...vendorObjectsTouched.flatMap(([title, meanwhile]): (readonly [string, string, Meanwhile[1]])[] => {
    const isEdit = !title.includes('deleted') && title !== `the rule "${redirect}" is disabled`
    const step = title.includes('connector') ? 'connectors' : 'rules'
    // The drained rule is looked at when the wait ends, and a disabled redirect is what the drain has made.
    return isEdit ? [[title.includes(redirect) ? 'addresses' : step, title, meanwhile]] : []
  }),
  [
    'connectors',
    ...act('a disabled rule of the customer’s routes to the connector', 'add', {
      kind: 'transport-rule',
      name: 'Board mail to the scanner',
      properties: { RouteMessageOutboundConnector: 'Perception Point Scanning', State: 'Disabled' },
    }),
  ],
]

describe('drift between two steps: refused, nothing of the step is written, the run stays open', () => {
  test.each(drifts)('before %s: %s', async (step, _, meanwhile) => {
    await using world = await openWorld({ scenario: 'plain' })
    const { runId } = (await waitingRun(world)).summary
    await meanwhile(world)
    const before = await writtenFor(world, step)
    await world.control.clock(half)
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode, resumed.summary.error?.message).toBe(4)
    expect(resumed.summary.outcome).toBe('refused')
    expect(resumed.summary.error?.hint).toMatch(/resume.*abandon/)
    expect(await writtenFor(world, step)).toEqual(before)
    expect((await world.run('--yes')).summary.error?.hint, 'it is open').toContain(`offboard resume ${runId}`)
    expect((await world.offboard('abandon', runId ?? '')).exitCode).toBe(0)
    const again = await world.run('--dry-run')
    expect([0, 4]).toContain(again.exitCode)
  })

  test('a rule of the customer’s that newly sends mail to the scanner keeps the wait from ending', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await waitingRun(world)
    await world.control.act('add-routing-rule')
    await world.control.clock(half)
    expect((await world.offboard('resume')).exitCode).toBe(3)
    expect((await world.show()).writes.map(({ cmdlet }) => cmdlet)).toEqual(writesOf.drain)
  })

  test('abandoned, and a new run takes what is there now', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { runId } = (await waitingRun(world)).summary
    await world.control.act('set', {
      ...{ kind: 'transport-rule', name: 'Perception Point Spam Rule' },
      ...{ property: 'Comments', value: 'ours now' },
    })
    await world.control.clock(half)
    expect((await world.offboard('resume')).exitCode).toBe(4)
    await world.offboard('abandon', runId ?? '')
    const again = await world.run('--yes')
    expect(again.exitCode).toBe(3)
    expect(Object.values(outcomes(again)).every((outcome) => outcome === 'verified')).toBe(true)
  })
})

describe('what somebody else did for us is no drift', () => {
  test.each(vendorObjectsTouched.filter(([title]) => title.includes('deleted')))(
    'absent, and the rest is done: %s',
    async (_, meanwhile) => {
      await using world = await openWorld({ scenario: 'plain' })
      await waitingRun(world)
      await meanwhile(world)
      await world.control.clock(half)
      const resumed = await world.offboard('resume')
      expect(resumed.exitCode, resumed.summary.error?.message).toBe(3)
      const stands = Object.values(outcomes(resumed))
      expect(stands.filter((outcome) => outcome === 'absent')).toHaveLength(1)
      expect(stands.filter((outcome) => outcome === 'verified')).toHaveLength(stands.length - 1)
    },
  )

  test('an address that is gone is absent', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await waitingRun(world)
    await world.control.act('remove-address', { address: '99.81.216.78' })
    await world.control.clock(half)
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(3)
    expect(outcomes(resumed)['ip:99.81.216.78']).toBe('absent')
  })

  test('edits elsewhere are nothing to us', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await waitingRun(world)
    for (const name of ['add-customer-rule', 'edit-customer-rule', 'add-customer-connector'])
      await world.control.act(name)
    await world.control.clock(half)
    expect((await world.offboard('resume')).exitCode).toBe(3)
  })
})
