import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openJournal } from '../../src/journal/open.ts'
import { lifeOf, livesOf } from '../../src/run/life.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { type Ended, runProgram, startProgram, summaryOf } from '../support/program.ts'
import { openProxy } from '../support/proxy.ts'
import { type End, endDifferences, endOf, isWrite, untrue } from '../support/truth.ts'
import { openWorld, type World } from '../support/world.ts'

const command = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--json', '--drain', '0']

/** When the program dies: its request never arrives, it is done and not answered, or it has just been answered. */
const moments = ['dropped', 'unanswered', 'answered'] as const
type Moment = (typeof moments)[number]

/** A job of the program, and how it ends when nobody disturbs it. */
interface Job {
  /** Makes the tenant ready, and answers the command line. */
  prepare(world: World): Promise<readonly string[]>
  readonly exitCode: number
}

const jobs = {
  run: { prepare: async () => command, exitCode: 3 },
  restore: {
    async prepare(world) {
      const { summary } = await world.run('--yes', '--drain', '0')
      return ['restore', summary.runId ?? '', '--enable-redirect', '--yes', '--json']
    },
    exitCode: 0,
  },
} satisfies Record<string, Job>

interface Undisturbed extends End {
  /** The cmdlet of each request, first to last. */
  readonly requests: readonly string[]
}

function environment(world: World, url: string): Record<string, string> {
  return { ...world.env, OFFBOARD_EXCHANGE_URL: url, OFFBOARD_LOGIN_URL: url, HOME: world.folder }
}

async function undisturbed(name: keyof typeof jobs): Promise<Undisturbed> {
  const { prepare, exitCode }: Job = jobs[name]
  await using world = await openWorld({ scenario: 'plain' })
  const args = await prepare(world)
  const requests: string[] = []
  await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (moment, _, cmdlet) => {
    if (moment === 'arrived') requests.push(cmdlet)
  })
  const ended = await runProgram(args, environment(world, proxy.url))
  expect(ended.code, ended.stderr).toBe(exitCode)
  return { ...endOf(await world.show(), name), requests }
}

/** Runs the program and kills it at a request. Answers whether it got that far. */
async function killAt(world: World, args: readonly string[], moment: Moment, number: number): Promise<void> {
  let kill = () => {}
  await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (when, which) => {
    const isIt = which === number && (when === 'answered') === (moment === 'answered')
    if (!isIt) return undefined
    kill()
    return moment === 'dropped' ? 'drop' : undefined
  })
  const started = startProgram(args, environment(world, proxy.url))
  kill = () => started.child.kill('SIGKILL')
  expect((await started.ended).signal).toBe('SIGKILL')
}

/** What the journal says of its newest run, and what of that is not so in the tenant. */
async function journalled(world: World) {
  const journal = await openJournal({ folder: world.stateDir, clock: systemClock })
  const run = (await journal.runs()).at(-1)
  const changes = run?.plan.changes ?? []
  const lives = livesOf(run === undefined ? [] : await journal.entries(run.id))
  const backups = run === undefined ? [] : await journal.backups(run.id)
  await journal.close()
  const standing = Object.fromEntries(changes.map(({ id }) => [id, lifeOf(lives, id).outcome]))
  /** What this run makes itself has no id at plan time, and nothing to save. */
  const begun = changes.filter(({ id, object }) => object.guid !== '' && lifeOf(lives, id).intended)
  const unsaved = begun.map(({ id }) => id).filter((id) => !backups.some(({ change }) => change === id))
  const view = await world.show()
  return { isOpen: run?.state === 'open', lies: untrue(changes, standing, view), unsaved }
}

