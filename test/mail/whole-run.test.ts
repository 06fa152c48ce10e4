import { expect, test } from 'vitest'
import { otherNames } from '../../src/sandbox/scenarios/other/names.ts'
import { cloudProviders, type MailWorld, openMailWorld } from '../support/mail.ts'
import { outcomes } from '../support/world.ts'

const { domain, customerTxt, previousMx, vendorMx, vendorTxt } = otherNames
const ids = [`mx:${domain}/${previousMx}`, `mx:${domain}/${vendorMx}`, `txt:${domain}/${vendorTxt}`]
const verified = Object.fromEntries(ids.map((id) => [id, 'verified']))

/** The values of a set as the zone has them. */
async function valuesOf(world: MailWorld, name: string, type: string): Promise<readonly string[]> {
  const { dns } = await world.show()
  const zone = dns.zones.find((one) => one.name === domain)
  return zone?.sets.find((set) => set.name === name && set.type === type)?.values ?? []
}

const mxOf = (world: MailWorld) => valuesOf(world, domain, 'MX')
const sesOf = (world: MailWorld) => valuesOf(world, `_amazonses.${domain}`, 'TXT')

async function closeGuided(world: MailWorld, run: string): Promise<void> {
  for (const step of ['allow-lists', 'vendor-console'])
    expect((await world.offboard('confirm', run, step, '--by', 'Ada')).exitCode).toBe(0)
}

test.each(cloudProviders)('%s: taken off, a second run writes nothing, and put back', async (provider) => {
  await using world = await openMailWorld({ provider })
  const before = (await world.show()).dns.zones[0]?.sets
  const first = await world.leave('--yes')
  expect([first.exitCode, outcomes(first)]).toEqual([3, verified])
  expect(await mxOf(world)).toEqual([`10 ${previousMx}`])
  expect(await sesOf(world)).toEqual([`"${customerTxt}"`])

  const run = first.summary.runId ?? ''
  await closeGuided(world, run)
  const resumed = await world.offboard('resume', run)
  expect([resumed.exitCode, resumed.summary.outcome]).toEqual([0, 'done'])

  const { writesDone } = await world.show()
  const second = await world.leave('--yes')
  expect([second.exitCode, second.summary.changes]).toEqual([0, []])
  expect((await world.show()).writesDone).toBe(writesDone)

  const restored = await world.offboard('restore', run, '--yes')
  expect([restored.exitCode, restored.summary.outcome]).toEqual([0, 'done'])
  const after = (await world.show()).dns.zones[0]?.sets
  const plain = (sets: typeof before) =>
    sets
      ?.map(({ name, type, ttl, values }) => `${name} ${type} ${ttl} ${values.toSorted().join(', ')}`)
      .toSorted()
  expect(plain(after)).toEqual(plain(before))
})

test.each(cloudProviders)('%s: left in the wait, and gone on with', async (provider) => {
  await using world = await openMailWorld({ provider })
  const first = await world.leave('--yes', '--no-wait')
  expect([first.exitCode, first.summary.outcome]).toEqual([75, 'waiting'])
  expect(Date.parse(first.summary.resumeAfter ?? '')).toBeGreaterThan(0)
  expect(await mxOf(world)).toEqual([`10 ${previousMx}`])
  expect(await sesOf(world)).toHaveLength(2)

  const again = await world.leave('--yes')
  expect([again.exitCode, again.summary.outcome]).toEqual([4, 'refused'])
  const resumed = await world.offboard('resume')
  expect([resumed.exitCode, outcomes(resumed)]).toEqual([3, verified])
  expect(await sesOf(world)).toEqual([`"${customerTxt}"`])
})

test('manual: a person types the records, and each is proven by the name servers', async () => {
  await using world = await openMailWorld({ provider: 'manual' })
  const first = await world.leave('--yes')
  const run = first.summary.runId ?? ''
  expect([first.exitCode, first.summary.changes]).toEqual([3, []])
  const state = (step: string, { summary }: typeof first) =>
    summary.guided.find(({ id }) => id === step)?.outcome

  const early = await world.offboard('confirm', run, 'vendor-mx', '--by', 'Ada')
  expect([early.exitCode, early.summary.outcome]).toEqual([4, 'refused'])

  await world.control.act('add-previous-mx', {})
  const second = await world.offboard('resume', run)
  expect(state('previous-mx', second)).toBe('verified')

  await world.control.act('remove-vendor-mx', {})
  await world.control.act('remove-vendor-txt', {})
  const third = await world.offboard('resume', run)
  expect(['previous-mx', 'vendor-mx', 'txt'].map((step) => state(step, third))).toEqual([
    'verified',
    'verified',
    'verified',
  ])
  await closeGuided(world, run)
  expect((await world.offboard('resume', run)).summary.outcome).toBe('done')
  expect((await world.offboard('verify', run)).summary.outcome).toBe('clean')
  expect((await world.show()).writes).toEqual([])
})

test('a record that somebody changed since the plan was shown is refused', async () => {
  await using world = await openMailWorld()
  const dry = await world.leave('--dry-run')
  await world.control.act('set-records', {
    name: domain,
    type: 'MX',
    ttl: 3600,
    values: [`10 ${vendorMx}`, '30 third.contoso.com'],
  })
  const run = await world.leave('--plan-hash', dry.summary.planHash ?? '')
  expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
  expect((await world.show()).writes).toEqual([])
})

test('what DNS still holds of the vendor besides is told, and not touched', async () => {
  await using world = await openMailWorld()
  const { summary } = await world.leave('--dry-run')
  expect(summary.leftovers.map(({ id }) => id).toSorted()).toEqual([
    'dkim:pp1._domainkey.contoso.com',
    'dmarc:contoso.com',
    'spf:contoso.com',
  ])
})
