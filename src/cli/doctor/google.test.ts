import { describe, expect, it } from 'vitest'
import { openGoogleWorld } from '../../../test/support/google.ts'
import { googleAccount } from '../../sandbox/google/account.ts'
import { googleScopes } from '../../sandbox/google/scopes.ts'
import { checkOf, checksOf, forThisTest, namesOf } from './test-doctor.ts'

const platform = ['--platform', 'google-workspace']
const may = {
  policies: 'May read the policies of Gmail',
  places: 'May read the names of organizational units and groups',
  audit: 'May read the audit logs',
  tokens: 'May list the apps to which users consented',
  write: 'May write policies',
}

describe('a customer of Google Workspace', () => {
  it('that is set up is ok: nothing is written, and nothing of Microsoft is looked at', async () => {
    const { offboard, show } = await forThisTest(openGoogleWorld())
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(0)
    expect(namesOf(outcome, 'missing')).toEqual([])
    expect(namesOf(outcome, 'unknown')).toEqual([])
    expect([...checksOf(outcome).keys()]).not.toContain('Permissions')
    expect(checkOf(outcome, 'Credential').detail).toContain(`acting for ${googleAccount.subject}`)
    expect(checkOf(outcome, 'Customer').detail).toContain(googleAccount.customerId)
    expect(checkOf(outcome, may.policies).detail).toBe(googleScopes.policiesReadonly)
    expect(checkOf(outcome, may.write).detail).toBe('not needed now')
    const { counts, writes } = await show()
    expect(writes).toEqual([])
    expect(Object.keys(counts).filter((name) => !/^(?:GET|POST token$)/.test(name))).toEqual([])
  })

  it('says where the credentials go, and the next command', async () => {
    const { offboard, env } = await forThisTest(openGoogleWorld())
    const options = ['--delegation-client', '104957120386611093472', '--google-policy-writes']
    const outcome = await offboard('doctor', ...platform, ...options)
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Endpoints').detail).toContain(env.OFFBOARD_GOOGLE_URL)
    expect(checkOf(outcome, may.write).detail).toBe(googleScopes.policies)
    expect(outcome.summary.next).toEqual([
      `offboard run --platform google-workspace --region REGION --tenant contoso.com ${options.join(' ')} --dry-run`,
    ])
  })

  it('whose administrator is no super administrator is told so', async () => {
    const { offboard } = await forThisTest(openGoogleWorld({ scenario: 'google-policies-denied' }))
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual(['Super administrator'])
    expect(checkOf(outcome, 'Super administrator').remedy).toContain('super administrator')
  })

  it('in whose project the API is off is told which', async () => {
    const { offboard } = await forThisTest(openGoogleWorld({ scenario: 'google-api-off' }))
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Super administrator').remedy).toContain('Enable the Cloud Identity API')
  })

  it('that is another one fails it, with both', async () => {
    const { offboard } = await forThisTest(openGoogleWorld({ scenario: 'google-wrong-customer' }))
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(1)
    const { ok, detail } = checkOf(outcome, 'Customer')
    expect(ok).toBe('missing')
    expect(detail).toContain('contoso.com')
    expect(detail).toContain('C04fabrik')
  })
})

describe('a scope that is not delegated', () => {
  it('is named to the letter, with the client that lacks it, and fails only what a run needs', async () => {
    const { offboard, control } = await forThisTest(openGoogleWorld({ scenario: 'google-scopes-missing' }))
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(0)
    expect(namesOf(outcome, 'missing')).toEqual([may.audit, may.tokens])
    const { detail, remedy } = checkOf(outcome, may.audit)
    expect(detail).toContain(`lacks ${googleScopes.audit}`)
    expect(remedy).toContain(googleAccount.serviceAccountClientId)
    expect(remedy).toMatch(new RegExp(`${googleScopes.audit}$`))

    await control.act('set-google-scopes', { scopes: [googleScopes.customerReadonly] })
    const needed = await offboard('doctor', ...platform, '--google-policy-writes')
    expect(needed.exitCode).toBe(1)
    expect(namesOf(needed, 'missing')).toEqual([
      'Super administrator',
      may.policies,
      may.places,
      may.audit,
      may.tokens,
      may.write,
    ])
  })

  it('may be every one: then all of them are named at once', async () => {
    const { offboard } = await forThisTest(openGoogleWorld({ scenario: 'google-not-delegated' }))
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(1)
    const { remedy } = checkOf(outcome, 'Credential')
    for (const name of ['customerReadonly', 'policiesReadonly', 'audit', 'userSecurity'] as const)
      expect(remedy).toContain(googleScopes[name])
    expect(remedy?.split(/[\s,]/)).not.toContain(googleScopes.policies)
    expect(checkOf(outcome, 'Customer').detail).toBe('not checked: see "Credential"')
  })
})

describe('a credential that does not say what it is good for', () => {
  it.each(['administrator', 'token'] as const)('(%s) is shown by reading', async (credential) => {
    const { offboard } = await forThisTest(openGoogleWorld({ credential }))
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, may.audit).detail).toBe('shown by reading')
    expect(checkOf(outcome, may.tokens).ok).toBe('unknown')
    const writes = await offboard('doctor', ...platform, '--google-policy-writes')
    expect(writes.exitCode).toBe(5)
    expect(checkOf(writes, may.write)).toMatchObject({
      ok: 'unknown',
      remedy: expect.stringContaining(googleScopes.policies),
    })
  })
})

describe('a sign-in', () => {
  it('that is down is not proven', async () => {
    const { offboard, control } = await forThisTest(openGoogleWorld())
    await control.fail({ kind: 'outage', cmdlet: 'POST token', times: 99 })
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(5)
    expect(checkOf(outcome, 'Credential').ok).toBe('unknown')
  })

  it.each([
    [{ GOOGLE_APPLICATION_CREDENTIALS: '' }, 'none are set'],
    [{ OFFBOARD_GOOGLE_TOKEN: 'ya29.canary' }, 'both OFFBOARD_GOOGLE_TOKEN'],
    [{ OFFBOARD_GOOGLE_SUBJECT: '' }, 'OFFBOARD_GOOGLE_SUBJECT is not set'],
    [{ OFFBOARD_GOOGLE_SUBJECT: 'nobody@contoso.com' }, 'Invalid email'],
  ])('with %j is missing, and the rest is checked', async (change, said) => {
    const { offboard, env } = await forThisTest(openGoogleWorld())
    Object.assign(env, change)
    const outcome = await offboard('doctor', ...platform)
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Credential')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining(said),
    })
    expect(checkOf(outcome, 'State folder').ok).toBe('ok')
    expect(outcome.stdout + outcome.stderr).not.toContain('canary')
  })
})
