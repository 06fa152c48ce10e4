import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Ended, runProgram, summaryOf } from '../support/program.ts'
import { openWorld, type World } from '../support/world.ts'

const where = ['--platform', 'm365-inline', '--region', 'eu']

interface Case {
  readonly name: string
  readonly args: (world: World) => readonly string[]
  readonly env?: (world: World) => Record<string, string>
  readonly prepare?: (world: World) => void
  /** What the message must name. */
  readonly says: RegExp
  readonly exitCode?: number
  /** The command line itself could not be read, so no JSON was asked for. */
  readonly noSummary?: true
}

const dry = () => ['run', ...where, '--dry-run']

const cases: readonly Case[] = [
  {
    name: 'an unknown region',
    args: () => ['run', '--platform', 'm365-inline', '--region', 'ue', '--dry-run'],
    says: /--region.*"ue".*us, eu, au/s,
  },
  {
    name: 'an unknown platform',
    args: () => ['run', '--platform', 'm365', '--region', 'eu', '--dry-run'],
    says: /--platform.*m365-inline/s,
  },
  {
    name: 'a platform that this version has not',
    args: () => ['run', '--platform', 'other', '--region', 'eu', '--dry-run'],
    says: /other.*this version/s,
  },
  {
    name: 'no region',
    args: () => ['run', '--platform', 'm365-inline', '--dry-run'],
    says: /--region is missing/,
  },
  { name: 'a malformed tenant', args: () => [...dry(), '--tenant', 'not a tenant'], says: /--tenant/ },
  {
    name: 'a tenant with a hidden character',
    args: () => [...dry(), '--tenant', 'contoso\u202e.com'],
    says: /--tenant/,
  },
  {
    name: 'a plan file that is not there',
    args: () => ['run', '--plan', 'nowhere.json'],
    says: /nowhere\.json.*ENOENT/s,
  },
  {
    name: 'a plan file that is not JSON',
    args: () => ['run', '--plan', 'bad.json'],
    prepare: ({ folder }) =>
      writeFileSync(join(folder, 'bad.json'), '{"format": "offboard.plan/1",\n  oops}'),
    says: /bad\.json.*line 2/s,
  },
  {
    name: 'a plan file of another format',
    args: () => ['run', '--plan', 'bad.json'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'bad.json'), '{"format": "offboard.plan/9"}'),
    says: /bad\.json.*format/s,
  },
  {
    name: 'a plan hash that is cut',
    args: () => ['run', ...where, '--plan-hash', 'abc123'],
    says: /--plan-hash.*64 hexadecimal/s,
  },
  {
    name: 'two approvals',
    args: () => ['run', ...where, '--yes', '--plan-hash', 'a'.repeat(64)],
    says: /--plan-hash and --yes exclude/,
  },
  {
    name: 'included and excluded',
    args: () => [...dry(), '--include', 'safe-list', '--exclude', 'Safe-List'],
    says: /both included and excluded/,
  },
  {
    name: 'quiet and verbose',
    args: () => [...dry(), '--quiet', '--verbose'],
    says: /--quiet and --verbose/,
  },
  { name: 'a dry run with an approval', args: () => [...dry(), '--yes'], says: /needs no approval/ },
  { name: '-o without a dry run', args: () => ['run', ...where, '--yes', '-o', 'plan.json'], says: /-o/ },
  { name: 'a duration that is none', args: () => [...dry(), '--drain', 'soon'], says: /--drain/ },
  {
    name: 'a footprint file with an unknown key',
    args: () => [...dry(), '--footprint', 'more.yaml'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'more.yaml'), 'rules:\n  - A\nruls:\n  - B\n'),
    says: /more\.yaml.*line 3/s,
  },
  {
    name: 'an endpoint over http that is not loopback',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_URL: 'http://exchange.example' }),
    says: /OFFBOARD_EXCHANGE_URL.*https/s,
  },
  {
    name: 'a foreign endpoint without --allow-endpoint',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_URL: 'https://exchange.example' }),
    says: /exchange\.example.*--allow-endpoint/s,
  },
  {
    name: 'an endpoint in a .env file',
    args: dry,
    prepare: ({ folder }) =>
      writeFileSync(join(folder, '.env'), '\nOFFBOARD_LOGIN_URL=https://login.example\n'),
    says: /\.env.*line 2.*OFFBOARD_LOGIN_URL/s,
  },
  {
    name: 'resolvers that are none',
    args: dry,
    env: () => ({ OFFBOARD_DNS: 'resolver' }),
    says: /OFFBOARD_DNS/,
  },
  {
    name: 'a state folder that cannot be made',
    args: (world) => ['run', ...where, '--yes', '--state-dir', join(world.folder, 'file', 'below')],
    prepare: ({ folder }) => writeFileSync(join(folder, 'file'), ''),
    says: /file.below/s,
  },
  {
    name: 'a state folder that cannot be made, with the sandbox',
    args: (world) => [...dry(), '--sandbox', '--state-dir', join(world.folder, 'file', 'below')],
    prepare: ({ folder }) => writeFileSync(join(folder, 'file'), ''),
    says: /file.below/s,
  },
  {
    name: 'a journal that others may read',
    args: () => ['run', ...where, '--yes'],
    prepare({ stateDir }) {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 })
      chmodSync(stateDir, 0o755)
    },
    says: /state.*chmod/s,
  },
  {
    name: 'a corrupt journal',
    args: () => ['history'],
    prepare({ stateDir }) {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 })
      writeFileSync(join(stateDir, 'journal.sqlite'), 'not a database at all, whatever it is '.repeat(40), {
        mode: 0o600,
      })
    },
    says: /journal\.sqlite/,
  },
  {
    name: 'CI without a state folder',
    args: () => ['run', ...where, '--yes'],
    env: () => ({ CI: 'true', OFFBOARD_STATE_DIR: '' }),
    says: /--state-dir/,
  },
  {
    name: 'no credential',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_TOKEN: '' }),
    says: /credentials.*AZURE_CLIENT_ID/s,
  },
  { name: 'an unknown run', args: () => ['show', '20200101-000000-aaaa'], says: /20200101-000000-aaaa/ },
  {
    name: 'a confirmation by nobody',
    args: () => ['confirm', '20200101-000000-aaaa', 'vendor-console'],
    says: /20200101|--by/,
  },
  {
    name: 'a message that is not there',
    args: () => ['verify', ...where, '--message', 'mail.eml'],
    says: /mail\.eml/,
  },
  {
    name: 'the transport that this version has not',
    args: () => [...dry(), '--exchange', 'carrier-pigeon'],
    says: /--exchange/,
  },
  {
    name: 'an unknown option',
    args: () => ['run', '--platfrom', 'm365-inline'],
    says: /--platfrom.*--platform/s,
    noSummary: true,
  },
  { name: 'an unknown command', args: () => ['rnu'], says: /rnu.*run/s, noSummary: true },
  {
    name: 'an option of another command',
    args: () => ['resume', '--include', 'x'],
    says: /--include/,
    noSummary: true,
  },
  { name: 'an unknown shell', args: () => ['completion', 'tcsh'], says: /tcsh.*bash/s, noSummary: true },
]

