import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Outcome, openWorld, type World, type WorldOptions } from '../../../test/support/world.ts'
import type { Check } from '../../model/events.ts'

const worlds: World[] = []

async function world(options: WorldOptions = {}): Promise<World> {
  const opened = await openWorld(options)
  worlds.push(opened)
  return opened
}

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((opened) => opened[Symbol.asyncDispose]()))
})

function checksOf(outcome: Outcome): ReadonlyMap<string, Check> {
  const checks = outcome.events.flatMap((event) => (event.type === 'checks' ? event.checks : []))
  return new Map(checks.map((check) => [check.check, check]))
}

function checkOf(outcome: Outcome, title: string): Check {
  const check = checksOf(outcome).get(title)
  if (check === undefined) throw new Error(`no check "${title}" in ${outcome.stdout}`)
  return check
}

function namesOf(outcome: Outcome, state: Check['ok']): readonly string[] {
  return [...checksOf(outcome).values()].filter(({ ok }) => ok === state).map(({ check }) => check)
}

const steps = [
  'May stop the redirect',
  'May remove the addresses from the allow list',
  'May delete the mail-flow rules',
  'May delete the connectors',
  'May put back',
]
const script = 'scripts/permissions/Grant-OffboardAccess.ps1'

/** Signs in with a secret instead of the token that a world comes with. */
function useSecret({ env }: World): void {
  delete env.OFFBOARD_EXCHANGE_TOKEN
  env.AZURE_CLIENT_ID = '11111111-2222-4333-8444-555555555555'
  env.AZURE_CLIENT_SECRET = 'canary-of-the-secret'
}

describe('a tenant in which everything is there', () => {
  it('is ok, and nothing was written anywhere', async () => {
    const { offboard, show, stateDir } = await world()
    const outcome = await offboard('doctor')
    expect(outcome.summary).toMatchObject({ outcome: 'done', tenant: 'contoso.onmicrosoft.com' })
    expect(outcome.exitCode).toBe(0)
    expect([...checksOf(outcome).keys()].length).toBeGreaterThan(12)
    expect(namesOf(outcome, 'missing')).toEqual([])
    expect(namesOf(outcome, 'unknown')).toEqual([])
    expect((await show()).writes).toEqual([])
    expect(existsSync(stateDir)).toBe(false)
  })

  it('says what is used: method, endpoints, tenant, resolver', async () => {
    const { offboard, env, tenantId } = await world()
    const outcome = await offboard('doctor')
    expect(checkOf(outcome, 'Credential').detail).toMatch(/^token /)
    expect(checkOf(outcome, 'Endpoints').detail).toContain(env.OFFBOARD_EXCHANGE_URL)
    expect(checkOf(outcome, 'Endpoints').detail).toContain('Microsoft does not document')
    expect(checkOf(outcome, 'Tenant').detail).toContain(tenantId)
    expect(checkOf(outcome, 'DNS').detail).toContain(env.OFFBOARD_DNS)
    expect(outcome.summary.next).toEqual([
      'offboard run --platform m365-inline --region REGION --tenant contoso.onmicrosoft.com --dry-run',
    ])
  })

  it('is asked once which cmdlets may be run', async () => {
    const { offboard, show } = await world()
    await offboard('doctor')
    const { counts } = await show()
    expect(counts).toMatchObject({ EXOModuleFile: 1, 'Get-AcceptedDomain': 1 })
    expect(Object.keys(counts).filter((name) => /^(Set|New|Remove|Enable|Disable)-/.test(name))).toEqual([])
  })
})

