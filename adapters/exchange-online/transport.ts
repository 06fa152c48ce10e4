import { InternalError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { type Cmdlet, isReadCmdlet, isWriteCmdlet, type ReadCmdlet, type WriteCmdlet } from './cmdlets.ts'

/** What a cmdlet answered, read to its last page. */
export interface CmdletResult {
  /** Objects whole, without the transport's own keys. */
  readonly items: readonly JsonObject[]
  readonly warnings: readonly string[]
}

/** A tenant id that a credential or a connection states of itself: 'access token', '3f2b…'. */
export interface TenantClaim {
  readonly by: string
  readonly tenantId: string
}

/** A way to run cmdlets in one tenant. Every transport gives the same results for the same tenant. */
export interface Transport {
  /**
   * Lists in parameters replace the whole list; an object `{Add, Remove}` changes it by difference.
   * Throws the errors of the family: a ServiceError means that the answer was lost.
   */
  invoke(cmdlet: Cmdlet, parameters: JsonObject): Promise<CmdletResult>
  claims(): Promise<readonly TenantClaim[]>
  /** Names of all cmdlets that the caller may run. */
  allowedCmdlets(): Promise<ReadonlySet<string>>
  close(): Promise<void>
}

/** Runs cmdlets that read. It has no way to write. */
export interface ExchangeReader {
  read(cmdlet: ReadCmdlet, parameters?: JsonObject): Promise<CmdletResult>
}

/** Runs cmdlets that read or write. The service is told not to ask back: who approves has approved before. */
export interface ExchangeWriter extends ExchangeReader {
  write(cmdlet: WriteCmdlet, parameters: JsonObject): Promise<CmdletResult>
}

function refuse(cmdlet: string, role: string): never {
  throw new InternalError({ tried: `run ${cmdlet}`, said: `a ${role} does not run it` })
}

export function exchangeReader(transport: Transport): ExchangeReader {
  return {
    async read(cmdlet, parameters = {}) {
      return isReadCmdlet(cmdlet) ? transport.invoke(cmdlet, parameters) : refuse(cmdlet, 'reader')
    },
  }
}

export function exchangeWriter(transport: Transport): ExchangeWriter {
  return {
    ...exchangeReader(transport),
    async write(cmdlet, parameters) {
      if (!isWriteCmdlet(cmdlet)) return refuse(cmdlet, 'writer')
      return transport.invoke(cmdlet, { ...parameters, Confirm: false })
    },
  }
}
