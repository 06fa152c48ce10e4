import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../test/support/world.ts'
import { checkOf, checksOf, forThisTest, namesOf } from './test-doctor.ts'

describe('a tenant in which everything is there', () => {
  it('is ok, and nothing was written anywhere', async () => {
    const { offboard, show, stateDir } = await forThisTest(openWorld())
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
    const { offboard, env, tenantId } = await forThisTest(openWorld())
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
    const { offboard, show } = await forThisTest(openWorld())
    await offboard('doctor')
    const { counts } = await show()
    expect(counts).toMatchObject({ EXOModuleFile: 1, 'Get-AcceptedDomain': 1 })
    expect(Object.keys(counts).filter((name) => /^(Set|New|Remove|Enable|Disable)-/.test(name))).toEqual([])
  })
})

describe('a resolver', () => {
  it('that does not answer is told, and does not fail it', async () => {
    const { offboard, env } = await forThisTest(openWorld())
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
    [['--platform', 'another'], '--platform'],
    [['--exchange', 'soap'], '--exchange'],
    [['--tenant', 'no tenant'], '--tenant'],
    [['--auth', 'guess'], '--auth'],
  ])('%j ends with 64 and one clear line', async (argv, said) => {
    const { offboard, show } = await forThisTest(openWorld())
    const { requests } = await show()
    const outcome = await offboard('doctor', ...argv)
    expect(outcome.exitCode).toBe(64)
    expect(outcome.stderr).toContain(said)
    expect((await show()).requests).toBe(requests)
  })

  it('no tenant ends with 64', async () => {
    const { offboard, env } = await forThisTest(openWorld())
    delete env.OFFBOARD_TENANT
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(64)
    expect(outcome.stderr).toContain('--tenant')
  })
})
