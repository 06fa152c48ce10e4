import { textOf } from './json.ts'
import type { ExchangeReader, Transport } from './transport.ts'

/** Whether the caller may run a cmdlet; if not, the roles of which any would allow it. */
export interface CmdletCheck {
  readonly cmdlet: string
  readonly allowed: 'yes' | 'no' | 'unknown'
  readonly roles: readonly string[]
}

export interface PreflightOptions {
  readonly reader: ExchangeReader
  readonly transport: Transport
  /** Names of the cmdlets to ask about. */
  readonly cmdlets: readonly string[]
  /** Told why something could not be found out. */
  readonly onWarning: (text: string) => void
}

/** What cannot be found out is said and is no failure: the check goes on with what can. */
async function orUnknown<T>(
  read: () => Promise<T>,
  onWarning: (text: string) => void,
): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    onWarning(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

async function rolesWith(reader: ExchangeReader, cmdlet: string): Promise<readonly string[]> {
  const { items } = await reader.read('Get-ManagementRole', { Cmdlet: cmdlet })
  return [...new Set(items.flatMap((item) => textOf(item, 'Name') ?? []))].sort()
}

/** Asks the service which cmdlets the caller may run. Reads only: a right to write is shown without writing. */
export async function preflight(options: PreflightOptions): Promise<readonly CmdletCheck[]> {
  const { reader, transport, cmdlets, onWarning } = options
  const names = await orUnknown(() => transport.allowedCmdlets(), onWarning)
  const allowed = names && new Set([...names].map((name) => name.toLowerCase()))
  return Promise.all(
    cmdlets.map(async (cmdlet): Promise<CmdletCheck> => {
      if (allowed === undefined) return { cmdlet, allowed: 'unknown', roles: [] }
      if (allowed.has(cmdlet.toLowerCase())) return { cmdlet, allowed: 'yes', roles: [] }
      const roles = await orUnknown(() => rolesWith(reader, cmdlet), onWarning)
      return { cmdlet, allowed: 'no', roles: roles ?? [] }
    }),
  )
}
