import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { objectBytes } from '../support/customer.ts'
import { runProgram, startProgram, summaryOf } from '../support/program.ts'
import { type Moment, openProxy } from '../support/proxy.ts'
import { openWorld, type World } from '../support/world.ts'

const finished = 3
const command = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--json']

const undisturbed = { state: new Map<string, string>() as ReadonlyMap<string, string>, requests: 0 }

function environment(world: World, url: string): Record<string, string> {
  return { ...world.env, OFFBOARD_EXCHANGE_URL: url, OFFBOARD_LOGIN_URL: url, HOME: world.folder }
}

beforeAll(async () => {
  await using world = await openWorld({ scenario: 'plain' })
  await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', () => {})
  const ended = await runProgram([...command, '--drain', '0'], environment(world, proxy.url))
  expect(ended.code, ended.stderr).toBe(finished)
  undisturbed.state = objectBytes(await world.show())
  undisturbed.requests = proxy.count()
})

/** Kills the run at a request, resumes it, and compares the end with that of a run that nobody disturbed. */
async function killAt(moment: Moment, number: number): Promise<void> {
  await using world = await openWorld({ scenario: 'plain' })
  let kill = () => {}
  await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (when, which) => {
    if (when === moment && which === number) kill()
  })
  const env = environment(world, proxy.url)
  const started = startProgram([...command, '--drain', '0'], env)
  kill = () => started.child.kill('SIGKILL')
  const killed = await started.ended
  const when = `killed when request ${number} of ${undisturbed.requests} had ${moment}`
  expect(killed.signal, when).toBe('SIGKILL')
  const history = summaryOf(await runProgram(['resume', '--json'], env))
  const ended =
    history.exitCode === 64 ? summaryOf(await runProgram([...command, '--drain', '0'], env)) : history
  expect(`${when}: ${ended.exitCode} ${ended.error?.message ?? ''}`).toBe(`${when}: ${finished} `)
  const done = ended.changes.filter((change) => change.outcome !== 'verified' && change.outcome !== 'absent')
  expect(done, when).toEqual([])
  const view = await world.show()
  expect(objectBytes(view), when).toEqual(undisturbed.state)
}

describe('killed anywhere, it continues', () => {
  test.each<Moment>(['arrived', 'answered'])(
    'after each request of a run: %s',
    { timeout: 900_000 },
    async (moment) => {
      const numbers = Array.from({ length: undisturbed.requests }, (_, index) => index + 1)
      const next = numbers[Symbol.iterator]()
      const work = async () => {
        for (const number of next) await killAt(moment, number)
      }
      await Promise.all([work(), work()])
    },
  )

  test('in the middle of the wait: resume waits for the rest only', { timeout: 120_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const stateDir = join(world.folder, 'sandboxed')
    const env = { HOME: world.folder }
    const sandboxed = ['--sandbox', '--state-dir', stateDir]
    const started = startProgram([...command, ...sandboxed], env)
    await started.printed('"state":"waiting"')
    started.child.kill('SIGKILL')
    await started.ended
    const early = summaryOf(await runProgram(['resume', '--no-wait', '--json', ...sandboxed], env))
    expect(early.exitCode).toBe(75)
    await runProgram(['sandbox', 'clock', '+30m', '--state-dir', stateDir], env)
    const resumed = summaryOf(await runProgram(['resume', '--no-wait', '--json', ...sandboxed], env))
    expect(resumed.exitCode).toBe(finished)
    expect(resumed.changes.every((change) => change.outcome === 'verified')).toBe(true)
    await runProgram(['sandbox', 'stop', '--state-dir', stateDir], env)
    rmSync(stateDir, { recursive: true, force: true })
  })
})
