import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { testEngines } from './engine.ts'
import { isRunning, type PowerShellTenant, startPowerShellTenant } from './tenant.ts'

const transportUrl = new URL('../../adapters/exchange-online/powershell/transport.ts', import.meta.url).href

describe.each(await testEngines())('on $name, a process that does not close its transport', (engine) => {
  let tenant: PowerShellTenant
  let parent: ChildProcess

  beforeEach(async () => {
    tenant = await startPowerShellTenant(engine)
  })

  afterEach(async () => {
    parent.kill('SIGKILL')
    await tenant[Symbol.asyncDispose]()
  })

  /** Starts one that reads the rules once, says so, and then does what `script` says. */
  async function start(script: string): Promise<void> {
    const { endpoints } = tenant.sandbox
    const { value, expiresAt } = await tenant.tokens.token()
    const code = `
      import { powershellTransport } from ${JSON.stringify(transportUrl)}
      const transport = powershellTransport({
        program: ${JSON.stringify(engine.program)},
        environment: process.env,
        baseUrl: new URL(${JSON.stringify(endpoints.exchangeUrl)}),
        tenantId: ${JSON.stringify(endpoints.tenantId)},
        tokens: { token: async () => ({ value: ${JSON.stringify(value)}, expiresAt: new Date(${expiresAt.getTime()}) }) },
        attempt: (_, request) => request(),
        signal: new AbortController().signal,
      })
      const read = () => transport.invoke('Get-TransportRule', {})
      await read()
      process.send('read')
      ${script}
    `
    parent = spawn(process.execPath, ['--input-type=module', '-e', code], {
      env: tenant.environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await once(parent, 'message')
  }

  async function expectNoChildren(): Promise<void> {
    expect(tenant.calls().length).toBeGreaterThan(0)
    await vi.waitFor(() => expect(tenant.calls().filter(({ pid }) => isRunning(pid))).toEqual([]), 10_000)
  }

  it('leaves no child when it is killed in the middle of a command', async () => {
    tenant.fail({ kind: 'hang', command: 'Get-InboundConnector' })
    await start("await transport.invoke('Get-InboundConnector', {})")
    await vi.waitFor(() => expect(tenant.calls().at(-1)?.command).toBe('Get-InboundConnector'), 10_000)
    parent.kill('SIGKILL')
    await expectNoChildren()
  })

  it('leaves no child when it is killed between commands', async () => {
    await start('setInterval(() => {}, 1000)')
    parent.kill('SIGKILL')
    await expectNoChildren()
  })

  it('ends by itself, and so does its child', async () => {
    await start('process.disconnect()')
    const [code] = await once(parent, 'exit')
    expect(code).toBe(0)
    await expectNoChildren()
  })

  it('can be closed while a command is under way, which then has its answer', async () => {
    await start(`
      const [rules] = await Promise.all([read(), transport.close()])
      process.exitCode = rules.items.length
      process.disconnect()
    `)
    const [code] = await once(parent, 'exit')
    expect(code).toBe(12)
    await expectNoChildren()
  })
})
