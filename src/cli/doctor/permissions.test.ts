import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../test/support/world.ts'
import { checkOf, forThisTest, namesOf } from './test-doctor.ts'

const steps = [
  'May stop the redirect',
  'May remove the addresses from the allow list',
  'May delete the mail-flow rules',
  'May delete the connectors',
  'May put back',
]
const script = 'scripts/permissions/Grant-OffboardAccess.ps1'

describe('a role that is missing', () => {
  it('is named for each step, with the way to grant it, while a dry run is possible', async () => {
    const { offboard, show } = await forThisTest(openWorld({ scenario: 'read-only' }))
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.summary.outcome).toBe('failed')
    expect(namesOf(outcome, 'missing')).toEqual(steps)
    expect(checkOf(outcome, 'May read what a plan rests on').ok).toBe('ok')
    const roles = ['Transport Rules', 'Transport Hygiene', 'Transport Rules', 'Remote and Accepted Domains']
    for (const [index, role] of roles.entries()) {
      const { remedy } = checkOf(outcome, steps[index] ?? '')
      expect(remedy).toContain(`Grant the role "${role}", with `)
      expect(remedy).toContain(script)
      expect(remedy).toContain('docs/permissions.md')
    }
    for (const role of roles) expect(checkOf(outcome, 'May put back').remedy).toContain(role)
    expect((await show()).writes).toEqual([])
  })

  it('is told for what it keeps from being done, and nothing else', async () => {
    const { offboard } = await forThisTest(openWorld({ scenario: 'connectors-not-removable' }))
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual(['May delete the connectors'])
    expect(checkOf(outcome, 'May delete the connectors').detail).toBe(
      'may not run Remove-InboundConnector, Remove-OutboundConnector',
    )
  })

  it('is told where a plan could not be made', async () => {
    const { offboard } = await forThisTest(openWorld({ scenario: 'connectors-denied' }))
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual([
      'May read what a plan rests on',
      'May delete the connectors',
    ])
  })

  it('without which the tenant cannot be told is named, besides what failed', async () => {
    const { offboard, control } = await forThisTest(openWorld())
    await control.act('take-rights', { cmdlets: ['Get-AcceptedDomain'] })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(namesOf(outcome, 'missing')).toEqual(['Tenant', 'May read what a plan rests on'])
    expect(checkOf(outcome, 'May read what a plan rests on')).toMatchObject({
      detail: 'may not run Get-AcceptedDomain',
      remedy: expect.stringContaining('"View-Only Configuration"'),
    })
  })

  it('that only the message trace needs does not fail it', async () => {
    const { offboard } = await forThisTest(openWorld({ scenario: 'trace-denied' }))
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(namesOf(outcome, 'missing')).toEqual(['May read the message trace'])
    const { detail, remedy } = checkOf(outcome, 'May read the message trace')
    expect(detail).toMatch(/Get-MessageTraceV2.*ends with 5/)
    expect(remedy).toContain('"View-Only Recipients"')
  })

  it('that only leftovers need does not fail it', async () => {
    const { offboard } = await forThisTest(openWorld({ scenario: 'leftovers-denied' }))
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(namesOf(outcome, 'missing')).toEqual(['May look for leftovers'])
    expect(checkOf(outcome, 'May look for leftovers').detail).toMatch(/Get-JournalRule.*not checked/)
  })

  it('cannot be told when the service does not say: not proven', async () => {
    const { offboard, control } = await forThisTest(openWorld())
    await control.fail({ kind: 'denied', cmdlet: 'EXOModuleFile', times: 9 })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(5)
    expect(outcome.summary.outcome).toBe('unverified')
    expect(namesOf(outcome, 'unknown')).toEqual(expect.arrayContaining(['Permissions', ...steps]))
    expect(checkOf(outcome, 'Tenant').ok).toBe('ok')
    expect(outcome.events.some(({ type }) => type === 'warning')).toBe(true)
  })
})
