import { describe, expect, it } from 'vitest'
import { endDifferences, endOf } from '../support/truth.ts'
import { openWorld } from '../support/world.ts'
import { calmRun, job } from './calm.ts'
import { testEngines } from './engine.ts'
import { callsIn, failIn, isRunning } from './tenant.ts'

/** Writes, whose child is killed before they are sent too. */
const writes = [
  'Disable-TransportRule',
  'Set-HostedConnectionFilterPolicy',
  'Remove-TransportRule',
  'Remove-InboundConnector',
  'Remove-OutboundConnector',
]

const engines = await Promise.all(
  (await testEngines()).map(async (engine) => ({ ...engine, calm: await calmRun(engine.program) })),
)

describe.each(engines)('on $name', ({ program, calm }) => {
  const moments = [
    ...calm.calls.map((at) => ({ at, when: 'after' as const })),
    ...writes.map((command) => ({ command, when: 'before' as const })),
  ]

  it('there are enough commands to kill it at', () => {
    expect(calm.calls.length).toBeGreaterThan(20)
  })

  it.each(moments)(
    'a child that is killed is replaced, and the run ends as always: %j',
    async (moment) => {
      await using world = await openWorld({ scenario: 'plain', powershell: program })
      failIn(world.folder, [{ kind: 'kill', ...moment }])
      const run = await world.offboard('run', ...job)
      expect(run.exitCode, run.summary.error?.message).toBe(3)
      expect(endDifferences(calm.end, endOf(await world.show(), 'run'))).toEqual([])
      expect(new Set(callsIn(world.folder).map(({ pid }) => pid)).size, 'it was killed').toBeGreaterThan(1)
      expect(callsIn(world.folder).filter(({ pid }) => isRunning(pid))).toEqual([])
    },
    60_000,
  )
})
