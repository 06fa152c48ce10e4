import { expect, test } from 'vitest'
import { runProgram, startProgram, summaryOf } from '../support/program.ts'
import { openWorld } from '../support/world.ts'

const command = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--json', '--drain', '0']

test('two runs never work on one tenant: the second is refused, says who, and writes nothing', {
  timeout: 60_000,
}, async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const env = { ...world.env, HOME: world.folder }
  await world.control.fail({ kind: 'hang', cmdlet: 'Disable-TransportRule' })
  const first = startProgram(command, env)
  while (((await world.show()).counts['Disable-TransportRule'] ?? 0) === 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
  const { writesDone } = await world.show()
  const second = summaryOf(await runProgram(command, env))
  expect(second.exitCode).toBe(4)
  const resumed = summaryOf(await runProgram(['resume', '--json'], env))
  expect(resumed.exitCode).toBe(4)
  expect(resumed.error?.message).toContain(String(first.child.pid))
  expect((await world.show()).writesDone).toBe(writesDone)
  first.child.kill('SIGKILL')
  await first.ended
  const takenOver = summaryOf(await runProgram(['resume', '--json'], env))
  expect(takenOver.exitCode, takenOver.error?.message).toBe(3)
})
