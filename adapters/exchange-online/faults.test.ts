import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PermissionError, ServiceError, ThrottledError } from '../../src/model/errors.ts'
import type { FaultKind } from '../../src/sandbox/faults.ts'
import {
  approvalFor,
  resourceOf,
  startTestTenant,
  type TestTenant,
} from '../../test/support/exchange-tenant.ts'

let tenant: TestTenant

beforeEach(async () => {
  tenant = await startTestTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

const contoso = { asked: 'contoso.onmicrosoft.com' }

type Outcome = 'fails' | 'is done'
type FaultCase = readonly [FaultKind, new (...given: never[]) => Error, Outcome]

describe('a fault', () => {
  const reads: readonly FaultCase[] = [
    ['throttle', ThrottledError, 'fails'],
    ['outage', ServiceError, 'fails'],
    ['lost-answer', ServiceError, 'fails'],
    ['denied', PermissionError, 'fails'],
    ['empty-body', ServiceError, 'fails'],
    ['hang', ServiceError, 'fails'],
  ]
  it.each(reads)('of a read is never "no objects": %s', async (kind, error) => {
    const reader = await tenant.adapter({ requestTimeoutMs: 300 }).open(contoso)
    await tenant.sandbox.control.fail({ kind, cmdlet: 'Get-TransportRule' })
    await expect(reader.resources.get('transport-rule')?.list()).rejects.toBeInstanceOf(error)
  })

  const writes: readonly FaultCase[] = [
    ['throttle', ThrottledError, 'fails'],
    ['outage', ServiceError, 'fails'],
    ['lost-answer', ServiceError, 'is done'],
    ['denied', PermissionError, 'fails'],
    ['hang', ServiceError, 'is done'],
  ]
  it.each(writes)(
    'of a write is told apart by whether it may have been done: %s',
    async (kind, error, outcome) => {
      const approval = approvalFor(tenant.sandbox.endpoints.tenantId)
      const writer = await tenant.adapter({ requestTimeoutMs: 300 }).openForWriting(contoso, approval)
      const rules = resourceOf(writer, 'transport-rule')
      const [rule, ...others] = await rules.list()
      if (rule === undefined) throw new Error('no rule')
      await tenant.sandbox.control.fail({ kind, cmdlet: 'Remove-TransportRule' })
      await expect(rules.remove([rule])).rejects.toBeInstanceOf(error)
      expect(await rules.list()).toHaveLength(others.length + (outcome === 'fails' ? 1 : 0))
      await rules.remove([rule])
      expect((await rules.list()).map(({ guid }) => guid)).not.toContain(rule.guid)
    },
  )

  it('that empties the answer of a write leaves it a success', async () => {
    const rules = resourceOf(await tenant.writer(), 'transport-rule')
    const [rule] = await rules.list()
    if (rule === undefined) throw new Error('no rule')
    await tenant.sandbox.control.fail({ kind: 'empty-body', cmdlet: 'Disable-TransportRule' })
    await rules.edit(rule, [{ kind: 'set', property: 'State', from: 'Enabled', to: 'Disabled' }])
    expect((await rules.list())[0]?.properties.State).toBe('Disabled')
  })

  it('tells how long to wait', async () => {
    const reader = await tenant.adapter().open(contoso)
    await tenant.sandbox.control.fail({ kind: 'throttle', cmdlet: 'Get-InboundConnector' })
    await expect(reader.resources.get('inbound-connector')?.list()).rejects.toMatchObject({
      retryAfterMs: 1000,
    })
  })

  it('of a source is its own: the others are read', async () => {
    const reader = await tenant.adapter().open(contoso)
    await tenant.sandbox.control.fail({ kind: 'denied', cmdlet: 'Get-JournalRule' })
    await expect(reader.sources.get('journal-rule')?.list()).rejects.toBeInstanceOf(PermissionError)
    expect(await reader.sources.get('arc-config')?.list()).toHaveLength(1)
  })
})

describe('an interrupt', () => {
  it('ends the request that is under way, whose answer is lost', async () => {
    const stop = new AbortController()
    const reader = await tenant.adapter({ signal: stop.signal }).open(contoso)
    await tenant.sandbox.control.fail({ kind: 'hang', cmdlet: 'Get-TransportRule' })
    const reading = reader.resources.get('transport-rule')?.list()
    setTimeout(() => stop.abort(new Error('stop')), 50)
    await expect(reading).rejects.toBeInstanceOf(ServiceError)
  })
})
