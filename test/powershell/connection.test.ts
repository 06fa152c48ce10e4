import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../src/config/temporary-folder.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import {
  NotFoundError,
  PermissionError,
  RefusedError,
  ServiceError,
  UsageError,
} from '../../src/model/errors.ts'
import { testEngines } from './engine.ts'
import { isRunning, type PowerShellTenant, startPowerShellTenant } from './tenant.ts'

const other = '11111111-2222-4333-8444-555555555555'

describe.each(await testEngines())('a connection, on $name,', (engine) => {
  let tenant: PowerShellTenant

  beforeEach(async () => {
    tenant = await startPowerShellTenant(engine)
  })

  afterEach(async () => {
    await tenant[Symbol.asyncDispose]()
  })

  const connects = () => tenant.calls().filter(({ command }) => command === 'Connect-ExchangeOnline').length

  /** Tokens one after the other, each with its end. */
  function tokensUntil(...ends: readonly Date[]): TokenSource {
    let next = 0
    return {
      async token() {
        const expiresAt = ends[Math.min(next, ends.length - 1)] ?? new Date(0)
        const { value } = await tenant.tokens.token()
        next += 1
        // What stands behind the third point is no part of the token's claims.
        return { value: `${value}${next}`, expiresAt }
      },
    }
  }

  describe('to a tenant', () => {
    it('says which it is for, by the token and by the connection', async () => {
      const { tenantId } = tenant.sandbox.endpoints
      expect(await tenant.transport().claims()).toEqual([
        { by: 'the access token', tenantId },
        { by: 'the PowerShell connection', tenantId },
      ])
    })

    it('that was not asked for is not made', async () => {
      const transport = tenant.transport({ tenantId: other })
      expect(await transport.claims()).toEqual([
        { by: 'the access token', tenantId: tenant.sandbox.endpoints.tenantId },
      ])
      await expect(transport.invoke('Get-TransportRule', {})).rejects.toBeInstanceOf(RefusedError)
      expect(tenant.calls()).toEqual([])
    })

    it('that turns out to be another is used for nothing', async () => {
      tenant.fail({ kind: 'other-tenant', at: -1 })
      const transport = tenant.transport()
      await expect(transport.claims()).rejects.toBeInstanceOf(RefusedError)
      await expect(
        transport.invoke('Remove-TransportRule', { Identity: 'x', Confirm: false }),
      ).rejects.toThrow(/PowerShell connection is for the tenant/)
      expect((await tenant.sandbox.control.show()).writes).toEqual([])
      expect(tenant.hasChildren()).toBe(false)
    })

    it('is compared again when it is made anew', async () => {
      const transport = tenant.transport()
      await transport.claims()
      tenant.fail({ kind: 'kill', command: 'Get-TransportRule' }, { kind: 'other-tenant', at: -1 })
      await expect(transport.invoke('Get-TransportRule', {})).rejects.toBeInstanceOf(ServiceError)
      const write = transport.invoke('Remove-TransportRule', { Identity: 'x', Confirm: false })
      await expect(write).rejects.toBeInstanceOf(RefusedError)
      expect((await tenant.sandbox.control.show()).writes).toEqual([])
    })

    it('may be tried again, whatever it is for', async () => {
      tenant.fail({ kind: 'exit-3', command: 'Connect-ExchangeOnline' })
      const transport = tenant.transport({
        attempt: (effect, request) => (effect === 'read' ? request().catch(request) : request()),
      })
      const write = transport.invoke('Remove-TransportRule', { Identity: 'x', Confirm: false })
      await expect(write).rejects.toBeInstanceOf(NotFoundError)
      expect(connects()).toBe(2)
    })

    it('at an endpoint that PowerShell cannot be led to is refused', async () => {
      const transport = tenant.transport({ baseUrl: new URL('https://proxy.example') })
      await expect(transport.claims()).rejects.toBeInstanceOf(UsageError)
    })
  })

  describe('that nobody uses', () => {
    it('is ended after a while, and made anew for the next command', async () => {
      const transport = tenant.transport({ idleMs: 300 })
      await transport.invoke('Get-InboundConnector', {})
      await vi.waitFor(() => expect(tenant.hasChildren()).toBe(false), 5000)
      await transport.invoke('Get-InboundConnector', {})
      expect(connects()).toBe(2)
      expect(tenant.calls().map(({ command }) => command)).toContain('Disconnect-ExchangeOnline')
    })

    it('is kept while it has work, however long that takes', async () => {
      const transport = tenant.transport({ idleMs: 20 })
      const all = ['Get-InboundConnector', 'Get-TransportRule', 'Get-OutboundConnector'] as const
      await Promise.all(all.map((cmdlet) => transport.invoke(cmdlet, {})))
      expect(connects()).toBe(1)
    })

    it('is shared by all who work on the tenant, until the last of them is done', async () => {
      const { tenantId } = tenant.sandbox.endpoints
      const open = tenant.opener()
      const [reader, writer] = [open(tenantId), open(tenantId)]
      await reader.invoke('Get-InboundConnector', {})
      await writer.invoke('Get-InboundConnector', {})
      await reader.close()
      await reader.close()
      expect(tenant.hasChildren()).toBe(true)
      await writer.invoke('Get-InboundConnector', {})
      expect(connects()).toBe(1)
      await writer.close()
      expect(tenant.hasChildren()).toBe(false)
    })
  })

  describe('that holds a token', () => {
    const hour = 3_600_000

    it('is used until shortly before its end', async () => {
      const start = Date.now()
      let now = start
      const tokens = tokensUntil(new Date(start + hour), new Date(start + 2 * hour))
      const transport = tenant.transport({ tokens, now: () => new Date(now) })
      await transport.invoke('Get-InboundConnector', {})
      now = start + 54 * 60_000
      await transport.invoke('Get-InboundConnector', {})
      expect(connects()).toBe(1)
      now = start + 56 * 60_000
      await transport.invoke('Get-InboundConnector', {})
      expect(connects()).toBe(2)
      expect(new Set(tenant.calls().map(({ pid }) => pid)).size).toBe(2)
    })

    it('is used to its end when there is no other token', async () => {
      const { value } = await tenant.tokens.token()
      const tokens = { token: async () => ({ value, expiresAt: new Date() }) }
      const transport = tenant.transport({ tokens })
      await transport.invoke('Get-InboundConnector', {})
      await transport.invoke('Get-InboundConnector', {})
      expect(connects()).toBe(1)
    })
  })

  describe('shows its token', () => {
    it('on no command line, in no history and in no environment of what it runs', async () => {
      const { value } = await tenant.tokens.token()
      const transport = tenant.transport()
      await transport.claims()
      const [call] = tenant.calls()
      expect(isRunning(call?.pid ?? 0)).toBe(true)
      expect(execFileSync('ps', ['-A', '-ww', '-o', 'args'], { encoding: 'utf8' })).not.toContain(value)
      if (process.platform === 'linux')
        expect(readFileSync(`/proc/${call?.pid}/cmdline`, 'utf8')).not.toContain(value)
      tenant.fail({ kind: 'show', command: 'Get-TransportRule' })
      const { warnings } = await transport.invoke('Get-TransportRule', {})
      const [history = '', environment = ''] = warnings
      expect(environment).toMatch(/^environment [\s\S]*\bPATH=/)
      expect(history).toMatch(/^history /)
      const sent = [...history.matchAll(/'([A-Za-z0-9+/=]{40,})'/g)].map(([, text = '']) =>
        Buffer.from(text, 'base64').toString('utf8'),
      )
      expect(sent.join('\n')).toContain('Connect-ExchangeOnline')
      for (const text of [history, environment, ...sent]) {
        expect(text).not.toContain(value)
        expect(text).not.toContain('[token]')
      }
    })

    it('in no error, whoever repeats it', async () => {
      const { value } = await tenant.tokens.token()
      tenant.fail(
        { kind: 'leak', command: 'Connect-ExchangeOnline' },
        { kind: 'leak', command: 'Get-TransportRule' },
        { kind: 'leak-and-exit', command: 'Get-TransportRule' },
      )
      const transport = tenant.transport()
      for (let turn = 0; turn < 3; turn += 1) {
        const error: unknown = await transport
          .invoke('Get-TransportRule', {})
          .catch((cause: unknown) => cause)
        expect(error).toBeInstanceOf(Error)
        expect(String(error)).toContain('you sent [token]')
        expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(value)
      }
    })
  })

  describe('runs', () => {
    it('no cmdlet that the caller may not run', async () => {
      await using limited = await startPowerShellTenant(engine, { scenario: 'connectors-not-removable' })
      const transport = limited.transport()
      const allowed = await transport.allowedCmdlets()
      expect(allowed).toContain('Remove-TransportRule')
      expect(allowed).not.toContain('Remove-InboundConnector')
      const removal = transport.invoke('Remove-InboundConnector', { Identity: 'x', Confirm: false })
      await expect(removal).rejects.toBeInstanceOf(PermissionError)
      expect((await limited.sandbox.control.show()).writes).toEqual([])
    })

    it('no cmdlet of another module that has the same name', async () => {
      await using limited = await startPowerShellTenant(engine, { scenario: 'connectors-not-removable' })
      using folder = temporaryFolder()
      mkdirSync(join(folder.path, 'Trap'))
      folder.write('Trap/Trap.psm1', 'function Remove-InboundConnector { "trapped" }')
      const PSModulePath = [limited.environment.PSModulePath, folder.path].join(delimiter)
      const transport = limited.transport({ environment: { ...limited.environment, PSModulePath } })
      const removal = transport.invoke('Remove-InboundConnector', { Identity: 'x', Confirm: false })
      await expect(removal).rejects.toBeInstanceOf(PermissionError)
    })
  })
})
