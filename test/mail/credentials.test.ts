import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serviceAccountKey } from '../google/credentials.ts'
import { openMailWorld } from '../support/mail.ts'

const verified = (summary: { readonly changes: readonly { readonly outcome: string }[] }) =>
  summary.changes.map(({ outcome }) => outcome)

test('google: a service account acts for itself, and needs no subject', async () => {
  await using world = await openMailWorld({ provider: 'google' })
  delete world.env.OFFBOARD_GOOGLE_TOKEN
  const file = join(world.folder, 'key.json')
  writeFileSync(file, JSON.stringify(serviceAccountKey), { mode: 0o600 })
  world.env.GOOGLE_APPLICATION_CREDENTIALS = file
  const run = await world.leave('--yes')
  expect([run.exitCode, verified(run.summary)]).toEqual([3, ['verified', 'verified', 'verified']])
})

test('azure: the token is asked of the tenant of the credential', async () => {
  await using world = await openMailWorld({ provider: 'azure' })
  delete world.env.OFFBOARD_AZURE_TOKEN
  Object.assign(world.env, {
    AZURE_TENANT_ID: world.tenantId,
    AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000',
    AZURE_CLIENT_SECRET: 'canary-of-a-secret',
  })
  const run = await world.leave('--yes')
  expect([run.exitCode, verified(run.summary)]).toEqual([3, ['verified', 'verified', 'verified']])
  expect(`${run.stdout}${run.stderr}`).not.toContain('canary-of-a-secret')
})

test.each([
  ['cloudflare', 'CLOUDFLARE_API_TOKEN', 'PermissionError'],
  ['route53', 'AWS_ACCESS_KEY_ID', 'PermissionError'],
  ['azure', 'OFFBOARD_AZURE_TOKEN', 'PermissionError'],
  ['google', 'OFFBOARD_GOOGLE_TOKEN', 'PermissionError'],
] as const)(
  '%s: a %s that is refused is told, never shown, and nothing is changed',
  async (provider, name, kind) => {
    await using world = await openMailWorld({ provider })
    world.env[name] = 'canary-of-a-credential-Kd83hfT'
    const run = await world.leave('--yes')
    expect([run.exitCode, run.summary.error?.name]).toEqual([1, kind])
    expect(`${run.stdout}${run.stderr}`).not.toContain('canary-of-a-credential')
    expect((await world.show()).writesDone).toBe(0)
  },
)
