import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type MailWorld, openMailWorld } from '../support/mail.ts'

interface Case {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly says: RegExp
}

const back = ['--previous-mx', '10 mail.contoso.com']

const cases: readonly Case[] = [
  { name: 'no domain', args: back, says: /--domain is missing.*--domain contoso\.com/s },
  { name: 'a bad domain', args: ['--domain', 'conto_so', ...back], says: /--domain.*"conto_so"/s },
  {
    name: 'an id in the place of a domain',
    args: ['--tenant', '2f1c4b3a-9d8e-4f70-8b6a-5c4d3e2f1a0b', ...back],
    says: /--tenant.*Microsoft 365 tenant.*--domain/s,
  },
  {
    name: 'a tenant that is none of the domains',
    args: ['--tenant', 'fabrikam.com', '--domain', 'contoso.com', ...back],
    says: /--tenant fabrikam\.com.*--domain/s,
  },
  {
    name: 'a preference out of range',
    args: ['--domain', 'contoso.com', '--previous-mx', '70000 mail.contoso.com'],
    says: /--previous-mx.*"70000".*65535/s,
  },
  {
    name: 'an address as the previous MX',
    args: ['--domain', 'contoso.com', '--previous-mx', '10 192.0.2.25'],
    says: /--previous-mx.*"192\.0\.2\.25" is an address/s,
  },
  {
    name: 'the null MX',
    args: ['--domain', 'contoso.com', '--previous-mx', '0 .'],
    says: /--previous-mx.*null MX/s,
  },
  {
    name: 'a previous MX at the vendor',
    args: ['--domain', 'contoso.com', '--previous-mx', '10 contoso-com.mx.perception-point.io'],
    says: /--previous-mx.*vendor's own/s,
  },
  {
    name: 'a previous MX that is named as the vendor’s',
    args: ['--domain', 'contoso.com', ...back, '--vendor-mx', 'MAIL.contoso.com.'],
    says: /--previous-mx.*vendor's own/s,
  },
  {
    name: 'one host with two preferences',
    args: ['--domain', 'contoso.com', ...back, '--previous-mx', '20 mail.contoso.com'],
    says: /--previous-mx.*twice/s,
  },
  {
    name: 'a zone that does not hold the domain',
    args: ['--domain', 'contoso.com', '--zone', 'fabrikam.com', ...back],
    says: /contoso\.com.*--zone fabrikam\.com/s,
  },
  {
    name: 'an unknown provider',
    args: ['--domain', 'contoso.com', '--dns', 'bind', ...back],
    says: /--dns.*rfc2136/s,
  },
  ...[
    ['cloudflare', 'CLOUDFLARE_API_TOKEN'],
    ['route53', 'AWS_ACCESS_KEY_ID'],
    ['route53', 'AWS_SECRET_ACCESS_KEY'],
    ['azure', 'AZURE_SUBSCRIPTION_ID'],
    ['google', 'GOOGLE_CLOUD_PROJECT'],
    ['rfc2136', 'OFFBOARD_RFC2136_SERVER'],
    ['rfc2136', 'OFFBOARD_RFC2136_KEY_FILE'],
  ].map(([provider = '', missing = '']) => ({
    name: `${provider} without ${missing}`,
    args: ['--domain', 'contoso.com', '--dns', provider, ...back],
    env: { ...complete(), [missing]: undefined },
    says: new RegExp(`--dns ${provider}.*${missing} is not set`, 's'),
  })),
  {
    name: 'a provider’s endpoint that is not its own',
    args: ['--domain', 'contoso.com', '--dns', 'cloudflare', ...back],
    env: { CLOUDFLARE_API_TOKEN: 'x', CLOUDFLARE_BASE_URL: 'https://cloudflare.example/client/v4' },
    says: /CLOUDFLARE_BASE_URL.*--allow-endpoint cloudflare\.example/s,
  },
]

/** Every provider's credentials, none of which is good for anything. */
function complete(): Readonly<Record<string, string>> {
  return {
    CLOUDFLARE_API_TOKEN: 'x',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AZURE_SUBSCRIPTION_ID: '5b1e6d4c-3a2f-4c8e-9d07-1f2a3b4c5d6e',
    GOOGLE_CLOUD_PROJECT: 'x',
    OFFBOARD_GOOGLE_TOKEN: 'x',
    OFFBOARD_RFC2136_SERVER: '127.0.0.1:1',
    OFFBOARD_RFC2136_KEY_FILE: '/nowhere/key',
  }
}

async function refused(world: MailWorld, args: readonly string[]): Promise<string> {
  const before = await world.show()
  const { exitCode, summary } = await world.run('--yes', ...args)
  expect(exitCode).toBe(64)
  const { writes, requests } = await world.show()
  expect([writes, requests]).toEqual([[], before.requests])
  return `${summary.error?.message} ${summary.error?.hint}`
}

test.each(cases)(
  '$name: exit code 64, the place is named, and nothing is asked',
  async ({ args, env, says }) => {
    await using world = await openMailWorld({ provider: 'manual' })
    const { requests } = await world.show()
    expect(requests).toBeGreaterThanOrEqual(0)
    for (const [name, value] of Object.entries(env ?? {}))
      if (value === undefined) delete world.env[name]
      else world.env[name] = value
    expect(await refused(world, args)).toMatch(says)
  },
)

test('a key file that others may read is 64, and the key is not shown', async () => {
  await using world = await openMailWorld({ provider: 'manual' })
  const file = join(world.folder, 'update.key')
  const secret = 'bm90IGEgcmVhbCBzZWNyZXQsIGJ1dCBsb25nIGVub3VnaA=='
  writeFileSync(file, `key "update" { algorithm hmac-sha256; secret "${secret}"; };\n`, { mode: 0o644 })
  Object.assign(world.env, { OFFBOARD_RFC2136_SERVER: '127.0.0.1:1', OFFBOARD_RFC2136_KEY_FILE: file })
  const doctor = await world.offboard(
    'doctor',
    '--platform',
    'other',
    '--domain',
    'contoso.com',
    '--dns',
    'rfc2136',
  )
  expect(doctor.exitCode).toBe(1)
  expect(doctor.stdout).toMatch(/mode 0644.*chmod 600/s)
  expect(`${doctor.stdout}${doctor.stderr}`).not.toContain(secret)
})

test('what a plan file decides otherwise is 64', async () => {
  await using world = await openMailWorld()
  const dry = await world.leave('--dry-run', '-o', 'plan.json')
  expect(dry.exitCode).toBe(0)
  const others = [
    ['--domain', 'fabrikam.com'],
    ['--previous-mx', '20 mail.contoso.com'],
    ['--vendor-mx', 'mx.vendor.example'],
    ['--vendor-txt', 'else'],
    ['--dns', 'route53'],
    ['--zone', 'contoso.com'],
  ]
  for (const [option = '', value = ''] of others) {
    const run = await world.offboard('run', '--plan', 'plan.json', option, value)
    expect([run.exitCode, run.summary.error?.message]).toEqual([
      64,
      expect.stringContaining(`another ${option}`),
    ])
  }
  expect((await world.show()).writes).toEqual([])
  const same = await world.offboard(
    'run',
    '--plan',
    'plan.json',
    '--domain',
    'contoso.com',
    '--dns',
    'cloudflare',
  )
  expect([same.exitCode, same.summary.error]).toEqual([3, undefined])
})
