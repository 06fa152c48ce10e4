import { describe, expect, test } from 'vitest'
import { openJournal } from '../../src/journal/open.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { runProgram, startProgram, summaryOf } from '../support/program.ts'
import { endDifferences, endOf } from '../support/truth.ts'
import { openWorld, type World } from '../support/world.ts'

const command = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--json', '--drain', '0']
const timeout = 120_000

function environment(world: World): Record<string, string> {
  return { ...world.env, HOME: world.folder }
}

/** A run that is in the middle of its first write, for as long as it lives. */
async function startHanging(world: World) {
  await world.control.fail({ kind: 'hang', cmdlet: 'Disable-TransportRule' })
  const started = startProgram(command, environment(world))
  while (((await world.show()).counts['Disable-TransportRule'] ?? 0) === 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return started
}

describe('two runs never work on one tenant', () => {
  test('whoever comes second is refused, told who is there, and writes nothing', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const first = await startHanging(world)
    const { writesDone } = await world.show()
    const history = await world.offboard('history')
    const [run] = history.events.flatMap((event) => (event.type === 'history' ? event.runs : []))
    for (const args of [command, ['resume'], ['resume', run?.id ?? ''], ['abandon', run?.id ?? '']]) {
      const second = await runProgram(
        [...args.filter((word) => word !== '--json'), '--json'],
        environment(world),
      )
      const { exitCode, error } = summaryOf(second)
      expect(exitCode, args.join(' ')).toBe(4)
      expect(error?.message, args.join(' ')).toContain(`process ${first.child.pid} `)
    }
    expect((await world.offboard('restore', run?.id ?? '', '--yes')).exitCode).toBe(4)
    expect((await world.show()).writesDone).toBe(writesDone)
    first.child.kill('SIGKILL')
    await first.ended
  })

  test('a holder that was killed is taken over at once', { timeout: 30_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const first = await startHanging(world)
    first.child.kill('SIGKILL')
    await first.ended
    const again = summaryOf(await runProgram(command, environment(world)))
    expect(again.exitCode, 'it is open').toBe(4)
    expect(again.error?.hint).toContain('offboard resume')
    const resumed = summaryOf(await runProgram(['resume', '--json'], environment(world)))
    expect(resumed.exitCode, resumed.error?.message).toBe(3)
  })

  test('of two that start together one does all of it, and the other nothing', { timeout }, async () => {
    await using alone = await openWorld({ scenario: 'plain' })
    expect((await runProgram(command, environment(alone))).code).toBe(3)
    const hoped = endOf(await alone.show(), 'run')
    await using world = await openWorld({ scenario: 'plain', delayMs: 100 })
    const both = await Promise.all([1, 2].map(() => runProgram(command, environment(world))))
    expect(both.map(({ code }) => code).toSorted()).toEqual([3, 4])
    const view = await world.show()
    expect(endDifferences(hoped, endOf(view, 'run'))).toEqual([])
    expect(view.writes).toHaveLength((await alone.show()).writes.length)
  })

  test('the holder of another program is named, and left as it is', { timeout }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.run('--yes', '--no-wait')
    const journal = await openJournal({ folder: world.stateDir, clock: systemClock })
    const lease = await journal.lease(world.tenantId)
    const refused = summaryOf(await runProgram(['resume', '--no-wait', '--json'], environment(world)))
    expect(refused.exitCode).toBe(4)
    expect(refused.error?.message).toContain(`process ${process.pid} `)
    await lease.assertHeld()
    await lease.release()
    await journal.close()
    expect(summaryOf(await runProgram(['resume', '--no-wait', '--json'], environment(world))).exitCode).toBe(
      75,
    )
  })
})
