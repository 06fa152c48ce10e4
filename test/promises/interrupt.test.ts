import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FaultRequest } from '../../src/sandbox/faults.ts'
import { type Ended, runProgram, startProgram, summaryOf } from '../support/program.ts'
import { openWorld, type World } from '../support/world.ts'

const command = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--json', '--drain', '0']

/** The promise is 5 seconds, whatever the call does. */
const longestMs = 5_000

/** Interrupts the program once the sandbox has counted a request for the cmdlet. */
async function interruptDuring(
  world: World,
  cmdlet: string,
  signal: NodeJS.Signals,
  count = 1,
): Promise<Ended> {
  const started = startProgram(command, { ...world.env, HOME: world.folder })
  while (((await world.show()).counts[cmdlet] ?? 0) < count)
    await new Promise((resolve) => setTimeout(resolve, 20))
  const began = performance.now()
  started.child.kill(signal)
  const ended = await started.ended
  expect(performance.now() - began).toBeLessThan(longestMs)
  return ended
}

describe('Ctrl-C and SIGTERM: 130 within 5 seconds, the next command, and resume finishes', () => {
  test.each<[string, FaultRequest, string, NodeJS.Signals]>([
    [
      'a read that hangs',
      { kind: 'hang', cmdlet: 'Get-TransportRule', at: 2 },
      'Get-TransportRule',
      'SIGINT',
    ],
    [
      'a write that hangs',
      { kind: 'hang', cmdlet: 'Remove-TransportRule' },
      'Remove-TransportRule',
      'SIGINT',
    ],
    [
      'a write that hangs',
      { kind: 'hang', cmdlet: 'Remove-InboundConnector' },
      'Remove-InboundConnector',
      'SIGTERM',
    ],
    [
      'a wait before the next try',
      { kind: 'outage', cmdlet: 'Get-InboundConnector', at: 2, times: 9 },
      'Disable-TransportRule',
      'SIGINT',
    ],
  ])('%s (%j)', { timeout: 120_000 }, async (_, fault, cmdlet, signal) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail(fault)
    const ended = await interruptDuring(world, cmdlet, signal, fault.cmdlet === cmdlet ? fault.at : 1)
    expect(ended.code).toBe(130)
    const { runId, outcome, next } = summaryOf(ended)
    expect(outcome).toBe('interrupted')
    expect(next).toEqual([`offboard resume ${runId}`])
    await world.control.reset({}).catch(() => {})
  })

  test('what was in flight is left in doubt, read again, and finished', { timeout: 120_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'hang', cmdlet: 'Remove-OutboundConnector' })
    const ended = await interruptDuring(world, 'Remove-OutboundConnector', 'SIGINT')
    expect(ended.code).toBe(130)
    const before = (await world.show()).counts['Remove-OutboundConnector']
    const resumed = summaryOf(await runProgram(['resume', '--json'], { ...world.env, HOME: world.folder }))
    expect(resumed.exitCode).toBe(3)
    expect(resumed.changes.every((change) => change.outcome === 'verified')).toBe(true)
    expect((await world.show()).counts['Remove-OutboundConnector']).toBe(before)
  })

  test('in the drain: the tenant is safe, and resume waits for the rest', { timeout: 120_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const flags = ['--sandbox', '--state-dir', join(world.folder, 'sandboxed')]
    const env = { HOME: world.folder }
    const started = startProgram(
      ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--json', ...flags],
      env,
    )
    await started.printed('"state":"waiting"')
    const began = performance.now()
    started.child.kill('SIGINT')
    const ended = await started.ended
    expect(performance.now() - began).toBeLessThan(longestMs)
    expect(ended.code).toBe(130)
    expect(summaryOf(ended).next[0]).toContain('offboard resume')
    await runProgram(['sandbox', 'clock', '+30m', ...flags.slice(1)], env)
    expect(summaryOf(await runProgram(['resume', '--json', ...flags], env)).exitCode).toBe(3)
    await runProgram(['sandbox', 'stop', ...flags.slice(1)], env)
  })
})