describe('a role that is missing', () => {
  it('is named for each step, with the way to grant it, while a dry run is possible', async () => {
    const { offboard, show } = await world({ scenario: 'read-only' })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.summary.outcome).toBe('failed')
    expect(namesOf(outcome, 'missing')).toEqual(steps)
    expect(checkOf(outcome, 'May read what a plan rests on').ok).toBe('ok')
    const roles = ['Transport Rules', 'Transport Hygiene', 'Transport Rules', 'Remote and Accepted Domains']
    for (const [index, role] of roles.entries()) {
      const { remedy } = checkOf(outcome, steps[index] ?? '')
      expect(remedy).toContain(`Grant the role "${role}".`)
      expect(remedy).toContain(script)
      expect(remedy).toContain('docs/permissions.md')
    }
    for (const role of roles) expect(checkOf(outcome, 'May put back').remedy).toContain(role)
    expect((await show()).writes).toEqual([])
  })

  it('is told for what it keeps from being done, and nothing else', async () => {
    const { offboard } = await world({ scenario: 'connectors-not-removable' })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual(['May delete the connectors'])
    expect(checkOf(outcome, 'May delete the connectors').detail).toBe(
      'may not run Remove-InboundConnector, Remove-OutboundConnector',
    )
  })

  it('is told where a plan could not be made', async () => {
    const { offboard } = await world({ scenario: 'connectors-denied' })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual([
      'May read what a plan rests on',
      'May delete the connectors',
    ])
  })

  it('that only the message trace needs does not fail it', async () => {
    const { offboard } = await world({ scenario: 'trace-denied' })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(namesOf(outcome, 'missing')).toEqual(['May read the message trace'])
    const { detail, remedy } = checkOf(outcome, 'May read the message trace')
    expect(detail).toMatch(/Get-MessageTraceV2.*ends with 5/)
    expect(remedy).toContain('"View-Only Recipients"')
  })

  it('that only leftovers need does not fail it', async () => {
    const { offboard } = await world({ scenario: 'leftovers-denied' })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(namesOf(outcome, 'missing')).toEqual(['May look for leftovers'])
    expect(checkOf(outcome, 'May look for leftovers').detail).toMatch(/Get-JournalRule.*not checked/)
  })

  it('cannot be told when the service does not say: not proven', async () => {
    const { offboard, control } = await world()
    await control.fail({ kind: 'denied', cmdlet: 'EXOModuleFile', times: 9 })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(5)
    expect(outcome.summary.outcome).toBe('unverified')
    expect(namesOf(outcome, 'unknown')).toEqual(expect.arrayContaining(['Permissions', ...steps]))
    expect(checkOf(outcome, 'Tenant').ok).toBe('ok')
    expect(outcome.events.some(({ type }) => type === 'warning')).toBe(true)
  })
})

describe('a credential', () => {
  it('that is refused is told with what the service said, and hides nothing else', async () => {
    const tenant = await world()
    useSecret(tenant)
    await tenant.control.fail({ kind: 'denied', cmdlet: 'token', times: 9 })
    const outcome = await tenant.offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Credential')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining('AADSTS7000215'),
      remedy: expect.stringMatching(/./),
    })
    expect(namesOf(outcome, 'ok')).toEqual(['Node', 'State folder', 'Journal', 'Endpoints', 'DNS'])
    expect(checkOf(outcome, 'Tenant').detail).toBe('not checked: see "Credential"')
    expect(outcome.stdout + outcome.stderr).not.toContain('canary-of-the-secret')
    expect((await tenant.show()).counts['Get-AcceptedDomain'] ?? 0).toBe(0)
  })

  it('that works is told by its method', async () => {
    const tenant = await world()
    useSecret(tenant)
    const outcome = await tenant.offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Credential').detail).toMatch(/^secret .*valid until 2/)
  })

  it.each([
    ['none', (env: World['env']) => delete env.OFFBOARD_EXCHANGE_TOKEN, /none are configured/],
    [
      'several',
      (env: World['env']) =>
        Object.assign(env, {
          AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
          AZURE_CLIENT_SECRET: 'canary',
        }),
      /several are configured/,
    ],
  ])('is missing when %s are configured, and the rest is checked', async (_case, change, said) => {
    const tenant = await world()
    change(tenant.env)
    const outcome = await tenant.offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Credential')).toMatchObject({
      ok: 'missing',
      detail: expect.stringMatching(said),
    })
    expect(checkOf(outcome, 'State folder').ok).toBe('ok')
    expect(checkOf(outcome, 'DNS').ok).toBe('ok')
  })

  it('that cannot be tried now is not proven', async () => {
    const tenant = await world()
    useSecret(tenant)
    await tenant.control.fail({ kind: 'outage', cmdlet: 'token', times: 99 })
    const outcome = await tenant.offboard('doctor')
    expect(outcome.exitCode).toBe(5)
    expect(checkOf(outcome, 'Credential').ok).toBe('unknown')
  })

  it('of another tenant is told with both ids', async () => {
    const other = '22222222-2222-4333-8444-555555555555'
    const { offboard, tenantId, show } = await world()
    const outcome = await offboard('doctor', '--tenant', other)
    expect(outcome.exitCode).toBe(1)
    const { ok, detail } = checkOf(outcome, 'Tenant')
    expect(ok).toBe('missing')
    expect(detail).toContain(other)
    expect(detail).toContain(tenantId)
    expect((await show()).counts['Get-AcceptedDomain'] ?? 0).toBe(0)
  })
})

