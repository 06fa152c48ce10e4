import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runProgram, startProgram, summaryOf } from '../support/program.ts'
import { endDifferences, endOf } from '../support/truth.ts'
import { openWorld } from '../support/world.ts'
import { calmRun, job } from './calm.ts'
import { testEngines } from './engine.ts'
import { callsIn, failIn, isRunning } from './tenant.ts'

const engines = await Promise.all(
  (await testEngines()).map(async (engine) => ({ ...engine, calm: await calmRun(engine.program) })),
)

describe.each(engines)('on $name', ({ program, calm }) => {
  it.each(calm.calls)(
    'a program that is killed after command %i leaves no child, and resume goes on',
    async (at) => {
      await using world = await openWorld({ scenario: 'plain', powershell: program })
      failIn(world.folder, [{ kind: 'hang', at, when: 'after' }])
      const env = { ...world.env, HOME: world.folder }
      const started = startProgram(['run', ...job, '--json'], env)
      await vi.waitFor(() => expect(existsSync(join(world.folder, 'taken-0'))).toBe(true), 30_000)
      started.child.kill('SIGKILL')
      expect((await started.ended).signal).toBe('SIGKILL')
      const alive = () => callsIn(world.folder).filter(({ pid }) => isRunning(pid))
      await vi.waitFor(() => expect(alive()).toEqual([]), 10_000)
      const resumed = summaryOf(await runProgram(['resume', '--json'], env))
      // Before its first entry in the journal there is nothing to resume.
      const ended = resumed.exitCode === 64 ? await world.offboard('run', ...job) : resumed
      expect(ended.exitCode, resumed.error?.message).toBe(3)
      expect(endDifferences(calm.end, endOf(await world.show(), 'run'))).toEqual([])
      await vi.waitFor(() => expect(alive()).toEqual([]), 10_000)
    },
    90_000,
  )
})
