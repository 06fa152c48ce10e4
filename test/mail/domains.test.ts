import { expect, test } from 'vitest'
import { otherNames } from '../../src/sandbox/scenarios/other/names.ts'
import { leaving, type MailWorld, openMailWorld } from '../support/mail.ts'
import { ids, outcomes, planOf } from '../support/world.ts'

const { domain, moreDomains, vendorMx } = otherNames
const all = [domain, ...moreDomains]

async function mxOf(world: MailWorld, name: string): Promise<readonly string[]> {
  const { dns } = await world.show()
  const zone = dns.zones.find((one) => one.name === name)
  return zone?.sets.find((set) => set.name === name && set.type === 'MX')?.values ?? []
}

test('several domains are taken off in one run, each with changes of its own', async () => {
  await using world = await openMailWorld({ scenario: 'other-several-domains' })
  const run = await world.run(...leaving('cloudflare', all), '--yes')
  expect([run.exitCode, new Set(Object.values(outcomes(run)))]).toEqual([3, new Set(['verified'])])
  expect(Object.keys(outcomes(run))).toHaveLength(9)
  for (const name of all) expect(await mxOf(world, name)).toEqual([`10 ${otherNames.previousMx}`])
})

test('a domain whose name servers fail stops no other, and is told', async () => {
  await using world = await openMailWorld({ scenario: 'other-broken-zone' })
  const dry = await world.run(...leaving('cloudflare', all), '--dry-run')
  expect(
    planOf(dry)
      .unread.map(({ reason }) => reason)
      .join(),
  ).toContain('fabrikam.com')
  const run = await world.run(...leaving('cloudflare', all), '--yes')
  expect(run.exitCode).not.toBe(0)
  const done = Object.entries(outcomes(run)).filter(([, outcome]) => outcome === 'verified')
  expect(done.map(([id]) => id).filter((id) => id.includes('fabrikam.com'))).toEqual([])
  expect(await mxOf(world, 'contoso.com')).toEqual([`10 ${otherNames.previousMx}`])
  expect(await mxOf(world, 'adatum.com')).toEqual([`10 ${otherNames.previousMx}`])
  expect((await mxOf(world, 'fabrikam.com')).join()).toContain('perception-point.io')
})

test('a copy of the zone that nobody asks is refused, and not written', async () => {
  await using world = await openMailWorld({ scenario: 'other-not-delegated' })
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
  expect(run.summary.error?.message).toContain('elsewhere-dns.example')
  expect((await world.show()).writes).toEqual([])
})

test('of several zones of one name, the one in use is taken', async () => {
  await using world = await openMailWorld({ scenario: 'other-two-zones', provider: 'azure' })
  const run = await world.leave('--yes')
  expect(run.exitCode).toBe(3)
  expect(await mxOf(world, domain)).toEqual([`10 ${otherNames.previousMx}`])
})

test('an internationalised name works as it is typed', async () => {
  await using world = await openMailWorld({ scenario: 'other-international' })
  const run = await world.run(...leaving('cloudflare', ['bücher.example']), '--yes')
  expect([run.exitCode, run.summary.tenant]).toEqual([3, otherNames.internationalDomain])
  expect(await mxOf(world, otherNames.internationalDomain)).toEqual([`10 ${otherNames.previousMx}`])
})

test('a credential that may only read: refused by the provider, and nothing is changed', async () => {
  await using world = await openMailWorld()
  const { cloudflareAccount } = await import('../../src/sandbox/dns/cloudflare/account.ts')
  world.env.CLOUDFLARE_API_TOKEN = cloudflareAccount.readToken
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([1, 'failed'])
  expect(run.summary.error?.name).toBe('PermissionError')
  expect((await world.show()).writesDone).toBe(0)
  expect(await mxOf(world, domain)).toEqual([`10 ${vendorMx}`])
})

test('without --previous-mx the vendor’s MX is the only way of mail: a blocker', async () => {
  await using world = await openMailWorld()
  const dry = await world.run('--domain', domain, '--dns', 'cloudflare', '--dry-run')
  expect([dry.exitCode, ids(dry.summary.blockers)]).toEqual([4, [`vendor-mx:${domain}`]])
})
