import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FaultKind, type FaultRequest, faultKinds } from '../../src/sandbox/faults.ts'
import { openProxy } from '../support/proxy.ts'
import { type End, endDifferences, endOf, isWrite, untrue } from '../support/truth.ts'
import { type Outcome, openWorld, outcomes, planOf, type World } from '../support/world.ts'

/** A job of the program, and how it ends when nobody disturbs it. */
interface Job {
  /** Makes the tenant ready, and answers how the job is begun. */
  prepare(world: World): Promise<() => Promise<Outcome>>
  readonly exitCode: number
}

const jobs = {
  run: { prepare: async (world) => () => world.run('--yes'), exitCode: 3 },
  restore: {
    async prepare(world) {
      const { summary } = await world.run('--yes', '--drain', '0')
      return () => world.offboard('restore', summary.runId ?? '', '--enable-redirect', '--yes')
    },
    exitCode: 0,
  },
} satisfies Record<string, Job>
type JobName = keyof typeof jobs

interface Undisturbed extends End {
  /** The cmdlet of each request, first to last. */
  readonly requests: readonly string[]
}

const undisturbed = new Map<JobName, Undisturbed>()

function calm(name: JobName): Undisturbed {
  const found = undisturbed.get(name)
  if (found === undefined) throw new Error(`${name} was not run undisturbed`)
  return found
}

beforeAll(async () => {
  for (const name of ['run', 'restore'] as const) {
    await using world = await openWorld({ scenario: 'plain' })
    const begin = await jobs[name].prepare(world)
    const requests: string[] = []
    await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (moment, _, cmdlet) => {
      if (moment === 'arrived') requests.push(cmdlet)
    })
    Object.assign(world.env, { OFFBOARD_EXCHANGE_URL: proxy.url, OFFBOARD_LOGIN_URL: proxy.url })
    expect((await begin()).exitCode).toBe(jobs[name].exitCode)
    undisturbed.set(name, { ...endOf(await world.show(), name), requests })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** Nothing counts as done that is not so, and what is not done is said. */
async function expectHonest(world: World, job: Job, outcome: Outcome, when: string): Promise<void> {
  const plans = outcome.events.flatMap((event) => (event.type === 'plan' ? event.plan.changes : []))
  expect(untrue(plans, outcomes(outcome), await world.show()), when).toEqual([])
  if (outcome.exitCode === job.exitCode) return
  expect(outcome.exitCode, when).toBeGreaterThan(0)
  const failed = outcome.summary.changes.some((change) => change.outcome === 'failed')
  const isSaid = outcome.summary.error !== undefined || failed || outcome.summary.outcome === 'unverified'
  expect(isSaid, `${when}: says what failed`).toBe(true)
}

/** Goes on with what is open, or begins again when nothing was begun. What was not proven, a later look lifts. */
async function goOn(world: World, begin: () => Promise<Outcome>, outcome: Outcome): Promise<Outcome> {
  const { runId } = outcome.summary
  if (runId === null) return begin()
  if (outcome.summary.outcome === 'unverified') await world.offboard('verify', runId)
  return world.offboard('resume', runId)
}

async function disturb(name: JobName, fault: FaultRequest): Promise<void> {
  await using world = await openWorld({ scenario: 'plain' })
  const job: Job = jobs[name]
  const begin = await job.prepare(world)
  const when = `${name}: ${JSON.stringify(fault)}`
  await world.control.fail(fault)
  let outcome = await begin()
  await expectHonest(world, job, outcome, when)
  for (let tries = 0; outcome.exitCode !== job.exitCode && tries < 4; tries += 1) {
    outcome = await goOn(world, begin, outcome)
    await expectHonest(world, job, outcome, `${when}, resumed`)
  }
  expect(`${when}: ${outcome.exitCode} ${outcome.summary.error?.message ?? ''}`).toBe(
    `${when}: ${job.exitCode} `,
  )
  expect(endDifferences(calm(name), endOf(await world.show(), name)), when).toEqual([])
}

/** So many worlds at a time; more than one only helps where they wait. */
async function atEachRequest(name: JobName, fault: Omit<FaultRequest, 'at'>, workers = 1): Promise<void> {
  /** A fault of writes alone waits for the next one. */
  const telling = [...calm(name).requests.entries()].filter(
    ([, cmdlet]) => !faultKinds[fault.kind].writesOnly || isWrite(cmdlet),
  )
  const next = telling.map(([index]) => index + 1)[Symbol.iterator]()
  const work = async () => {
    for (const at of next) await disturb(name, { ...fault, at })
  }
  await Promise.all(Array.from({ length: workers }, work))
}

const timeout = 900_000

describe('every fault of the service at every request: verified, or honest and resumed', () => {
  test.each<FaultKind>([
    'throttle',
    'outage',
    'lost-answer',
    'stale-reads',
    'denied',
    'empty-body',
    'ignored-write',
  ])('%s', { timeout }, async (kind) => {
    await atEachRequest('run', { kind })
  })

  test('hang', { timeout }, async () => {
    const { timeout: original } = AbortSignal
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => original.call(AbortSignal, Math.min(ms, 500)))
    await atEachRequest('run', { kind: 'hang' }, 4)
  })

  test.each<FaultKind>(['throttle', 'outage'])('%s for longer than is waited', { timeout }, async (kind) => {
    await atEachRequest('run', { kind, times: 12 })
  })

  test.each<FaultKind>(['lost-answer', 'stale-reads', 'denied', 'ignored-write'])(
    '%s while a run is put back',
    { timeout },
    async (kind) => {
      await atEachRequest('restore', { kind })
    },
  )
})

describe('a delete that was answered "ok" and did not happen', () => {
  test.each(['Remove-TransportRule', 'Remove-InboundConnector', 'Remove-OutboundConnector'])(
    '%s ends as failed, not as done, and resume does it',
    async (cmdlet) => {
      await using world = await openWorld({ scenario: 'plain' })
      await world.control.fail({ kind: 'ignored-write', cmdlet })
      const run = await world.run('--yes')
      expect(run.exitCode).toBe(1)
      expect(run.summary.outcome).toBe('failed')
      const failed = run.summary.changes.filter(({ outcome }) => outcome === 'failed')
      expect(failed).toHaveLength(1)
      const change = planOf(run).changes.find(({ id }) => id === failed[0]?.id)
      const view = await world.show()
      expect(view.objects[change?.kind ?? '']?.some(({ Guid }) => Guid === change?.object.guid)).toBe(true)
      expect((await world.offboard('resume')).exitCode).toBe(3)
      expect(endDifferences(calm('run'), endOf(await world.show(), 'run'))).toEqual([])
    },
  )
})
