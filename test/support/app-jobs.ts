import { expect } from 'vitest'
import type { FaultRequest } from '../../src/sandbox/faults.ts'
import { openProxy } from './proxy.ts'
import { named, othersKept, runApi } from './remediation-app.ts'
import { type End, endDifferences, endOf, untrue } from './truth.ts'
import { type Outcome, openWorld, outcomes, type World } from './world.ts'

const appStep = ['--yes', ...named, ...othersKept, '--allow', 'app-before-console']

/** A job on the app, and how it ends when nobody disturbs it. */
interface Job {
  readonly kind: 'run' | 'restore'
  /** Makes the tenant ready, and answers how the job is begun. */
  prepare(world: World): Promise<() => Promise<Outcome>>
  readonly exitCode: number
}

function running(...more: readonly string[]): Job {
  return { kind: 'run', prepare: async (world) => () => runApi(world, ...appStep, ...more), exitCode: 3 }
}

function restoring(days: number, ...more: readonly string[]): Job {
  return {
    kind: 'restore',
    async prepare(world) {
      const { summary } = await runApi(world, ...appStep, ...more)
      await world.control.clock(days * 86_400_000)
      return () => world.offboard('restore', summary.runId ?? '', '--yes')
    },
    exitCode: 0,
  }
}

export const jobs = {
  'disable and revoke': running('--revoke-grants'),
  delete: running('--delete-app'),
  'enable and grant again': restoring(1, '--revoke-grants'),
  'restore what was deleted': restoring(1, '--delete-app'),
  'add again what can no longer be restored': restoring(31, '--delete-app'),
} satisfies Record<string, Job>
export type JobName = keyof typeof jobs
interface Undisturbed extends End {
  /** How often each kind of request to Graph was sent. */
  readonly counts: Readonly<Record<string, number>>
}

const undisturbed = new Map<JobName, Undisturbed>()

export function calm(name: JobName): Undisturbed {
  const found = undisturbed.get(name)
  if (found === undefined) throw new Error(`${name} was not done undisturbed`)
  return found
}

/** A tenant of the API integration, and one job on its app, ready to begin. */
async function openApiTenant(): Promise<World> {
  return openWorld({ scenario: 'api-only' })
}

/** Does the jobs undisturbed: what disturbed ones are compared with. */
export async function doUndisturbed(names: readonly JobName[]): Promise<void> {
  for (const name of names) {
    await using world = await openApiTenant()
    const begin = await jobs[name].prepare(world)
    const counts: Record<string, number> = {}
    await using proxy = await openProxy(world.env.OFFBOARD_GRAPH_URL ?? '', (moment, _, request) => {
      if (moment === 'arrived') counts[request] = (counts[request] ?? 0) + 1
    })
    world.env.OFFBOARD_GRAPH_URL = proxy.url
    expect((await begin()).exitCode).toBe(jobs[name].exitCode)
    undisturbed.set(name, { ...endOf(await world.show(), jobs[name].kind), counts })
  }
}

/** Nothing counts as done that is not so, and what is not done is said. */
async function expectHonest(world: World, job: Job, outcome: Outcome, when: string): Promise<void> {
  const plans = outcome.events.flatMap((event) => (event.type === 'plan' ? event.plan.changes : []))
  expect(untrue(plans, outcomes(outcome), await world.show()), when).toEqual([])
  if (outcome.exitCode === job.exitCode) return
  expect(outcome.exitCode, when).toBeGreaterThan(0)
  const { changes, error, outcome: said } = outcome.summary
  const isSaid =
    error !== undefined || said === 'unverified' || changes.some((change) => change.outcome === 'failed')
  expect(isSaid, `${when}: says what failed`).toBe(true)
}

/** Goes on with what is open, or begins again when nothing was begun. What was not proven, a later look lifts. */
async function goOn(world: World, begin: () => Promise<Outcome>, { summary }: Outcome): Promise<Outcome> {
  if (summary.runId === null) return begin()
  if (summary.outcome === 'unverified') await world.offboard('verify', summary.runId)
  return world.offboard('resume', summary.runId)
}

/** Resumes until the job is done as if nobody had disturbed it; after each try what is said is so. */
export async function expectFinished(
  name: JobName,
  world: World,
  begin: () => Promise<Outcome>,
  first: Outcome,
  when: string,
) {
  const job = jobs[name]
  let outcome = first
  await expectHonest(world, job, outcome, when)
  for (let tries = 0; outcome.exitCode !== job.exitCode && tries < 4; tries += 1) {
    outcome = await goOn(world, begin, outcome)
    await expectHonest(world, job, outcome, `${when}, resumed`)
  }
  expect(`${when}: ${outcome.exitCode} ${outcome.summary.error?.message ?? ''}`).toBe(
    `${when}: ${job.exitCode} `,
  )
  expect(endDifferences(calm(name), endOf(await world.show(), job.kind)), when).toEqual([])
}

async function disturb(name: JobName, fault: FaultRequest): Promise<void> {
  await using world = await openApiTenant()
  const begin = await jobs[name].prepare(world)
  await world.control.fail(fault)
  await expectFinished(name, world, begin, await begin(), `${name}: ${JSON.stringify(fault)}`)
}

/** Does the job with the fault at each request to Graph of the kinds that are asked for. */
export async function atEachRequest(
  name: JobName,
  fault: Omit<FaultRequest, 'at' | 'cmdlet'>,
  which: (cmdlet: string) => boolean,
): Promise<void> {
  for (const [cmdlet, count] of Object.entries(calm(name).counts))
    for (let at = 1; which(cmdlet) && at <= count; at += 1) await disturb(name, { ...fault, cmdlet, at })
}
