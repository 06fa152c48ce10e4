import { describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { checkOf, forThisTest, namesOf } from './test-doctor.ts'

/** Signs in with a secret instead of the token that a world comes with. */
function useSecret({ env }: World): void {
  delete env.OFFBOARD_EXCHANGE_TOKEN
  delete env.OFFBOARD_GRAPH_TOKEN
  env.AZURE_CLIENT_ID = '11111111-2222-4333-8444-555555555555'
  env.AZURE_CLIENT_SECRET = 'canary-of-the-secret'
}

describe('a credential', () => {
  it('that is refused is told with what the service said, and hides nothing else', async () => {
    const tenant = await forThisTest(openWorld())
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
    const tenant = await forThisTest(openWorld())
    useSecret(tenant)
    const outcome = await tenant.offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Credential').detail).toMatch(/^secret .*valid until 2/)
  })

  it.each([
    [
      'none',
      (env: World['env']) => delete env.OFFBOARD_EXCHANGE_TOKEN && delete env.OFFBOARD_GRAPH_TOKEN,
      /none are configured/,
    ],
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
    const tenant = await forThisTest(openWorld())
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
    const tenant = await forThisTest(openWorld())
    useSecret(tenant)
    await tenant.control.fail({ kind: 'outage', cmdlet: 'token', times: 99 })
    const outcome = await tenant.offboard('doctor')
    expect(outcome.exitCode).toBe(5)
    expect(checkOf(outcome, 'Credential').ok).toBe('unknown')
  })

  it('of another tenant is told with both ids', async () => {
    const other = '22222222-2222-4333-8444-555555555555'
    const { offboard, tenantId, show } = await forThisTest(openWorld())
    const outcome = await offboard('doctor', '--tenant', other)
    expect(outcome.exitCode).toBe(1)
    const { ok, detail } = checkOf(outcome, 'Tenant')
    expect(ok).toBe('missing')
    expect(detail).toContain(other)
    expect(detail).toContain(tenantId)
    expect((await show()).counts['Get-AcceptedDomain'] ?? 0).toBe(0)
  })
})
