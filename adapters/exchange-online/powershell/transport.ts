import type { Attempt, Effect } from '../../../src/model/attempt.ts'
import type { AccessToken, TokenSource } from '../../../src/model/credentials.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { type Cmdlet, isReadCmdlet, isWriteCmdlet } from '../cmdlets.ts'
import { textOf } from '../json.ts'
import type { CmdletResult, Transport } from '../transport.ts'
import { type Connection, connect, tokenClaims } from './connection.ts'
import { localTimeoutMs, succeeded } from './engine.ts'
import { commandError } from './failure.ts'
import { oneByOne } from './one-by-one.ts'
import type { CommandAnswer } from './session.ts'

export interface PowerShellOptions {
  /** The path or name of the PowerShell program; `pwsh` by default. */
  readonly program?: string
  /** What the child inherits, without what looks like a secret. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface PowerShellTransportOptions extends PowerShellOptions {
  /** Root of Exchange Online, 'https://outlook.office365.com'. */
  readonly baseUrl: URL
  /** The tenant's GUID. */
  readonly tenantId: string
  readonly tokens: TokenSource
  readonly attempt: Attempt
  /** Ends the command that is under way. */
  readonly signal: AbortSignal
  /** The longest wait for a command, in milliseconds. The module repeats by itself what is throttled. */
  readonly timeoutMs?: number
  /** How long a process without work is kept, in milliseconds: the next command gets a new one. */
  readonly idleMs?: number
  readonly now?: () => Date
}

const defaultTimeoutMs = 300_000
const defaultIdleMs = 5 * 60_000

/** A connection whose token ends sooner gets no new command, if there is another token. */
const marginMs = 5 * 60_000

/** Parameters that are points in time. */
const dateParameters = new Set([
  'ActivationDate',
  'EndDate',
  'ExpiryDate',
  'LastValidationTimestamp',
  'StartDate',
])

function isDate(name: string, value: JsonObject[string]): boolean {
  return dateParameters.has(name) && typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

function resultOf(tried: string, { items, warnings, failure }: CommandAnswer): CmdletResult {
  if (failure !== undefined) throw commandError(tried, failure)
  return { items, warnings: [...new Set(warnings)] }
}

/**
 * Cmdlets by Microsoft's module in a PowerShell process of the tenant's own. The process is started when it is first
 * needed, and replaced when it has died, was idle for long, or its token is near its end; its tenant is compared each
 * time.
 */
export function powershellTransport(options: PowerShellTransportOptions): Transport {
  const { attempt, tokens, tenantId, program = 'pwsh', now = () => new Date() } = options
  const { timeoutMs = defaultTimeoutMs, idleMs = defaultIdleMs } = options
  const queue = oneByOne(idleMs, disconnect)
  let current: Connection | undefined

  async function disconnect(): Promise<void> {
    const connection = current
    current = undefined
    await connection?.close()
  }

  function isFresh({ expiresAt }: AccessToken): boolean {
    return expiresAt.getTime() - now().getTime() > marginMs
  }

  async function connected(): Promise<Connection> {
    if (current?.session.isAlive() && isFresh(current.token)) return current
    const token = await tokens.token()
    if (current?.session.isAlive() && current.token.value === token.value) return current
    await disconnect()
    current = await connect({ ...options, program, timeoutMs }, token)
    return current
  }

  async function run(cmdlet: Cmdlet, parameters: JsonObject, tried: string): Promise<CmdletResult> {
    const dates = Object.keys(parameters).filter((name) => isDate(name, parameters[name] ?? null))
    const { session } = await connected()
    return resultOf(tried, await session.run({ tried, timeoutMs, command: cmdlet, parameters, dates }))
  }

  /** Connecting may be repeated, whatever the command is that it is for. */
  async function connectFirst(): Promise<Connection> {
    return attempt('read', () => queue.run(connected))
  }

  return {
    async invoke(cmdlet, parameters) {
      const subject = textOf(parameters, 'Identity') ?? textOf(parameters, 'Name')
      const tried = subject === undefined ? `run ${cmdlet}` : `run ${cmdlet} on "${subject}"`
      const effect: Effect = isReadCmdlet(cmdlet) ? 'read' : 'write'
      if (effect === 'write') await connectFirst()
      return attempt(effect, () => queue.run(() => run(cmdlet, parameters, tried)))
    },

    async claims() {
      const own = tokenClaims(await tokens.token())
      // Nothing is sent to a tenant that was not asked for.
      if (own.some((claim) => claim.tenantId !== tenantId.toLowerCase())) return own
      return [...own, ...(await connectFirst()).claims]
    },

    async allowedCmdlets() {
      const tried = 'read which cmdlets the caller may run'
      const answer = await attempt('read', () =>
        queue.run(async () => {
          const { session } = await connected()
          const parameters = { CommandType: ['Function', 'Cmdlet'], ListImported: true }
          const select = ['Name']
          return session.run({ tried, timeoutMs: localTimeoutMs, command: 'Get-Command', parameters, select })
        }),
      )
      const imported = succeeded(tried, answer).flatMap((item) => textOf(item, 'Name') ?? [])
      return new Set(imported.filter((name) => isReadCmdlet(name) || isWriteCmdlet(name)))
    },

    close: () => queue.close(),
  }
}
