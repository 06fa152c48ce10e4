import { describe, expect, test } from 'vitest'
import { consoleSteps, guide, guided, openGoogleJob } from '../scenarios/google-job.ts'

const audited = ['delegation', 'host', 'inbound-gateway'] as const

/** A job of which everything is clicked and confirmed, and the wait is over. */
async function clicked(scenario: string) {
  const job = await openGoogleJob(scenario)
  const run = await job.begin()
  if (scenario !== 'google-absent') await job.clickAll()
  await job.confirmAll(run, ...consoleSteps)
  await job.resume(run, '--no-wait')
  await job.hours(25)
  return { job, run, resumed: await job.resume(run) }
}

describe('no event is never done', () => {
  test.each(['google-no-events', 'google-absent', 'google-scopes-missing'])('%s', async (scenario) => {
    const { job, run } = await clicked(scenario)
    await using world = job
    await world.confirmAll(run, 'vendor-console')
    await world.hours(200)
    const later = await world.resume(run)
    expect([later.exitCode, later.summary.outcome]).toEqual([5, 'unverified'])
    for (const id of audited) expect(guided(later)[id], id).toBe('unverified')
    expect(guide(later, 'compliance-rule')).toMatchObject({ outcome: 'verified', rests: 'read' })
    for (const id of audited) expect(['silence', 'nothing']).toContain(guide(later, id).rests)
    expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(5)
    expect((await world.confirm(run, 'own-delegation')).exitCode, 'the proof needs it').toBe(4)
  })
})

test('a removal that is not confirmed is found all the same; what only a person can tell is not', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin()
  await job.clickAll()
  await job.hours(1)
  const later = await job.resume(run)
  expect(guided(later)).toMatchObject({
    delegation: 'verified',
    'compliance-rule': 'verified',
    host: 'verified',
    'inbound-gateway': 'action-required',
  })
  expect(guide(later, 'inbound-gateway').evidence).toContain('only a person can tell')
})

test.each(['google-old-events', 'google-new-events'])(
  '%s: either family of events proves it',
  async (scenario) => {
    const { job, resumed } = await clicked(scenario)
    await using _ = job
    expect(guided(resumed)).toMatchObject({
      delegation: 'verified',
      host: 'verified',
      'inbound-gateway': 'verified',
    })
  },
)

test('what the log shows late is verified later, by verify or by resume', async () => {
  const { job, run, resumed } = await clicked('google-late-events')
  await using world = job
  for (const id of audited) expect(guided(resumed)[id], id).toBe('unverified')
  await world.confirmAll(run, 'vendor-console')
  expect((await world.resume(run)).exitCode).toBe(5)
  expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(5)
  await world.hours(2)
  expect((await world.offboard('verify', run.summary.runId ?? '')).exitCode).toBe(0)
  const [record] = (await world.offboard('history')).events.flatMap((event) =>
    event.type === 'history' ? event.runs : [],
  )
  expect(record?.outcome).toBe('done')
  expect((await world.resume(run)).exitCode).toBe(0)
})

test('the lag of the log is waited for, unless that is not wanted', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin('--effect-wait', '0')
  await job.clickAll()
  await job.confirmAll(run, ...consoleSteps)
  expect((await job.resume(run, '--no-wait')).exitCode).toBe(75)
  const waited = await job.resume(run)
  for (const id of audited) expect(guided(waited)[id], id).toBe('verified')
})

test('an old change of the gateway proves nothing', async () => {
  await using job = await openGoogleJob()
  await job.control.act('edit-inbound-gateway', { requireTls: true })
  await job.hours(48)
  const run = await job.begin()
  await job.control.act('delete-compliance-rule')
  await job.confirmAll(run, 'compliance-rule', 'inbound-gateway')
  await job.hours(1)
  expect(guided(await job.resume(run))['inbound-gateway']).toBe('unverified')
})

test('verify finds a client that acts, and says what it could not check', async () => {
  await using job = await openGoogleJob()
  const found = await job.offboard(
    'verify',
    '--platform',
    'google-workspace',
    '--region',
    'eu',
    '--delegation-client',
    '104957120386611093472',
  )
  expect(found.exitCode).toBe(2)
  expect(found.summary.changes.map(({ id }) => id).toSorted()).toEqual([
    'delegation',
    expect.stringMatching(/^policy-rule:/),
  ])
  const unread = found.events.flatMap((event) => (event.type === 'found' ? event.unread : []))
  expect(unread.map(({ kind }) => kind)).toEqual(['host', 'inbound-gateway'])
})
