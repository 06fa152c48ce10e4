import { expect } from 'vitest'
import { type End, endOf } from '../support/truth.ts'
import { openWorld } from '../support/world.ts'
import { callsIn } from './tenant.ts'

/** A whole run, wait and trace left out. */
export const job = ['--platform', 'm365-inline', '--region', 'eu', '--drain', '0', '--yes'] as const

/** How a run ends that nobody disturbs, and the numbers of its calls but the farewell, from 1. */
export async function calmRun(program: string): Promise<{ end: End; calls: readonly number[] }> {
  await using world = await openWorld({ scenario: 'plain', powershell: program })
  const run = await world.offboard('run', ...job)
  expect(run.exitCode, run.summary.error?.message).toBe(3)
  const commands = callsIn(world.folder).filter(({ command }) => command !== 'Disconnect-ExchangeOnline')
  return { end: endOf(await world.show(), 'run'), calls: commands.map((_, index) => index + 1) }
}
