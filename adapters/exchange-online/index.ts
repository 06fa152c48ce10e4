import type { Adapter, SystemReader } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import { RefusedError } from '../../src/model/errors.ts'
import type { Plan } from '../../src/model/plan.ts'
import { http } from './http.ts'
import { type AskedTenant, assertClaims, resolveAsked, tenantIdentity } from './identity.ts'
import { mailTrace } from './mail-trace.ts'
import type { PowerShellOptions } from './powershell/transport.ts'
import { type CmdletCheck, preflight } from './preflight.ts'
import { readableResources, writableResources } from './resources/bind.ts'
import { restTransport } from './rest/transport.ts'
import { bindSources } from './sources.ts'
import { tenantResolver } from './tenant-id.ts'
import { type ExchangeReader, exchangeReader, exchangeWriter, type Transport } from './transport.ts'

export interface ExchangeOnlineOptions {
  /** Root of Exchange Online, 'https://outlook.office365.com'. */
  readonly baseUrl: URL
  /** Root of the sign-in service, 'https://login.microsoftonline.com'. */
  readonly loginUrl: URL
  readonly tokens: TokenSource
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
  /** Reaches the service by Microsoft's module in a PowerShell process, and not over REST. */
  readonly powershell?: PowerShellOptions
  /** Told what the service warns of. */
  readonly onWarning?: (text: string) => void
}

interface ExchangeTenant {
  /** A GUID or a verified domain. */
  readonly asked: string
}

export interface ExchangeOnline extends Adapter<ExchangeTenant> {
  /** Which of the cmdlets the caller may run. Reads only. */
  preflight(tenant: ExchangeTenant, cmdlets: readonly string[]): Promise<readonly CmdletCheck[]>
}

const defaultTimeoutMs = 120_000

function warning(transport: Transport, onWarning: (text: string) => void): Transport {
  return {
    ...transport,
    async invoke(cmdlet, parameters) {
      const result = await transport.invoke(cmdlet, parameters)
      for (const text of result.warnings) onWarning(`${cmdlet}: ${text}`)
      return result
    },
  }
}

function assertApproved({ tenant }: Plan, identity: { readonly id: string; readonly name: string }): void {
  if (tenant.guid.toLowerCase() === identity.id) return
  throw new RefusedError({
    tried: 'open the tenant for writing',
    said: `the plan is for ${tenant.name} (${tenant.guid}), and the service is connected to ${identity.name} (${identity.id})`,
    hint: 'Nothing was changed. Make a plan for this tenant, or use the credential of the other one.',
  })
}

/** Exchange Online of a tenant, by PowerShell or over REST. It knows mail flow, and no vendor and no procedure. */
export function exchangeOnline(options: ExchangeOnlineOptions): ExchangeOnline {
  const { attempt, userAgent, tokens, baseUrl, loginUrl, onWarning = () => {} } = options
  const client = http({
    fetch: options.fetch ?? fetch,
    signal: options.signal,
    timeoutMs: options.requestTimeoutMs ?? defaultTimeoutMs,
  })
  const resolve = tenantResolver({ loginUrl, http: client, attempt, userAgent })

  let overPowerShell: Promise<(tenantId: string) => Transport> | undefined

  async function transports(powershell: PowerShellOptions): Promise<(tenantId: string) => Transport> {
    const { powershellTransports } = await import('./powershell/pool.ts')
    return powershellTransports({ ...powershell, baseUrl, tokens, attempt, signal: options.signal })
  }

  async function openTransport(tenantId: string): Promise<Transport> {
    if (options.powershell === undefined)
      return restTransport({ baseUrl, tenantId, tokens, http: client, attempt, userAgent })
    overPowerShell ??= transports(options.powershell)
    return (await overPowerShell)(tenantId)
  }

  async function connect(tenant: ExchangeTenant): Promise<{ asked: AskedTenant; transport: Transport }> {
    const asked = await resolveAsked(tenant.asked, resolve)
    const transport = await openTransport(asked.id)
    try {
      await assertClaims(transport, asked)
    } catch (error) {
      await transport.close()
      throw error
    }
    return { asked, transport: warning(transport, onWarning) }
  }

  function systemReader(reader: ExchangeReader, transport: Transport, asked: AskedTenant): SystemReader {
    return {
      resources: readableResources(reader),
      sources: bindSources(reader),
      mailTrace: mailTrace(reader),
      identity: () => tenantIdentity({ reader, transport, resolve, asked }),
      close: () => transport.close(),
    }
  }

  return {
    async open(tenant) {
      const { asked, transport } = await connect(tenant)
      return systemReader(exchangeReader(transport), transport, asked)
    },

    async openForWriting(tenant, { plan }) {
      const { asked, transport } = await connect(tenant)
      const writer = exchangeWriter(transport)
      const system = systemReader(writer, transport, asked)
      try {
        assertApproved(plan, await system.identity())
      } catch (error) {
        await system.close()
        throw error
      }
      return { ...system, resources: writableResources(writer) }
    },

    async preflight(tenant, cmdlets) {
      const { transport } = await connect(tenant)
      const reader = exchangeReader(transport)
      try {
        return await preflight({ reader, transport, cmdlets, onWarning })
      } finally {
        await transport.close()
      }
    },
  }
}
