import { describe, expect, it } from 'vitest'
import type { Check } from '../../src/model/events.ts'
import { type Outcome, openWorld } from '../support/world.ts'
import { testEngines } from './engine.ts'

function checks(outcome: Outcome): readonly Check[] {
  return outcome.events.flatMap((event) => (event.type === 'checks' ? event.checks : []))
}

function checkOf(outcome: Outcome, name: string): Check | undefined {
  return checks(outcome).find(({ check }) => check === name)
}

describe.each(await testEngines())('doctor on $name', ({ program }) => {
  it('tells the versions of PowerShell and of the module, and that they fit', async () => {
    await using world = await openWorld({ powershell: program })
    const outcome = await world.offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'PowerShell')).toMatchObject({
      ok: 'ok',
      detail: expect.stringMatching(
        /^PowerShell 7\.\d+\.\d+ and ExchangeOnlineManagement 3\.\d+\.\d+, which fit/,
      ),
    })
    expect(checkOf(outcome, 'Endpoints')?.detail).toContain('by PowerShell')
    expect(checkOf(outcome, 'Permissions')?.detail).toMatch(/may run 30 of the 30/)
    expect((await world.show()).writes).toEqual([])
  })
})

it('without PowerShell says what to install, and that --exchange rest exists', async () => {
  await using world = await openWorld({ powershell: '/no/such/pwsh' })
  const outcome = await world.offboard('doctor')
  expect(outcome.exitCode).toBe(1)
  expect(checkOf(outcome, 'PowerShell')).toMatchObject({
    ok: 'missing',
    detail: expect.stringContaining('/no/such/pwsh'),
    remedy: expect.stringMatching(/Install PowerShell 7\.6.*--exchange rest/),
  })
  expect(checkOf(outcome, 'Permissions')).toMatchObject({ ok: 'unknown' })
  const run = await world.run('--dry-run')
  expect(run.exitCode).toBe(64)
  expect(run.summary.error).toMatchObject({ hint: expect.stringContaining('--exchange rest') })
})
