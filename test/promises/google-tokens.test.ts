import { expect, test } from 'vitest'
import { googleVendor } from '../../src/sandbox/google/account.ts'
import { openGoogleWorld } from '../support/google.ts'
import { ids, outcomes, planOf, type World } from '../support/world.ts'

const token = (user: string) => `token:${user}@contoso.com/${googleVendor.appId}`

async function holders(world: World): Promise<readonly unknown[]> {
  const { users } = (await world.show()).google
  return users.flatMap((user) => (JSON.stringify(user).includes(googleVendor.appId) ? user.primaryEmail : []))
}

test('consents of users are shown, with why they are not taken away, and kept', async () => {
  await using world = await openGoogleWorld()
  for (const named of [[], ['--delegation-client', googleVendor.appId]]) {
    const dry = await world.run('--dry-run', ...named)
    const { lookalikes, changes } = planOf(dry)
    expect(changes).toEqual([])
    const found = lookalikes.filter(({ id }) => id.endsWith(googleVendor.appId))
    expect(ids(found)).toEqual(['admin', 'sara', 'petra'].map(token))
    for (const { reason } of found) expect(reason).toContain('the user would have to consent again')
  }
  await world.run('--yes')
  expect(await holders(world)).toHaveLength(3)
})

test('those that are included go, and no others', async () => {
  await using world = await openGoogleWorld()
  const run = await world.run('--yes', '--include', token('sara'), '--include', token('petra'))
  expect(outcomes(run)).toEqual({ [token('sara')]: 'verified', [token('petra')]: 'verified' })
  expect(await holders(world)).toEqual(['admin@contoso.com'])
  expect((await world.show()).writes.map(({ cmdlet }) => cmdlet)).toEqual(['DELETE tokens', 'DELETE tokens'])
  expect(JSON.stringify((await world.show()).google.users)).toMatch(/Adatum CRM.*Perception Points Survey/)
  const restore = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect(restore.summary.changes.map(({ outcome }) => outcome)).toEqual([
    'action-required',
    'action-required',
  ])
})

test('where they may not be read they are not checked', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-scopes-missing' })
  const dry = await world.run('--dry-run')
  expect(dry.exitCode).toBe(0)
  expect(
    planOf(dry)
      .unread.map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(['audit-event', 'user-token'])
})

test('of 600 users the few that hold one are found', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-many-users' })
  const { lookalikes } = planOf(await world.run('--dry-run'))
  expect(lookalikes.filter(({ kind }) => kind === 'user-token')).toHaveLength(4)
})