function expectClear({ stdout, stderr }: Ended, { says }: Case): void {
  expect(`${stderr}${stdout}`).toMatch(says)
  expect(stderr).not.toContain('    at ')
  expect(stderr).not.toContain('internal error')
}

describe('bad input: one clear message with the place, 64, nothing changed', () => {
  test.each(cases)('$name', { timeout: 60_000 }, async (one) => {
    await using world = await openWorld({ scenario: 'plain' })
    one.prepare?.(world)
    const env = { ...world.env, HOME: world.folder, ...one.env?.(world) }
    const ended = await runProgram(one.args(world), env)
    expect(ended.code, ended.stderr).toBe(one.exitCode ?? 64)
    expectClear(ended, one)
    expect((await world.show()).writes).toEqual([])
    if (one.noSummary) return
    const machine = await runProgram([...one.args(world), '--json'], env)
    expect(summaryOf(machine).exitCode).toBe(one.exitCode ?? 64)
    expect(machine.stdout.split('\n').filter((line) => line.includes('"type":"version"'))).toHaveLength(1)
  })

  test('a corrupt journal stays as it is, byte for byte', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    mkdirSync(world.stateDir, { recursive: true, mode: 0o700 })
    const file = join(world.stateDir, 'journal.sqlite')
    const bytes = 'SQLite format 3\0 and then rubbish'.repeat(50)
    writeFileSync(file, bytes, { mode: 0o600 })
    expect((await world.run('--yes')).exitCode).toBe(64)
    expect(readFileSync(file, 'utf8')).toBe(bytes)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('an unknown step in confirm names those that there are', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '0')
    const confirmed = await world.offboard('confirm', run.summary.runId ?? '', 'vendor-consle', '--by', 'Ada')
    expect(confirmed.exitCode).toBe(64)
    expect(confirmed.summary.error?.hint).toContain('vendor-console, verified-domains')
  })
})
