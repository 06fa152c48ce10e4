import { beforeAll, describe, expect, it, vi } from 'vitest'
import { runProgram, startProgram, summaryOf } from '../support/program.ts'
import { type End, endDifferences, endOf } from '../support/truth.ts'
import { openWorld } from '../support/world.ts'
import { testEngines } from './engine.ts'
import { callsIn, failIn, isRunning } from './tenant.ts'

const job = ['--platform', 'm365-inline', '--region', 'eu', '--drain', '0', '--yes']

/** Where in the job the process dies: at the first call of a command, or at the call with this number. */
const places = [
  { command: 'Connect-ExchangeOnline' },
  { command: 'Get-AcceptedDomain' },
  { at: 20 },
  { command: 'Disable-TransportRule' },
  { command: 'Set-HostedConnectionFilterPolicy' },
  { command: 'Remove-TransportRule' },
  { command: 'Remove-InboundConnector' },
  { command: 'Remove-OutboundConnector' },
] as const
const moments = places.flatMap((place) => [
  { ...place, when: 'before' as const },
  { ...place, when: 'after' as const },
])

describe.each(await testEngines())('on $name', ({ program }) => {
  let calm: End

  beforeAll(async () => {
    await using world = await openWorld({ scenario: 'plain', powershell: program })
    expect((await world.offboard('run', ...job)).exitCode).toBe(3)
    calm = endOf(await world.show(), 'run')
  }, 60_000)

  it.each(moments)(
    'a child that is killed is replaced, and the run ends as always: %j',
    async (moment) => {
      await using world = await openWorld({ scenario: 'plain', powershell: program })
      failIn(world.folder, [{ kind: 'kill', ...moment }])
      const run = await world.offboard('run', ...job)
      expect(run.exitCode, run.summary.error?.message).toBe(3)
      expect(endDifferences(calm, endOf(await world.show(), 'run'))).toEqual([])
      expect(callsIn(world.folder).filter(({ pid }) => isRunning(pid))).toEqual([])
    },
    60_000,
  )

  it.each(moments.slice(6))(
    'a program that is killed leaves no child, and resume goes on: %j',
    async (moment) => {
      await using world = await openWorld({ scenario: 'plain', powershell: program })
      failIn(world.folder, [{ kind: 'hang', ...moment }])
      const env = { ...world.env, HOME: world.folder }
      const started = startProgram(['run', ...job, '--json'], env)
      const command = 'command' in moment ? moment.command : ''
      await vi.waitFor(() => expect(callsIn(world.folder).at(-1)?.command).toBe(command), 30_000)
      if (moment.when === 'after')
        await vi.waitFor(async () => expect((await world.show()).writes.at(-1)?.cmdlet).toBe(command), 10_000)
      started.child.kill('SIGKILL')
      expect((await started.ended).signal).toBe('SIGKILL')
      const alive = () => callsIn(world.folder).filter(({ pid }) => isRunning(pid))
      await vi.waitFor(() => expect(alive()).toEqual([]), 10_000)
      const resumed = summaryOf(await runProgram(['resume', '--json'], env))
      expect(resumed.exitCode, resumed.error?.message).toBe(3)
      expect(endDifferences(calm, endOf(await world.show(), 'run'))).toEqual([])
      await vi.waitFor(() => expect(alive()).toEqual([]), 10_000)
    },
    90_000,
  )
})
