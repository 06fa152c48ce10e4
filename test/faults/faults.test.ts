import { beforeAll, describe, expect, test } from 'vitest'
import type { FaultKind } from '../../src/sandbox/faults.ts'
import { objectBytes } from '../support/customer.ts'
import { type Outcome, openWorld, outcomes, type World } from '../support/world.ts'

/** What every run below ends with: all is verified, and a person has the console step left. */
const finished = 3

const kinds: readonly FaultKind[] = [
  'throttle',
  'outage',
  'lost-answer',
  'stale-reads',
  'denied',
  'empty-body',
  'ignored-write',
]

/** Every cmdlet that a run writes with. */
const writes = [
  'Disable-TransportRule',
  'Set-HostedConnectionFilterPolicy',
  'Remove-TransportRule',
  'Remove-InboundConnector',
  'Remove-OutboundConnector',
]

/** The end of a run that nobody disturbed, and how many requests it makes. */
const undisturbed = { state: new Map<string, string>() as ReadonlyMap<string, string>, requests: 0 }

beforeAll(async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const run = await world.run('--yes')
  expect(run.exitCode).toBe(finished)
  const view = await world.show()
  undisturbed.state = objectBytes(view)
  undisturbed.requests = view.requests
})

/** No change counts as done whose object is still there. */
async function expectHonest(world: World, outcome: Outcome, when: string): Promise<void> {
  const present = objectBytes(await world.show())
  const events = outcome.events.flatMap((event) => (event.type === 'plan' ? event.plan.changes : []))
  const standing = outcomes(outcome)
  for (const { id, action, kind, object } of events) {
    if (action !== 'remove' || standing[id] !== 'verified') continue
    expect(present.has(`${kind} ${object.guid}`), `${when}: ${id} counts as verified and is there`).toBe(
      false,
    )
  }
}

/** Goes on with what is open, or begins again when nothing was begun. What was not proven, a later look lifts. */
async function goOn(world: World, outcome: Outcome): Promise<Outcome> {
  const { runId } = outcome.summary
  if (runId === null) return world.run('--yes')
  if (outcome.summary.outcome === 'unverified') await world.offboard('verify', runId)
  return world.offboard('resume', runId)
}

async function disturb(kind: FaultKind, at: number): Promise<void> {
  await using world = await openWorld({ scenario: 'plain' })
  const when = `${kind} at request ${at}`
  await world.control.fail({ kind, at })
  let outcome = await world.run('--yes')
  await expectHonest(world, outcome, when)
  if (outcome.exitCode !== finished) expect(outcome.exitCode, when).toBeGreaterThan(0)
  for (let tries = 0; outcome.exitCode !== finished && tries < 3; tries += 1) {
    outcome = await goOn(world, outcome)
    await expectHonest(world, outcome, `${when}, resumed`)
  }
  expect(`${when}: ${outcome.exitCode} ${outcome.summary.error?.message ?? ''}`).toBe(`${when}: ${finished} `)
  expect(objectBytes(await world.show()), when).toEqual(undisturbed.state)
}

describe('every fault of the service at every request: verified, or honest and resumed', () => {
  test.each(kinds)('%s', { timeout: 600_000 }, async (kind) => {
    for (let at = 1; at <= undisturbed.requests; at += 1) await disturb(kind, at)
  })
})

describe('a delete that was answered "ok" and did not happen', () => {
  test('ends as failed, not as done, and resume does it', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'ignored-write', cmdlet: 'Remove-OutboundConnector' })
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(1)
    expect(run.summary.outcome).toBe('failed')
    expect(outcomes(run)['outbound:Perception Point Scanning']).toBe('failed')
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(finished)
    expect(objectBytes(await world.show())).toEqual(undisturbed.state)
  })
})

describe('a write whose answer was lost', () => {
  test.each(writes)('%s is followed by a read, never by a second write', async (cmdlet) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'lost-answer', cmdlet })
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(finished)
    const { writes } = await world.show()
    const targets = writes
      .filter((write) => write.cmdlet === cmdlet)
      .map((write) => JSON.stringify(write.parameters))
    expect(new Set(targets).size).toBe(targets.length)
  })
})

describe('a write that the service failed and did not do', () => {
  test.each(writes)('%s is done again after a read, in the same run', async (cmdlet) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'outage', cmdlet })
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode).toBe(finished)
    expect(Object.values(outcomes(run)).every((outcome) => outcome === 'verified')).toBe(true)
  })
})