describe('the state folder', () => {
  it('that others may read is told with the remedy', async () => {
    const { offboard, stateDir } = await world()
    mkdirSync(stateDir)
    chmodSync(stateDir, 0o755)
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'State folder')).toMatchObject({
      ok: 'missing',
      remedy: expect.stringContaining(`chmod 700 "${stateDir}"`),
    })
    expect(checkOf(outcome, 'Tenant').ok).toBe('ok')
  })

  it.each(['state', 'state/deeper'])('at %s with a file in the way is told', async (name) => {
    const { offboard, env, folder } = await world()
    writeFileSync(join(folder, 'state'), '')
    env.OFFBOARD_STATE_DIR = join(folder, name)
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'State folder')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining('is not a folder'),
      remedy: expect.stringContaining('--state-dir'),
    })
    expect(checkOf(outcome, 'Journal').ok).toBe('unknown')
  })

  it('must be named where CI is set', async () => {
    const { offboard, env } = await world()
    delete env.OFFBOARD_STATE_DIR
    env.CI = 'true'
    const outcome = await offboard('doctor')
    expect(checkOf(outcome, 'State folder')).toMatchObject({
      ok: 'missing',
      remedy: expect.stringContaining('OFFBOARD_STATE_DIR'),
    })
  })

  it('with a journal: its runs are counted, and the open ones named', async () => {
    const { offboard, run } = await world()
    const { summary } = await run('--yes', '--no-wait')
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Journal').detail).toContain(`1 runs, open: ${summary.runId}`)
  })

  it('with a journal that is none: told, and left as it is', async () => {
    const { offboard, stateDir } = await world()
    mkdirSync(stateDir, { mode: 0o700 })
    const path = join(stateDir, 'journal.sqlite')
    const text = 'this is no database, and long enough to be looked at as one'.repeat(40)
    writeFileSync(path, text, { mode: 0o600 })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Journal')).toMatchObject({ ok: 'missing', remedy: expect.stringMatching(/./) })
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})

describe('a resolver', () => {
  it('that does not answer is told, and does not fail it', async () => {
    const { offboard, env } = await world()
    env.OFFBOARD_DNS = '127.0.0.1:9'
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'DNS')).toMatchObject({
      ok: 'unknown',
      detail: expect.stringContaining('127.0.0.1:9'),
      remedy: expect.stringContaining('OFFBOARD_DNS'),
    })
  })
})

describe('bad input', () => {
  it.each([
    [['--platform', 'm365-api'], 'this version does not have it'],
    [['--exchange', 'powershell'], 'over REST only'],
    [['--tenant', 'no tenant'], '--tenant'],
    [['--auth', 'guess'], '--auth'],
  ])('%j ends with 64 and one clear line', async (argv, said) => {
    const { offboard, show } = await world()
    const outcome = await offboard('doctor', ...argv)
    expect(outcome.exitCode).toBe(64)
    expect(outcome.stderr).toContain(said)
    expect((await show()).requests).toBeLessThanOrEqual(1)
  })

  it('no tenant ends with 64', async () => {
    const { offboard, env } = await world()
    delete env.OFFBOARD_TENANT
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(64)
    expect(outcome.stderr).toContain('--tenant')
  })
})
