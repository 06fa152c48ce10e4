import { expect, test } from 'vitest'
import { runProgram, summaryOf } from '../../support/program.ts'
import { customer } from './customer.ts'
import { type Death, deathsOf, killAt, openQuickWorld } from './killed.ts'
import { pollMx } from './poller.ts'
import { type BindWorld, leaving } from './world.ts'

const { domain, vendorMx, previousHost } = customer
const run = [...leaving, '--yes', '--json']

/** A job of the program: how it is begun, how it ends, and the ways of mail that a poller may see meanwhile. */
interface Job {
  prepare(world: BindWorld): Promise<readonly string[]>
  readonly exitCode: number
}

const jobs: Readonly<Record<'run' | 'restore', Job>> = {
  run: { prepare: async () => run, exitCode: 3 },
  restore: {
    async prepare(world) {
      const { summary } = await world.leave('--yes')
      await world.bind.transfer(domain)
      return ['restore', summary.runId ?? '', '--yes', '--json']
    },
    exitCode: 0,
  },
}

const both = [vendorMx.slice(3), previousHost].toSorted().join(' + ')
const ways = new Set([vendorMx.slice(3), both, previousHost])

async function killAndResume(name: keyof typeof jobs, death: Death, calm: readonly string[]): Promise<void> {
  const job = jobs[name]
  const when = `${name}, ${death.moment} at ${death.at}`
  await using world = await openQuickWorld()
  const args = await job.prepare(world)
  const poller = await pollMx(world.bind, domain)
  expect(await killAt(world, args, death), when).toBe('SIGKILL')
  const env = { ...world.env, HOME: world.folder }
  const resumed = await runProgram(['resume', '--json'], env)
  // Killed before it had begun anything, there is nothing to resume.
  const isUnbegun = death.at.endsWith('update 0') && resumed.code === 64
  const ended = summaryOf(isUnbegun ? await runProgram(args, env) : resumed)
  expect(`${when}: ${ended.exitCode} ${ended.error?.message ?? ''}`).toBe(`${when}: ${job.exitCode} `)
  const other = ended.changes.filter(({ outcome }) => outcome !== 'verified')
  expect(other, when).toEqual([])
  const { answers, sets } = poller.stop()
  expect(await world.zone(), when).toEqual(calm.map((line) => line.replaceAll('ADDRESS', world.mail.address)))
  expect(answers, when).toBeGreaterThan(50)
  expect(
    sets.flat().filter((seen) => !ways.has(seen)),
    when,
  ).toEqual([])
}

/** Two at a time. None is left under way: what is not closed would outlive the test. */
async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const next = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of next) await work(item)
  }
  const ended = await Promise.allSettled([worker(), worker()])
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}

test.each(['run', 'restore'] as const)(
  'killed at any request of a %s, it continues to the same end, and mail has a way at every moment',
  { timeout: 600_000 },
  async (name) => {
    let deaths: readonly Death[] = []
    let calm: readonly string[] = []
    {
      await using world = await openQuickWorld()
      deaths = await deathsOf(world, await jobs[name].prepare(world))
      calm = (await world.zone()).map((line) => line.replaceAll(world.mail.address, 'ADDRESS'))
    }
    expect(deaths.filter(({ moment }) => moment === 'dropped')).toHaveLength(3)
    expect(deaths.length).toBeGreaterThan(12)
    await forEach(deaths, (death) => killAndResume(name, death, calm))
  },
)
