import type { Attempt } from '../../../src/model/attempt.ts'
import type { ApprovedPlan } from '../../../src/model/plan.ts'
import type { ServerAddress } from '../wire/server-address.ts'
import type { DnsProvider, DnsProviderReader } from './provider.ts'
import { type Copy, copyAt } from './rfc2136/copy.ts'
import { failureError } from './rfc2136/failure.ts'
import { readKeyFile } from './rfc2136/key-file.ts'
import { checkMxHosts } from './rfc2136/mx-hosts.ts'
import { requireNsupdate, runNsupdate } from './rfc2136/nsupdate.ts'
import { difference, updateLines } from './rfc2136/update.ts'

export interface Rfc2136Options {
  /** The primary of the zones. */
  readonly server: ServerAddress
  /** The TSIG key, in BIND's key file format. */
  readonly keyFile: string
  /** Each query goes through it as a read, each update as a write. */
  readonly attempt: Attempt
  /** Ends what is under way. */
  readonly signal: AbortSignal
  /** The path or name of `nsupdate`. */
  readonly program?: string
  /** For one packet of a query, in milliseconds. 2 s by default. */
  readonly timeoutMs?: number
  /** The longest wait for the answer to an update, in milliseconds. 30 s by default. */
  readonly updateTimeoutMs?: number
}

export interface Rfc2136 {
  reader(): DnsProviderReader
  writer(approved: ApprovedPlan): DnsProvider
  /** Whether the key file and `nsupdate` can be used. Throws a UsageError; asks no server. */
  check(): Promise<void>
}

function readerOver(copy: Copy, { attempt }: Rfc2136Options): DnsProviderReader {
  return {
    id: 'rfc2136',
    zone: (name) => attempt('read', () => copy.zone(name)),
    read: (key) => attempt('read', () => copy.read(key)),
    async close() {},
  }
}

function writerOver(copy: Copy, options: Rfc2136Options): DnsProvider {
  const { server, keyFile, attempt, signal, program = 'nsupdate', updateTimeoutMs = 30_000 } = options
  return {
    ...readerOver(copy, options),
    async replace(current, next) {
      const { name, type } = current.key
      const lines = updateLines(server, current, next)
      if (lines.length === 0) return
      const { name: keyName } = await readKeyFile(keyFile)
      if (type === 'MX') {
        await attempt('read', () => checkMxHosts(copy, current.key, difference(current, next).added))
      }
      const tried = `replace the ${type} records of ${name} at ${server.address} with the key ${keyName}`
      const run = { program, keyFile, timeoutMs: updateTimeoutMs, signal }
      await attempt('write', async () => {
        const ended = await runNsupdate(lines, tried, run)
        if (ended.code !== 0) throw failureError(tried, ended)
      })
    },
  }
}

/**
 * Any server that takes dynamic updates (RFC 2136) signed by TSIG (RFC 8945). The prerequisites of an update make it
 * compare-and-swap: it is done only when all values of the set are still those that were read.
 */
export function openRfc2136(options: Rfc2136Options): Rfc2136 {
  const { server, keyFile, signal, program = 'nsupdate', timeoutMs = 2000 } = options
  const copy = copyAt(server, { timeoutMs, signal })
  return {
    reader: () => readerOver(copy, options),
    writer: (_approved) => writerOver(copy, options),
    async check() {
      await readKeyFile(keyFile)
      await requireNsupdate(program)
    },
  }
}
