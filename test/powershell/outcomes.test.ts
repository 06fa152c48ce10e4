import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Transport } from '../../adapters/exchange-online/transport.ts'
import {
  InternalError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  ServiceError,
  ThrottledError,
} from '../../src/model/errors.ts'
import { testEngines } from './engine.ts'
import { type PowerShellTenant, startPowerShellTenant } from './tenant.ts'

type ErrorClass = new (...given: never[]) => OffboardError

describe.each(await testEngines())('on $name', (engine) => {
  let tenant: PowerShellTenant
  let transport: Transport

  beforeEach(async () => {
    tenant = await startPowerShellTenant(engine)
    transport = tenant.transport()
  })

  afterEach(async () => {
    await tenant[Symbol.asyncDispose]()
  })

  const read = () => transport.invoke('Get-TransportRule', { ResultSize: 'Unlimited' })

  async function failure(act: () => Promise<unknown>): Promise<unknown> {
    return act().then(
      () => 'no failure',
      (error: unknown) => error,
    )
  }

  describe('a command', () => {
    const said: readonly (readonly [string, ErrorClass, RegExp])[] = [
      ['terminating', ServiceError, /Something broke/],
      ['non-terminating', NotFoundError, /object 'X' couldn't be found/],
      ['continuing', NotFoundError, /object 'X' couldn't be found/],
      ['prompt', InternalError, /nobody can give/],
    ]
    it.each(said)('that fails says so, and the session goes on: %s', async (kind, error, text) => {
      tenant.fail({ kind, command: 'Get-TransportRule' })
      const found = await failure(read)
      expect(found).toBeInstanceOf(error)
      expect(String(found)).toMatch(text)
      expect((await read()).items).toHaveLength(12)
      expect(new Set(tenant.calls().map(({ pid }) => pid)).size).toBe(1)
    })

    it('that fails goes no further', async () => {
      const [rule] = (await read()).items
      tenant.fail({ kind: 'non-terminating', command: 'Remove-TransportRule' })
      const Identity = rule?.Guid ?? ''
      await failure(() => transport.invoke('Remove-TransportRule', { Identity, Confirm: false }))
      expect((await tenant.sandbox.control.show()).writes).toEqual([])
    })

    it('that warns keeps what it warns of', async () => {
      tenant.fail({ kind: 'warning', command: 'Get-TransportRule' })
      const { items, warnings } = await read()
      expect(items).toHaveLength(12)
      expect(warnings).toEqual(['Something is not as it should be.'])
    })

    it.each(['stderr', 'stdout'])('loses nothing to stray text on %s', async (kind) => {
      tenant.fail({ kind, command: 'Get-TransportRule' }, { kind, command: 'Disable-TransportRule' })
      const [rule] = (await read()).items
      await transport.invoke('Disable-TransportRule', { Identity: rule?.Guid ?? '', Confirm: false })
      expect((await read()).items[0]).toMatchObject({ Guid: rule?.Guid, State: 'Disabled' })
    })

    it('that is asked with a parameter that it does not have is a bug of ours', async () => {
      const found = await failure(() => transport.invoke('Get-TransportRule', { Nonsense: 1 }))
      expect(found).toBeInstanceOf(InternalError)
      expect(String(found)).toContain('Nonsense')
    })

    it('takes 1 MB', async () => {
      const Comments = 'é'.repeat(500_000)
      await failure(() => transport.invoke('New-TransportRule', { Name: 'big', Comments, Confirm: false }))
      expect((await tenant.sandbox.control.show()).writes.at(-1)?.parameters.Comments).toBe(Comments)
    })

    it('gives 5 MB', async () => {
      const { control } = tenant.sandbox
      const [rules, value] = [(await read()).items, 'ä '.repeat(850_000)]
      const names = rules.slice(0, 3).map(({ Name }) => Name ?? null)
      for (const name of names)
        await control.act('set', { kind: 'transport-rule', name, property: 'Comments', value })
      const comments = (await read()).items.filter(({ Comments }) => Comments === value)
      expect(comments.map(({ Name }) => Name)).toEqual(names)
    }, 60_000)
  })

  describe('a lost answer', () => {
    it.each([
      ['exit', /ended|cannot be read/],
      ['exit-0', /ended with exit code 0/],
      ['exit-3', /ended with exit code 3/],
      ['kill', /ended by SIGKILL/],
      ['break', /cannot be read/],
    ])('is one, and the next command gets a new process: %s', async (kind, said) => {
      await read()
      tenant.fail({ kind, command: 'Get-TransportRule' })
      const found = await failure(read)
      expect(found).toBeInstanceOf(ServiceError)
      expect(String(found)).toMatch(said)
      expect(tenant.hasChildren()).toBe(false)
      expect((await read()).items).toHaveLength(12)
      expect(new Set(tenant.calls().map(({ pid }) => pid)).size).toBe(2)
    })

    it('of a hung command comes when its time is over, and its process is gone', async () => {
      transport = tenant.transport({ timeoutMs: 1500 })
      await read()
      tenant.fail({ kind: 'hang', command: 'Get-TransportRule' })
      const found = await failure(read)
      expect(found).toBeInstanceOf(ServiceError)
      expect(String(found)).toContain('no answer within 1.5 s')
      await vi.waitFor(() => expect(tenant.hasChildren()).toBe(false), 1000)
      expect((await read()).items).toHaveLength(12)
    })

    it('of an interrupted command comes at once', async () => {
      const stop = new AbortController()
      transport = tenant.transport({ signal: stop.signal })
      await read()
      tenant.fail({ kind: 'hang', command: 'Get-TransportRule' })
      const reading = failure(read)
      setTimeout(() => stop.abort(), 200)
      expect(String(await reading)).toContain('interrupted')
      expect(await failure(read)).toBeInstanceOf(ServiceError)
    })

    it.each(['before', 'after'] as const)('of a write is told by a read alone: %s', async (when) => {
      const [rule] = (await read()).items
      const remove = () =>
        transport.invoke('Remove-TransportRule', { Identity: rule?.Guid ?? '', Confirm: false })
      tenant.fail({ kind: 'exit-0', command: 'Remove-TransportRule', when })
      expect(await failure(remove)).toBeInstanceOf(ServiceError)
      expect((await read()).items).toHaveLength(when === 'before' ? 12 : 11)
      expect((await tenant.sandbox.control.show()).writes).toHaveLength(when === 'before' ? 0 : 1)
    })

    it('leaves the commands that wait for their turn to a new process', async () => {
      await read()
      tenant.fail({ kind: 'kill', command: 'Get-InboundConnector' })
      const results = await Promise.allSettled([
        transport.invoke('Get-InboundConnector', {}),
        transport.invoke('Get-OutboundConnector', {}),
        transport.invoke('Get-TransportRule', {}),
      ])
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    })
  })

  describe('the service', () => {
    const answers: readonly (readonly ['throttle' | 'outage' | 'denied' | 'empty-body', ErrorClass])[] = [
      ['throttle', ThrottledError],
      ['outage', ServiceError],
      ['denied', PermissionError],
      ['empty-body', ServiceError],
    ]
    it.each(answers)('is understood when it says no: %s', async (kind, error) => {
      await tenant.sandbox.control.fail({ kind, cmdlet: 'Get-TransportRule' })
      expect(await failure(read)).toBeInstanceOf(error)
      expect((await read()).items).toHaveLength(12)
    })

    it('that refuses to connect is a missing permission', async () => {
      await tenant.sandbox.control.fail({ kind: 'denied', cmdlet: 'EXOModuleFile' })
      const found = await failure(read)
      expect(found).toBeInstanceOf(PermissionError)
      expect(String(found)).toContain('role assigned to application')
      expect(tenant.hasChildren()).toBe(false)
    })
  })
})
