import { expect, test } from 'vitest'
import { googleScenarios } from '../../src/sandbox/scenarios/google.ts'
import { client } from '../scenarios/google-job.ts'
import { openGoogleWorld } from '../support/google.ts'

test.each(Object.keys(googleScenarios))('%s: a dry run writes nothing', async (scenario) => {
  await using world = await openGoogleWorld({ scenario })
  const before = (await world.show()).google
  const dry = await world.run(
    '--dry-run',
    ...client,
    '--google-policy-writes',
    '--include',
    'step:user-tokens',
  )
  expect(dry.summary.runId).toBeNull()
  const { counts, writes, google } = await world.show()
  expect(writes).toEqual([])
  expect(
    Object.keys(counts)
      .filter((name) => !/^GET /.test(name))
      .filter((name) => name !== 'POST token'),
  ).toEqual([])
  expect(google.policies).toEqual(before.policies)
  expect(google.users).toEqual(before.users)
})

test('2,000 policies are read in no more calls than there are pages, within the quota', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-many-policies' })
  const dry = await world.run('--dry-run', ...client)
  expect(dry.exitCode, dry.summary.error?.message).toBe(0)
  const { counts, google } = await world.show()
  expect(google.policies).toHaveLength(2000)
  expect(counts['GET policies'] ?? 0).toBeGreaterThan(1)
  expect(counts['GET policies'] ?? 0).toBeLessThanOrEqual(2000 / 100)
  expect(google.refusedByQuota).toBe(0)
})

test('reads that are throttled wait, and none fails', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-many-policies' })
  await world.control.fail({ kind: 'throttle', cmdlet: 'GET policies', at: 2, times: 2 })
  const dry = await world.run('--dry-run', ...client)
  expect(dry.exitCode, dry.summary.error?.message).toBe(0)
  expect(dry.events.filter(({ type }) => type === 'retry')).toHaveLength(2)
})

test.each([
  ['--tenant', 'fabrikam.com'],
  ['--tenant', 'C04fabrik'],
])(
  'another customer than the one asked for (%s %s) is refused, and nothing is read of it',
  async (...tenant) => {
    await using world = await openGoogleWorld()
    const run = await world.run('--yes', '--google-policy-writes', ...client, ...tenant)
    expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
    const { counts, writes } = await world.show()
    expect(writes).toEqual([])
    expect(Object.keys(counts).toSorted()).toEqual(['GET customers', 'POST token'])
  },
)

test('a credential that leads to another customer is refused', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-wrong-customer' })
  const run = await world.run('--yes', '--google-policy-writes', ...client)
  expect(run.exitCode).toBe(4)
  expect((await world.show()).writes).toEqual([])
})

test('a customer that changes under an approved plan is refused before the first write', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-policy-writes' })
  const dry = await world.run('--dry-run', '--google-policy-writes', ...client)
  await world.control.reset({ scenario: 'google-wrong-customer' })
  const run = await world.run('--plan-hash', dry.summary.planHash ?? '', '--google-policy-writes', ...client)
  expect(run.exitCode).toBe(4)
  expect((await world.show()).writes).toEqual([])
})
