import { afterEach, describe, expect, it } from 'vitest'
import { PermissionError, ServiceError, TenantError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { TenantObject, WritableResource } from '../../../src/model/resource.ts'
import { createAttempt } from '../../../src/run/retry.ts'
import { googleVendor } from '../../../src/sandbox/google/account.ts'
import {
  type GoogleTestTenant,
  resourceIn,
  startGoogleTenant,
  vendorRule,
} from '../../../test/google/tenant.ts'
import type { GoogleOptions } from '../index.ts'

const open: GoogleTestTenant[] = []

afterEach(async () => {
  for (const tenant of open.splice(0)) await tenant[Symbol.asyncDispose]()
})

interface Started {
  readonly tenant: GoogleTestTenant
  readonly rules: WritableResource
  readonly rule: TenantObject
}

async function start(scenario: string, options: Partial<GoogleOptions> = {}): Promise<Started> {
  const tenant = await startGoogleTenant(scenario)
  open.push(tenant)
  const rules = resourceIn(await tenant.writer(options), 'compliance-rule')
  return { tenant, rules, rule: await vendorRule(rules) }
}

async function errorOf(act: Promise<unknown>): Promise<Error> {
  return act.then(
    () => {
      throw new TypeError('it was not refused')
    },
    (error) => error,
  )
}

/** The policies, the vendor's rule taken out of them. */
function withoutRule(policies: readonly JsonObject[]): unknown {
  const isTheirs = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && 'description' in value
      ? value.description === googleVendor.ruleName
      : false
  return JSON.parse(JSON.stringify(policies), (_key, value: unknown) =>
    Array.isArray(value) ? value.filter((entry: unknown) => !isTheirs(entry)) : value,
  )
}

/** What the sandbox keeps beside the rule has its state too. */
function compliance(policies: readonly JsonObject[]): readonly JsonObject[] {
  return policies.filter((policy) => JSON.stringify(policy).includes('gmail.content_compliance'))
}

describe('a rule that is removed', () => {
  it.each(['google-policy-writes', 'google-writes-slow'])(
    'is gone, and all other rules are byte for byte as before (%s)',
    async (scenario) => {
      const { tenant, rules, rule } = await start(scenario)
      const before = compliance(await tenant.policies())
      await rules.remove([rule])
      expect((await rules.list()).map(({ guid }) => guid)).not.toContain(rule.guid)
      expect(JSON.stringify(compliance(await tenant.policies()))).toBe(JSON.stringify(withoutRule(before)))
      expect(tenant.sent.filter(({ method }) => method !== 'GET')).toHaveLength(1)
    },
  )

  it('twice is a success, and so is one that somebody has deleted', async () => {
    const { tenant, rules, rule } = await start('google-policy-writes')
    await tenant.sandbox.control.act('delete-compliance-rule')
    await rules.remove([rule])
    await rules.remove([{ ...rule, guid: 'policies/none#x' }])
    expect(tenant.sent.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('takes along what the customer changed since it was listed', async () => {
    const { tenant, rules, rule } = await start('google-policy-writes')
    await tenant.sandbox.control.act('edit-compliance-rule')
    await tenant.sandbox.control.act('add-compliance-rule')
    const before = compliance(await tenant.policies())
    await rules.remove([rule])
    expect(compliance(await tenant.policies())).toEqual(withoutRule(before))
  })
})

describe('a policy of which the service loses something else', () => {
  it('is put back at once, and the error says what was lost', async () => {
    const { tenant, rules, rule } = await start('google-writes-drop')
    const before = await tenant.policies()
    const error = await errorOf(rules.remove([rule]))
    expect(error).toBeInstanceOf(TenantError)
    expect(error.message).toContain('contentComplianceRules.0.consequence: {')
    expect(error.message).toContain('became nothing')
    expect(error.message).toContain('a read shows it as it was before')
    expect(compliance(await tenant.policies())).toEqual(compliance(before))
  })

  it('even when the run is interrupted in between', async () => {
    const stop = new AbortController()
    const tenant = await startGoogleTenant('google-writes-drop')
    open.push(tenant)
    const attempt = createAttempt({ clock: tenant.clock, signal: stop.signal })
    const rules = resourceIn(
      await tenant.writer({
        attempt,
        async fetch(input, init) {
          const answer = await fetch(input, init)
          if (init?.method === 'PATCH') stop.abort(new Error('stopped'))
          return answer
        },
      }),
      'compliance-rule',
    )
    const before = compliance(await tenant.policies())
    const error = await errorOf(rules.remove([await vendorRule(rules)]))
    expect(error.message).toContain('a read shows it as it was before')
    expect(compliance(await tenant.policies())).toEqual(before)
  })

  it('and that does not come back as it was is said loudly', async () => {
    const { rules, rule } = await start('google-writes-keep-dropping')
    const error = await errorOf(rules.remove([rule]))
    expect(error).toBeInstanceOf(TenantError)
    expect(error.message).toContain('NOT')
  })

  it('and that cannot be written again is said loudly', async () => {
    const { tenant, rules, rule } = await start('google-writes-drop')
    await tenant.sandbox.control.fail({ kind: 'outage', cmdlet: 'PATCH policies', at: 2 })
    expect((await errorOf(rules.remove([rule]))).message).toContain('could NOT be put back')
  })
})

describe('a policy that the service does not write', () => {
  it.each([
    ['google-default', '400 INVALID_ARGUMENT'],
    ['google-writes-unimplemented', '501 UNIMPLEMENTED'],
    ['google-writes-denied', '403 PERMISSION_DENIED'],
    ['google-writes-fail', 'Error(7016)'],
  ])('is as it was, and the error has the words of the service (%s)', async (scenario, said) => {
    const { tenant, rules, rule } = await start(scenario)
    const before = await tenant.policies()
    const error = await errorOf(rules.remove([rule]))
    expect(error).toBeInstanceOf(PermissionError)
    expect(error.message).toContain(said)
    expect(await tenant.policies()).toEqual(before)
    expect(tenant.sent.filter(({ method }) => method !== 'GET')).toHaveLength(1)
  })

  it('is not written either when characters of it are shown as HTML', async () => {
    const { tenant, rules, rule } = await start('google-policy-writes')
    await tenant.sandbox.control.act('add-compliance-rule', { name: 'Finance &amp; law' })
    expect(await errorOf(rules.remove([rule]))).toBeInstanceOf(PermissionError)
    expect(tenant.sent.filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

describe('a write in doubt', () => {
  it('whose answer is lost is looked up', async () => {
    const { tenant, rules, rule } = await start('google-policy-writes')
    await tenant.sandbox.control.fail({ kind: 'lost-answer', cmdlet: 'PATCH policies' })
    await rules.remove([rule])
    expect((await rules.list()).map(({ guid }) => guid)).not.toContain(rule.guid)
  })

  it('whose answer is lost is undone when something else changed', async () => {
    const { tenant, rules, rule } = await start('google-writes-drop')
    const before = compliance(await tenant.policies())
    await tenant.sandbox.control.fail({ kind: 'lost-answer', cmdlet: 'PATCH policies' })
    expect(await errorOf(rules.remove([rule]))).toBeInstanceOf(TenantError)
    expect(compliance(await tenant.policies())).toEqual(before)
  })

  it.each(['outage', 'ignored-write'] as const)('(%s) that shows nothing stays in doubt', async (kind) => {
    const { tenant, rules, rule } = await start('google-policy-writes')
    await tenant.sandbox.control.fail({ kind, cmdlet: 'PATCH policies' })
    expect(await errorOf(rules.remove([rule]))).toBeInstanceOf(ServiceError)
  })

  it('that shows late is waited for', async () => {
    const { tenant, rules, rule } = await start('google-policy-writes')
    await tenant.sandbox.control.fail({ kind: 'stale-reads', cmdlet: 'PATCH policies' })
    await rules.remove([rule])
    expect((await rules.list()).map(({ guid }) => guid)).not.toContain(rule.guid)
  })
})

describe('a rule that is put back', () => {
  function callsOf({ rules, rule }: Started) {
    const calls = rules.rebuild(rule)
    if ('notRebuildable' in calls) throw new TypeError(calls.notRebuildable.join())
    return calls
  }

  it('is as it was but switched off, before it is there; and the others are as they were', async () => {
    const started = await start('google-policy-writes')
    const { tenant, rules, rule } = started
    const calls = callsOf(started)
    await rules.remove([rule])
    const between = compliance(await tenant.policies())
    const seen: unknown[] = []
    const watching = resourceIn(
      await tenant.writer({
        async fetch(input, init) {
          const answer = await fetch(input, init)
          if (init?.method === 'PATCH')
            seen.push(JSON.stringify(await tenant.policies()).includes(googleVendor.ruleName))
          return answer
        },
      }),
      'compliance-rule',
    )
    await watching.create(calls)
    expect(seen).toEqual([false, true])
    await rules.create(calls)
    const back = await vendorRule(rules)
    expect(rules.writable(back)).toEqual({ ...rules.writable(rule), state: 'disabled' })
    expect(withoutRule(compliance(await tenant.policies()))).toEqual(between)
    expect(await tenant.writes()).toEqual(['PATCH policies', 'PATCH policies', 'PATCH policies'])
    await rules.edit({ guid: '', name: rule.name }, [
      { kind: 'set', property: 'state', from: 'disabled', to: 'enabled' },
    ])
    expect(rules.writable(await vendorRule(rules))).toEqual(rules.writable(rule))
  })

  it('is not made when it cannot be switched off first', async () => {
    const started = await start('google-policy-writes')
    const { tenant, rules, rule } = started
    await rules.remove([rule])
    const between = await tenant.policies()
    await tenant.sandbox.control.act('set-policy-writes', { to: 'refused' })
    await expect(rules.create(callsOf(started))).rejects.toBeInstanceOf(PermissionError)
    expect(await tenant.policies()).toEqual(between)
  })
})
