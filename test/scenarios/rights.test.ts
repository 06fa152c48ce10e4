import { describe, expect, test } from 'vitest'
import { appScenarios } from '../../src/sandbox/scenarios/apps.ts'
import { consoleScenarios } from '../../src/sandbox/scenarios/console.ts'
import { googleScenarios } from '../../src/sandbox/scenarios/google.ts'
import { scenarios } from '../../src/sandbox/scenarios/index.ts'
import { otherScenarios } from '../../src/sandbox/scenarios/other.ts'
import { openWorld, outcomes, planOf } from '../support/world.ts'
import { differences, drain, inbound } from './expected.ts'

describe('the wrong tenant', () => {
  test.each(['run --dry-run', 'run --yes', 'plan', 'verify'])(
    'is refused, with what was asked for and what answered: %s',
    async (command) => {
      await using world = await openWorld({ scenario: 'wrong-tenant' })
      const run = await world.offboard(...command.split(' '), '--platform', 'm365-inline', '--region', 'eu')
      expect(run.exitCode).toBe(4)
      expect(run.summary.error?.message).toContain('fabrikam-other.onmicrosoft.com')
      expect(run.summary.error?.message).toContain(world.tenantId)
      expect((await world.show()).writes).toEqual([])
    },
  )
})

describe('a right that is missing', () => {
  test('to write: said by cmdlet, nothing further is done, and resume goes on once it is granted', async () => {
    await using world = await openWorld({ scenario: 'read-only' })
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode).toBe(1)
    expect(outcomes(run)[drain]).toBe('failed')
    expect(run.summary.error?.name).toBe('PermissionError')
    expect(run.summary.error?.message).toContain('Disable-TransportRule')
    expect(run.summary.error?.hint).toContain('offboard doctor')
    const { writes, writesDone } = await world.show()
    expect(writes.map(({ cmdlet }) => cmdlet)).toEqual(['Disable-TransportRule'])
    expect(writesDone).toBe(0)
    const roles = [
      'Transport Rules',
      'Remote and Accepted Domains',
      'Transport Hygiene',
      'View-Only Configuration',
    ]
    await world.control.act('set-roles', { roles })
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode, resumed.summary.error?.message).toBe(3)
    expect(Object.values(outcomes(resumed)).every((outcome) => outcome === 'verified')).toBe(true)
  })

  test('to delete connectors: what was done stays verified, and the rest is honest', async () => {
    await using world = await openWorld({ scenario: 'connectors-not-removable' })
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode).toBe(1)
    expect(run.summary.error?.message).toContain('Remove-InboundConnector')
    expect(outcomes(run)[inbound]).toBe('failed')
    expect(run.summary.guided[0]?.outcome).toBe('action-required')
  })

  test('to read what the plan needs: 5, with the reason, and no run is begun', async () => {
    await using world = await openWorld({ scenario: 'connectors-denied' })
    for (const mode of ['--dry-run', '--yes']) {
      const run = await world.run(mode)
      expect(run.exitCode).toBe(5)
      expect(run.summary.runId).toBeNull()
      const needed = planOf(run).unread.filter(({ required }) => required)
      expect(needed.map(({ kind }) => kind)).toEqual(['inbound-connector', 'outbound-connector'])
      for (const { reason } of needed) expect(reason).not.toBe('')
      expect(run.summary.next).toEqual(['offboard doctor --platform m365-inline --exchange rest'])
    }
  })

  test('to read in the last look: not proven, and a clean verify lifts it', async () => {
    await using world = await openWorld({ scenario: 'clean' })
    const first = await world.run('--yes')
    await world.offboard('confirm', first.summary.runId ?? '', 'vendor-console', '--by', 'Ada')
    await world.control.fail({ kind: 'denied', cmdlet: 'Get-InboundConnector', at: 2 })
    const run = await world.run('--yes')
    expect(run.exitCode).toBe(5)
    const id = run.summary.runId ?? ''
    await world.offboard('confirm', id, 'vendor-console', '--by', 'Ada')
    const shown = await world.offboard('history')
    const stands = shown.events.flatMap((event) => (event.type === 'history' ? event.runs : []))
    expect(stands.find((one) => one.id === id)?.outcome, 'a person’s word does not lift it').toBe(
      'unverified',
    )
    expect((await world.offboard('verify', id)).exitCode).toBe(0)
    expect((await world.offboard('resume', id)).exitCode).toBe(0)
  })

  test('for leftovers: "not checked", never "none", and no reason to stop', async () => {
    await using world = await openWorld({ scenario: 'leftovers-denied' })
    const dry = await world.run('--dry-run')
    expect(dry.exitCode).toBe(0)
    const { unread } = planOf(dry)
    expect(unread.length).toBeGreaterThan(0)
    expect(unread.some(({ required }) => required)).toBe(false)
  })
})

test('no scenario of the sandbox is forgotten', () => {
  const elsewhere = ['mixed-regions', 'other-region', 'address-ranges', 'wrong-tenant']
  const ofTheApp = [...Object.keys(appScenarios), ...Object.keys(consoleScenarios)]
  const ofOthers = [...Object.keys(googleScenarios), ...Object.keys(otherScenarios)]
  expect([...Object.keys(differences), ...elsewhere, ...ofTheApp, ...ofOthers].toSorted()).toEqual(
    Object.keys(scenarios).toSorted(),
  )
})
