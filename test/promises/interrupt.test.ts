import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import type { FaultRequest } from '../../src/sandbox/faults.ts'
import { type Ended, runProgram, type Started, startProgram, summaryOf } from '../support/program.ts'
import { openWorld, type World } from '../support/world.ts'

const command = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--drain', '0']
const timeout = 120_000

/** The promise is 5 seconds, whatever the call does. */
const longestMs = 5_000

function start(
  world: World,
  env: Readonly<Record<string, string>> = {},
  ...flags: readonly string[]
): Started {
  return startProgram([...command, ...flags], { ...world.env, ...env, HOME: world.folder })
}

/** Until the sandbox has counted so many requests for the cmdlet. */
async function reaches(world: World, cmdlet: string, count = 1): Promise<void> {
  while (((await world.show()).counts[cmdlet] ?? 0) < count)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Sends the signal. Fails when the program takes longer than it may. */
async function interrupt(started: Started, signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
  const began = performance.now()
  started.child.kill(signal)
  const ended = await started.ended
  expect(performance.now() - began).toBeLessThan(longestMs)
  expect(ended.code, ended.stderr).toBe(130)
  return ended
}

/** The run is open and says that it was interrupted; resume finishes it. */
async function expectResumable(world: World, ended: Ended): Promise<void> {
  const { runId, outcome, next } = summaryOf(ended)
  expect(outcome).toBe('interrupted')
  expect(next).toEqual([`offboard resume ${runId}`])
  const history = await world.offboard('history')
  const runs = history.events.flatMap((event) => (event.type === 'history' ? event.runs : []))
  expect(runs).toMatchObject([{ id: runId, state: 'open', outcome: 'interrupted' }])
  const resumed = await world.offboard('resume')
  expect(resumed.exitCode, resumed.summary.error?.message).toBe(3)
  expect(resumed.summary.changes.every((change) => change.outcome === 'verified')).toBe(true)
}

describe('Ctrl-C and SIGTERM: 130 within 5 seconds, the next command, and resume finishes', () => {
  test.each<[string, FaultRequest, NodeJS.Signals]>([
    ['a read', { kind: 'hang', cmdlet: 'Get-TransportRule', at: 3 }, 'SIGINT'],
    ['the first write', { kind: 'hang', cmdlet: 'Disable-TransportRule' }, 'SIGINT'],
    ['an edit', { kind: 'hang', cmdlet: 'Set-HostedConnectionFilterPolicy' }, 'SIGTERM'],
    ['a removal', { kind: 'hang', cmdlet: 'Remove-TransportRule' }, 'SIGINT'],
    ['the last removal', { kind: 'hang', cmdlet: 'Remove-OutboundConnector' }, 'SIGTERM'],
    ['the last look', { kind: 'hang', cmdlet: 'Get-AcceptedDomain', at: 3 }, 'SIGTERM'],
  ])('%s hangs', { timeout }, async (_, fault, signal) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail(fault)
    const started = start(world, {}, '--json')
    await reaches(world, fault.cmdlet ?? '', fault.at)
    await expectResumable(world, await interrupt(started, signal))
  })

  test.each<[string, FaultRequest]>([
    ['a read', { kind: 'outage', cmdlet: 'Get-InboundConnector', at: 2, times: 3 }],
    ['a write', { kind: 'outage', cmdlet: 'Remove-InboundConnector', times: 3 }],
    ['a write that was throttled', { kind: 'throttle', cmdlet: 'Remove-TransportRule', times: 3 }],
  ])('%s is about to be tried again', { timeout }, async (_, fault) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail(fault)
    const started = start(world, {}, '--json')
    await Promise.race([started.printed('"type":"retry"'), started.printed('read again')])
    await expectResumable(world, await interrupt(started))
  })

  test('what was in flight is left in doubt, read again, and not asked for twice', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'hang', cmdlet: 'Remove-OutboundConnector' })
    const started = start(world, {}, '--json')
    await reaches(world, 'Remove-OutboundConnector')
    const ended = await interrupt(started)
    const id = 'outbound:Perception Point Scanning'
    const shown = await world.offboard('show', summaryOf(ended).runId ?? '')
    const life = shown.events.flatMap((event) =>
      event.type === 'show' ? event.entries.filter(({ subject }) => subject === id) : [],
    )
    expect(life.map(({ event }) => event)).toEqual(['intended'])
    await expectResumable(world, ended)
    expect((await world.show()).counts['Remove-OutboundConnector']).toBe(1)
  })

  test('a second Ctrl-C leaves the call at once', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'hang', cmdlet: 'Remove-TransportRule' })
    const started = start(world, {}, '--json')
    await reaches(world, 'Remove-TransportRule')
    const first = performance.now()
    started.child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const ended = await interrupt(started)
    expect(performance.now() - first, 'before the call in flight would have been left').toBeLessThan(2_300)
    await expectResumable(world, ended)
  })

  test('people read it too', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'hang', cmdlet: 'Remove-TransportRule' })
    const started = start(world)
    await reaches(world, 'Remove-TransportRule')
    const { stdout, stderr } = await interrupt(started)
    expect(`${stdout}${stderr}`).toMatch(/Interrupted/)
    expect(`${stdout}${stderr}`).toMatch(/offboard resume \d{8}-\d{6}-/)
  })

  test('the journal is held by another process', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'hang', cmdlet: 'Remove-TransportRule' })
    const started = start(world, {}, '--json')
    await reaches(world, 'Remove-TransportRule')
    using database = new DatabaseSync(join(world.stateDir, 'journal.sqlite'))
    database.exec('BEGIN IMMEDIATE')
    const ended = await interrupt(started)
    expect(ended.stderr).toContain('offboard resume')
    database.exec('ROLLBACK')
    expect((await world.offboard('resume')).exitCode).toBe(3)
  })
})

