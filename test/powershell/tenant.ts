import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { powershellTransports } from '../../adapters/exchange-online/powershell/pool.ts'
import type { PowerShellTransportOptions } from '../../adapters/exchange-online/powershell/transport.ts'
import type { Transport } from '../../adapters/exchange-online/transport.ts'
import { temporaryFolder } from '../../src/config/temporary-folder.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import type { SandboxOptions } from '../../src/sandbox/start.ts'
import { startTestTenant, type TestTenant } from '../support/exchange-tenant.ts'
import type { Engine } from './engine.ts'

/** What goes wrong in the stub module, as its `faults.ps1` says. */
export interface StubFault {
  readonly kind: string
  readonly command?: string
  readonly at?: number
  readonly when?: 'before' | 'after'
}

/** A call that the stub module was asked for. */
export interface StubCall {
  /** Of the child. */
  readonly pid: number
  readonly command: string
}

/** A sandbox tenant, and transports to it by PowerShell. Disposing of it throws when a process is left behind. */
export interface PowerShellTenant extends AsyncDisposable, Pick<TestTenant, 'sandbox' | 'adapter'> {
  readonly tokens: TokenSource
  /** What a child inherits, with the stub module to be found in it. */
  readonly environment: Readonly<Record<string, string | undefined>>
  transport(options?: Partial<PowerShellTransportOptions>): Transport
  /** Opens transports to tenants that share what they can. */
  opener(options?: Partial<PowerShellTransportOptions>): (tenantId: string) => Transport
  fail(...faults: readonly StubFault[]): void
  calls(): readonly StubCall[]
  /** Whether the process of any call is still there. */
  hasChildren(): boolean
}

const modules = join(import.meta.dirname, 'modules')

/** One token for all who ask, as long as it is valid. */
function kept(source: TokenSource): TokenSource {
  let token: ReturnType<TokenSource['token']> | undefined
  return {
    token() {
      token ??= source.token()
      return token
    },
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The calls that the stub module noted in its folder. */
export function callsIn(folder: string): readonly StubCall[] {
  const path = join(folder, 'calls.txt')
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [pid = '', command = ''] = line.split(' ')
    return { pid: Number(pid), command }
  })
}

/** What is to go wrong in the stub module with this folder. */
export function failIn(folder: string, faults: readonly StubFault[]): void {
  writeFileSync(join(folder, 'faults.json'), JSON.stringify(faults))
}

export async function startPowerShellTenant(
  engine: Engine,
  options: SandboxOptions = {},
): Promise<PowerShellTenant> {
  const tenant = await startTestTenant(options)
  const folder = temporaryFolder()
  const { endpoints } = tenant.sandbox
  const tokens = kept(tenant.tokens(endpoints.tenantId))
  const transports: Transport[] = []
  const environment = {
    ...process.env,
    HOME: folder.path,
    PSModulePath: modules,
    OFFBOARD_EXCHANGE_URL: endpoints.exchangeUrl,
    EXO_STUB_FOLDER: folder.path,
  }
  const calls = () => callsIn(folder.path)
  const hasChildren = () => calls().some(({ pid }) => isRunning(pid))
  function opener(given: Partial<PowerShellTransportOptions> = {}): (tenantId: string) => Transport {
    const open = powershellTransports({
      program: engine.program,
      environment,
      baseUrl: new URL(endpoints.exchangeUrl),
      tokens,
      attempt: (_effect, request) => request(),
      signal: new AbortController().signal,
      timeoutMs: 20_000,
      ...given,
    })
    return (tenantId) => {
      const transport = open(tenantId)
      transports.push(transport)
      return transport
    }
  }
  return {
    sandbox: tenant.sandbox,
    adapter: tenant.adapter,
    tokens,
    environment,
    opener,
    transport: ({ tenantId = endpoints.tenantId, ...given } = {}) => opener(given)(tenantId),
    fail: (...faults) => failIn(folder.path, faults),
    calls,
    hasChildren,
    async [Symbol.asyncDispose]() {
      await Promise.all(transports.map((transport) => transport.close()))
      if (hasChildren()) throw new Error('A PowerShell process was left behind.')
      await tenant[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
}