async function killAndResume(name: keyof typeof jobs, calm: Undisturbed, moment: Moment, number: number) {
  const job: Job = jobs[name]
  await using world = await openWorld({ scenario: 'plain' })
  const args = await job.prepare(world)
  const when = `${name}, request ${number} of ${calm.requests.length} (${calm.requests[number - 1]}) ${moment}`
  await killAt(world, args, moment, number)
  const left = await journalled(world)
  expect(left.lies, when).toEqual([])
  expect(left.unsaved, when).toEqual([])
  const env = { ...world.env, HOME: world.folder }
  const again = left.isOpen ? ['resume', '--json'] : args
  const ended = summaryOf(await runProgram(again, env))
  expect(`${when}: ${ended.exitCode} ${ended.error?.message ?? ''}`).toBe(`${when}: ${job.exitCode} `)
  const proven = ended.changes.filter(({ outcome }) => outcome !== 'verified' && outcome !== 'absent')
  expect(proven, when).toEqual([])
  expect(endDifferences(calm, endOf(await world.show(), name)), when).toEqual([])
}

/** Two at a time. */
async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const next = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of next) await work(item)
  }
  await Promise.all([worker(), worker()])
}

describe.each<keyof typeof jobs>(['run', 'restore'])('killed anywhere in a %s, it continues', (name) => {
  let calm: Undisturbed

  beforeAll(async () => {
    calm = await undisturbed(name)
  })

  test.each(moments)('at each request: %s', { timeout: 900_000 }, async (moment) => {
    const numbers = calm.requests.map((_, index) => index + 1)
    /** A read without an answer is no other than the request before it, answered. */
    const telling = numbers.filter(
      (number) => moment === 'answered' || isWrite(calm.requests[number - 1] ?? ''),
    )
    await forEach(telling, (number) => killAndResume(name, calm, moment, number))
  })
})

/** Kills the program when it has printed so many lines; it may have ended by then. */
function killAfterLines(args: readonly string[], env: Record<string, string>, lines: number): Promise<Ended> {
  const { child, ended } = startProgram(args, env)
  let printed = 0
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString('latin1').split('\n').length - 1
    if (printed >= lines) child.kill('SIGKILL')
  })
  return ended
}

describe('killed with the drain', () => {
  const sandboxed = (world: World) => ['--sandbox', '--state-dir', join(world.folder, 'sandboxed')]

  test('over and over, later each time: the same end', { timeout: 300_000 }, async () => {
    const calm = await undisturbed('run')
    await using world = await openWorld({ scenario: 'plain' })
    const flags = sandboxed(world)
    const env = { HOME: world.folder }
    await runProgram(['sandbox', 'start', '--scenario', 'plain', '--region', 'eu', ...flags.slice(1)], env)
    let ended = await killAfterLines([...command.slice(0, -2), '--no-wait', ...flags], env, 3)
    let kills = 1
    for (let lines = 3; ended.signal === 'SIGKILL' || ended.code === 75; lines += 1) {
      await runProgram(['sandbox', 'clock', '+6m', ...flags.slice(1)], env)
      ended = await killAfterLines(['resume', '--no-wait', '--json', ...flags], env, lines)
      kills += ended.signal === 'SIGKILL' ? 1 : 0
    }
    expect(kills).toBeGreaterThan(5)
    expect(ended.code, ended.stderr).toBe(3)
    const view = await runProgram(['sandbox', 'show', '--json', ...flags.slice(1)], env)
    expect(endDifferences(calm, endOf(JSON.parse(view.stdout), 'run'))).toEqual([])
    await runProgram(['sandbox', 'stop', ...flags.slice(1)], env)
  })

  test('in the middle of the wait: resume waits for the rest only', { timeout: 120_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const flags = sandboxed(world)
    const env = { HOME: world.folder }
    const started = startProgram([...command.slice(0, -2), ...flags], env)
    await started.printed('"state":"waiting"')
    started.child.kill('SIGKILL')
    await started.ended
    const early = summaryOf(await runProgram(['resume', '--no-wait', '--json', ...flags], env))
    expect(early.exitCode).toBe(75)
    await runProgram(['sandbox', 'clock', '+30m', ...flags.slice(1)], env)
    const resumed = summaryOf(await runProgram(['resume', '--no-wait', '--json', ...flags], env))
    expect(resumed.exitCode).toBe(3)
    expect(resumed.changes.every((change) => change.outcome === 'verified')).toBe(true)
    await runProgram(['sandbox', 'stop', ...flags.slice(1)], env)
  })
})
