import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startProgram } from '../support/program.ts'
import { openWorld, type World } from '../support/world.ts'

/** Long enough to be no accident, and in no file of the program. */
const canary = 'cAnArY7Zq9wKx3v'

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

function fakeToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ tid: 'x', exp: 4_102_444_800, aud: 'x' })}.${canary}`
}

interface Credential {
  readonly name: string
  readonly auth: string
  env(folder: string): Record<string, string>
}

function makeCertificate(folder: string): string {
  const [key, certificate, both] = ['key.pem', 'cert.pem', 'both.pem'].map((name) => join(folder, name))
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-days', '2', '-subj', '/CN=offboard-test'],
      ...['-passout', `pass:${canary}`, '-keyout', key ?? '', '-out', certificate ?? ''],
    ],
    { stdio: 'ignore' },
  )
  writeFileSync(both ?? '', `${readFileSync(certificate ?? '', 'utf8')}${readFileSync(key ?? '', 'utf8')}`, {
    mode: 0o600,
  })
  return both ?? ''
}

const clientId = '6a000000-0000-4000-8000-000000000001'

const credentials: readonly Credential[] = [
  {
    name: 'client secret',
    auth: 'secret',
    env: () => ({ AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: canary }),
  },
  {
    name: 'client secret that is refused',
    auth: 'secret',
    env: () => ({ AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: `wrong-${canary}` }),
  },
  {
    name: 'certificate with a password',
    auth: 'certificate',
    env: (folder) => ({
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_CERTIFICATE_PATH: makeCertificate(folder),
      AZURE_CLIENT_CERTIFICATE_PASSWORD: canary,
    }),
  },
  {
    name: 'federated token file',
    auth: 'federated',
    env(folder) {
      const path = join(folder, 'federated-token')
      writeFileSync(path, fakeToken())
      return { AZURE_CLIENT_ID: clientId, AZURE_FEDERATED_TOKEN_FILE: path }
    },
  },
  { name: 'token', auth: 'token', env: () => ({ OFFBOARD_EXCHANGE_TOKEN: fakeToken() }) },
]

/** Credentials of systems that this run does not use: they are in the environment all the same. */
const bystanders = {
  OFFBOARD_XRAY_TOKEN: canary,
  OFFBOARD_GRAPH_TOKEN: canary,
  OFFBOARD_GOOGLE_TOKEN: canary,
  OFFBOARD_DATABASE_URL: `postgres://someone:${canary}@127.0.0.1/offboard`,
}

async function everything(world: World, credential: Credential, dryFirst: boolean): Promise<string> {
  const inputs = join(world.folder, 'inputs')
  mkdirSync(inputs, { recursive: true })
  const { OFFBOARD_EXCHANGE_TOKEN: _, ...places } = world.env
  const env = { ...places, ...bystanders, ...credential.env(inputs), HOME: world.folder }
  const flags = ['--auth', credential.auth, '--verbose', '--log-file', join(world.folder, 'log.jsonl')]
  const where = ['--platform', 'm365-inline', '--region', 'eu']
  const commands = [
    ...(dryFirst ? [['plan', ...where, '-o', join(world.folder, 'plan.json')]] : []),
    ['run', ...where, '--yes', '--drain', '0'],
    ['doctor', ...where.slice(0, 2)],
  ]
  const texts: string[] = []
  for (const command of commands) {
    const started = startProgram([...command, ...flags], env)
    const line = readFileSync(`/proc/${started.child.pid}/cmdline`, 'utf8')
    const ended = await started.ended
    texts.push(line, ended.stdout, ended.stderr)
  }
  const files = filesBelow(world.folder).filter((path) => !path.startsWith(inputs))
  return [...texts, ...files.map((path) => readFileSync(path, 'latin1'))].join('\n')
}

describe('a secret is found nowhere: output, log, journal, plan, letter, command line', () => {
  test.each(credentials)('$name', { timeout: 120_000 }, async (credential) => {
    await using world = await openWorld({ scenario: 'plain' })
    const all = await everything(world, credential, true)
    expect(all.length).toBeGreaterThan(1_000)
    for (const spelling of [
      canary,
      Buffer.from(canary).toString('base64').replace(/=+$/, ''),
      encodeURIComponent(canary),
    ])
      expect(all.includes(spelling), credential.name).toBe(false)
  })

  test.each(['outage', 'denied', 'throttle'] as const)(
    'a login that fails: %s',
    { timeout: 120_000 },
    async (kind) => {
      await using world = await openWorld({ scenario: 'plain' })
      await world.control.fail({ kind, cmdlet: 'token', times: 3 })
      const [credential] = credentials
      if (credential === undefined) throw new Error('no credential')
      expect((await everything(world, credential, false)).includes(canary)).toBe(false)
    },
  )
})
