import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../test/support/world.ts'
import { checkOf, checksOf, forThisTest, namesOf } from './test-doctor.ts'

const app = ['--remediation-app', 'c7a1f0d2-5b0e-4e55-9d6c-3f1e6d2a9b10']
const acts = {
  read: 'May read the apps of the directory and their rights',
  switch: 'May disable the app',
  revoke: 'May take the rights of the app away',
  delete: 'May delete the app',
  restore: 'May bring a deleted app back',
  grant: 'May grant the app its rights again',
}

describe('Microsoft Graph', () => {
  it('is told with the directory, and what nobody asks for is not needed', async () => {
    const { offboard, tenantId, show } = await forThisTest(openWorld())
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Microsoft Graph')).toMatchObject({ ok: 'ok' })
    expect(checkOf(outcome, 'Directory').detail).toContain(tenantId)
    for (const title of Object.values(acts))
      expect(checkOf(outcome, title)).toEqual({ check: title, ok: 'ok', detail: 'not needed now' })
    const { counts, writes } = await show()
    expect(writes).toEqual([])
    expect(Object.keys(counts).filter((name) => / (?!organization)/.test(name))).toEqual([])
  })

  it('is looked at for the command that is shown next', async () => {
    const { offboard } = await forThisTest(openWorld())
    const outcome = await offboard('doctor', ...app, '--delete-app')
    expect(outcome.exitCode).toBe(0)
    expect(outcome.summary.next[0]).toContain(`${app.join(' ')} --delete-app --dry-run`)
    expect(checkOf(outcome, acts.delete).detail).toMatch(/^all of /)
  })

  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [app, [acts.switch], ['Application.ReadWrite.All']],
    [
      [...app, '--revoke-grants'],
      [acts.switch, acts.revoke],
      ['AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'],
    ],
    [
      [...app, '--delete-app'],
      [acts.switch, acts.revoke, acts.delete],
      ['AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'],
    ],
  ])('names what is missing for %j', async (options, missing, permissions) => {
    const { offboard } = await forThisTest(openWorld({ scenario: 'graph-read-only' }))
    const outcome = await offboard('doctor', ...options)
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual(missing)
    const { detail, remedy } = checkOf(
      outcome,
      missing.at(-1 - Number(options.includes('--delete-app'))) ?? '',
    )
    for (const permission of permissions) {
      expect(detail).toContain(permission)
      expect(remedy).toContain(permission)
    }
    expect(remedy).toMatch(/scripts\/permissions\/\S+\.ps1.*docs\/permissions\.md/)
    expect(checkOf(outcome, acts.grant)).toMatchObject({
      ok: 'ok',
      detail: expect.stringMatching(/^not needed now; lacks AppRoleAssignment/),
    })
  })

  it('whose reads are refused fails it only where an app is named, or is all there is', async () => {
    const { offboard } = await forThisTest(openWorld({ scenario: 'graph-denied' }))
    const unasked = await offboard('doctor')
    expect(unasked.exitCode).toBe(0)
    expect(checkOf(unasked, acts.read)).toMatchObject({
      ok: 'ok',
      detail: expect.stringMatching(/^not needed now; lacks Application\.Read\.All.*"not checked"/),
    })
    for (const options of [app, ['--platform', 'm365-api']]) {
      const outcome = await offboard('doctor', ...options)
      expect(outcome.exitCode).toBe(1)
      expect(checkOf(outcome, acts.read)).toMatchObject({
        ok: 'missing',
        detail: expect.stringContaining('Application.Read.All'),
      })
    }
  })

  it.each([
    ['OFFBOARD_GRAPH_TOKEN', 'OFFBOARD_GRAPH_TOKEN is not set'],
    ['OFFBOARD_GRAPH_URL', 'OFFBOARD_GRAPH_URL is not set'],
  ])('that is not set up (%s) is not checked, and missing where an app is named', async (name, said) => {
    const { offboard, env } = await forThisTest(openWorld())
    delete env[name]
    const unasked = await offboard('doctor')
    expect(unasked.exitCode).toBe(0)
    expect(checkOf(unasked, 'Microsoft Graph')).toMatchObject({
      ok: 'unknown',
      detail: expect.stringMatching(new RegExp(`^not checked: ${said}`)),
      remedy: expect.stringContaining(name),
    })
    const outcome = await offboard('doctor', ...app)
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Microsoft Graph')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining(said),
    })
  })

  it('of another tenant than the one asked for fails it', async () => {
    const { offboard, tenantId } = await forThisTest(openWorld({ scenario: 'wrong-directory' }))
    const outcome = await offboard('doctor', ...app)
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Directory')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining(tenantId),
    })
  })
})

describe("the vendor's API", () => {
  it('is not looked at without a token', async () => {
    const { offboard } = await forThisTest(openWorld())
    expect([...checksOf(await offboard('doctor')).keys()]).not.toContain("Vendor's API")
  })

  it('is told with its region, and is missing where that is another', async () => {
    const { offboard } = await forThisTest(openWorld({ xray: true }))
    const fits = await offboard('doctor', '--region', 'eu')
    expect(checkOf(fits, "Vendor's API")).toMatchObject({ ok: 'ok', detail: expect.stringMatching(/, EU$/) })
    const other = await offboard('doctor', '--region', 'us')
    expect(checkOf(other, "Vendor's API")).toMatchObject({ ok: 'missing', remedy: 'Give --region eu.' })
  })

  it('that refuses is told, and does not fail it', async () => {
    const { offboard, env } = await forThisTest(openWorld({ xray: true }))
    env.OFFBOARD_XRAY_TOKEN = 'canary-of-the-vendor'
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, "Vendor's API")).toMatchObject({
      ok: 'unknown',
      detail: expect.stringContaining('401'),
    })
    expect(outcome.stdout + outcome.stderr).not.toContain('canary-of-the-vendor')
  })

  it('with a token and no organization ends with 64, before anything is sent', async () => {
    const { offboard, env, show } = await forThisTest(openWorld({ xray: true }))
    delete env.OFFBOARD_XRAY_ORGANIZATION
    const { requests } = await show()
    for (const command of [['doctor'], ['plan', '--platform', 'm365-inline', '--region', 'eu']]) {
      const outcome = await offboard(...command)
      expect(outcome.exitCode).toBe(64)
      expect(outcome.stderr).toContain('OFFBOARD_XRAY_ORGANIZATION')
    }
    expect((await show()).requests).toBe(requests)
  })
})
