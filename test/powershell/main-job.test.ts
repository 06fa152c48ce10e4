import { describe, expect, test } from 'vitest'
import { objectBytes } from '../support/customer.ts'
import { ids, openWorld, type World } from '../support/world.ts'
import { testEngines } from './engine.ts'

/** From dry run to restore, and what each step gave. */
async function wholeJob(world: World) {
  const dry = await world.run('--dry-run')
  const run = await world.run('--yes')
  const between = objectBytes(await world.show())
  const verified = await world.offboard('verify', '--platform', 'm365-inline', '--region', 'eu')
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--enable-redirect', '--yes')
  return {
    hash: dry.summary.planHash,
    errors: [dry, run, verified, restored].flatMap(({ summary }) => summary.error ?? []),
    exitCodes: [dry, run, verified, restored].map(({ exitCode }) => exitCode),
    lookalikes: ids(dry.summary.lookalikes),
    leftovers: dry.summary.leftovers,
    changes: run.summary.changes,
    between,
    writes: (await world.show()).writes.map(({ cmdlet }) => cmdlet),
  }
}

describe.each(await testEngines())('the two transports on $name', ({ program }) => {
  test.each(['default', 'group-scoped', 'hostile-names', 'older-names', 'same-names', 'leftovers'])(
    'equal plans and equal end states: %s',
    { timeout: 120_000 },
    async (scenario) => {
      await using rest = await openWorld({ scenario })
      await using powershell = await openWorld({ scenario, powershell: program })
      const [overRest, overPowerShell] = [await wholeJob(rest), await wholeJob(powershell)]
      expect(overPowerShell).toEqual(overRest)
    },
  )
})
