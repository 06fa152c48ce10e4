import { describe, expect, it } from 'vitest'
import { PermissionError } from '../../src/model/errors.ts'
import { resourceOf, startTestTenant } from '../../test/support/exchange-tenant.ts'

const asked = { asked: 'contoso.com' }

describe('a tenant', () => {
  it('with 1,300 rules is read over all pages, in order', async () => {
    await using tenant = await startTestTenant({ scenario: 'many-rules' })
    const reader = await tenant.adapter().open(asked)
    const rules = (await reader.resources.get('transport-rule')?.list()) ?? []
    expect(rules.map(({ properties }) => properties.Priority)).toEqual(
      Array.from({ length: 1300 }, (_, n) => n),
    )
    expect(new Set(rules.map(({ guid }) => guid)).size).toBe(1300)
    expect((await tenant.sandbox.control.show()).counts['Get-TransportRule']).toBe(2)
  })

  it('with hostile names loses and gets back exactly the rule that is meant', async () => {
    await using tenant = await startTestTenant({ scenario: 'hostile-names' })
    const rules = resourceOf(await tenant.writer(), 'transport-rule')
    const before = await rules.list()
    const star = before.findIndex(({ name }) => name === '*')
    const rule = before[star]
    const calls = rule && rules.rebuild(rule)
    if (rule === undefined || calls === undefined || 'notRebuildable' in calls) throw new Error('no rule "*"')
    await rules.remove([rule])
    const left = await rules.list()
    expect(left.map(({ guid }) => guid)).toEqual(before.filter((one) => one !== rule).map(({ guid }) => guid))
    await rules.create(calls.map((call) => rules.place?.(call, star) ?? call))
    await rules.edit({ guid: '', name: '*' }, [
      { kind: 'set', property: 'State', from: 'Disabled', to: 'Enabled' },
    ])
    expect((await rules.list()).map(rules.writable)).toEqual(before.map(rules.writable))
  })

  it.each([
    ['unknown-condition', 'ContentMatchesPrompt'],
    ['old-dlp-condition', 'MessageContainsDataClassifications'],
    ['redacted-text', 'hidden the content of its property HeaderContainsWords'],
  ])('with a rule that cannot come back says why: %s', async (scenario, reason) => {
    await using tenant = await startTestTenant({ scenario })
    const reader = await tenant.adapter().open(asked)
    const resource = reader.resources.get('transport-rule')
    const reasons = (await resource?.list())?.flatMap((rule) => {
      const rebuilt = resource?.rebuild(rule) ?? []
      return 'notRebuildable' in rebuilt ? rebuilt.notRebuildable : []
    })
    expect(reasons).toEqual([expect.stringContaining(reason)])
  })
})

describe('a caller', () => {
  it('who may not read the trace, or connectors, is told so and never "none"', async () => {
    await using trace = await startTestTenant({ scenario: 'trace-denied' })
    const reader = await trace.adapter().open(asked)
    await expect(reader.mailTrace?.messages(new Date(0), new Date(), [])).rejects.toBeInstanceOf(
      PermissionError,
    )
    await using connectors = await startTestTenant({ scenario: 'connectors-denied' })
    const other = await connectors.adapter().open(asked)
    await expect(other.resources.get('outbound-connector')?.list()).rejects.toBeInstanceOf(PermissionError)
  })

  it('who may only read learns from a preflight which role is missing, without writing', async () => {
    await using tenant = await startTestTenant({ scenario: 'read-only' })
    const cmdlets = ['Get-TransportRule', 'Remove-TransportRule', 'Remove-OutboundConnector']
    expect(await tenant.adapter().preflight(asked, cmdlets)).toEqual([
      { cmdlet: 'Get-TransportRule', allowed: 'yes', roles: [] },
      { cmdlet: 'Remove-TransportRule', allowed: 'no', roles: ['Transport Rules'] },
      { cmdlet: 'Remove-OutboundConnector', allowed: 'no', roles: ['Remote and Accepted Domains'] },
    ])
    expect((await tenant.sandbox.control.show()).writes).toEqual([])
  })
})
