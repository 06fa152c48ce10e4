import { expect, test } from 'vitest'
import { otherScenarios } from '../../src/sandbox/scenarios/other.ts'
import { cloudProviders, openMailWorld } from '../support/mail.ts'
import { planOf } from '../support/world.ts'

/** Requests that do no more than read: those of a sign-in are no writes to a zone. */
const reading = /^(?:GET |List|Get|POST token$|token$)/

test.each([...cloudProviders, 'manual'] as const)('%s: a dry run writes nothing', async (provider) => {
  await using world = await openMailWorld({ provider })
  const before = (await world.show()).dns
  const dry = await world.leave('--dry-run')
  expect([dry.exitCode, dry.summary.outcome, dry.summary.runId]).toEqual([0, 'planned', null])
  expect(planOf(dry).tenant).toMatchObject({ guid: 'contoso.com', name: 'contoso.com' })
  const { counts, writes, dns } = await world.show()
  expect(writes).toEqual([])
  expect(Object.keys(counts).filter((name) => !reading.test(name))).toEqual([])
  expect(dns).toEqual(before)
})

test.each(Object.keys(otherScenarios))('%s: a dry run, verify and doctor write nothing', async (scenario) => {
  await using world = await openMailWorld({ scenario })
  const before = (await world.show()).dns
  for (const command of ['plan', 'verify', 'doctor'])
    await world.offboard(
      command,
      '--platform',
      'other',
      '--region',
      'eu',
      '--domain',
      'contoso.com',
      '--dns',
      'cloudflare',
    )
  const { writes, dns } = await world.show()
  expect(writes).toEqual([])
  expect(dns).toEqual(before)
})

test('the same zone gives the same changes with every provider', async () => {
  const seen = new Set<string>()
  for (const provider of cloudProviders) {
    await using world = await openMailWorld({ provider })
    seen.add(JSON.stringify((await world.leave('--dry-run')).summary.changes))
  }
  expect(seen.size).toBe(1)
})