test('whoever read the output has gone: the run ends all the same', { timeout }, async () => {
  await using world = await openWorld({ scenario: 'plain' })
  for (const flags of [['--json'], ['--verbose']]) {
    await world.control.reset()
    const started = start(world, {}, ...flags)
    started.child.stdout?.once('data', () => {
      started.child.stdout?.destroy()
      started.child.stderr?.destroy()
    })
    expect((await started.ended).code, flags.join()).toBe(3)
  }
  const short = startProgram(['completion', 'bash'], { HOME: world.folder })
  short.child.stdout?.destroy()
  expect(await short.ended).toMatchObject({ code: 0, stderr: '' })
})

describe('before a run has begun nothing is left behind', () => {
  test('the sign-in hangs', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { token: signedIn = 0 } = (await world.show()).counts
    await world.control.fail({ kind: 'hang', cmdlet: 'token' })
    const { OFFBOARD_EXCHANGE_TOKEN: _, ...env } = world.env
    const started = startProgram([...command, '--auth', 'secret', '--json'], {
      ...env,
      AZURE_CLIENT_ID: '6a000000-0000-4000-8000-000000000001',
      AZURE_CLIENT_SECRET: 'sandbox',
      HOME: world.folder,
    })
    await reaches(world, 'token', signedIn + 1)
    expect(summaryOf(await interrupt(started)).runId).toBeNull()
    expect((await world.show()).writes).toEqual([])
  })

  test('the resolver never answers', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const silent = createSocket('udp4')
    const asked = once(silent, 'message')
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
    const started = start(world, { OFFBOARD_DNS: `127.0.0.1:${silent.address().port}` }, '--json')
    await asked
    expect(summaryOf(await interrupt(started)).runId).toBeNull()
    silent.close()
    expect((await world.show()).writes).toEqual([])
    expect((await world.run('--yes', '--drain', '0')).exitCode).toBe(3)
  })
})

test('in the drain: the tenant is safe, and resume waits for the rest', { timeout }, async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const flags = ['--sandbox', '--state-dir', join(world.folder, 'sandboxed')]
  const env = { HOME: world.folder }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const args = signal === 'SIGINT' ? command.slice(0, -2) : ['resume']
    const started = startProgram([...args, '--json', ...flags], env)
    await started.printed('"state":"waiting"')
    expect(summaryOf(await interrupt(started, signal)).next[0]).toContain('offboard resume')
  }
  await runProgram(['sandbox', 'clock', '+30m', ...flags.slice(1)], env)
  expect(summaryOf(await runProgram(['resume', '--json', ...flags], env)).exitCode).toBe(3)
  await runProgram(['sandbox', 'stop', ...flags.slice(1)], env)
})
