import { RefusedError } from '../../../src/model/errors.ts'
import type { DelegatedZone } from '../authority/delegation.ts'
import type { Authority, ServerSerial } from '../authority/open.ts'
import type { DnsProvider, DnsProviderReader } from './provider.ts'

export interface LiveCopyOptions {
  readonly authority: Authority
  /** The serial of the provider's copy, where it is a server that can be asked. */
  serial?(zone: string): Promise<ServerSerial | undefined>
}

/** Tells whether a provider's copy of a zone is the one that the world is led to. */
export interface LiveCopy {
  /** Throws a RefusedError when it is another, or one that is behind. */
  check(zone: DelegatedZone, serials: readonly ServerSerial[]): Promise<void>
}

const hint =
  'Nothing was changed. Use the account or server that holds the zone in use, or move the zone there.'

/** Whether a serial number comes before another one (RFC 1982). */
function isBehind(serial: number, other: number): boolean {
  const ahead = (other - serial) >>> 0
  return ahead > 0 && ahead < 2 ** 31
}

function listed(names: Iterable<string>): string {
  return [...names].toSorted().join(', ') || 'none'
}

function checkServers(tried: string, given: readonly string[] | undefined, zone: DelegatedZone): void {
  const delegated = new Set(zone.servers.map(({ name }) => name))
  const own = new Set(given ?? delegated)
  if (own.size === delegated.size && [...own].every((name) => delegated.has(name))) return
  throw new RefusedError({
    tried,
    said: `its name servers are ${listed(own)}, and the zone is delegated to ${listed(delegated)}`,
    hint,
  })
}

function checkSerial(tried: string, own: ServerSerial, served: readonly ServerSerial[]): void {
  const { serial } = own
  if (serial === undefined)
    throw new RefusedError({ tried, said: `its serial was not read: ${own.reason ?? 'no answer'}`, hint })
  const ahead = served.find((server) => server.serial !== undefined && isBehind(serial, server.serial))
  if (ahead === undefined) return
  throw new RefusedError({
    tried,
    said: `its serial ${serial} is behind that of ${ahead.name} (${ahead.serial})`,
    hint,
  })
}

export function liveCopy(provider: DnsProviderReader, { serial }: LiveCopyOptions): LiveCopy {
  return {
    async check(zone, serials) {
      const tried = `compare the zone ${zone.name} at ${provider.id} with the one in use`
      const { nameServers } = await provider.zone(zone.name)
      checkServers(tried, nameServers, zone)
      const own = await serial?.(zone.name)
      if (own !== undefined) checkSerial(tried, own, serials)
    },
  }
}

/** Compares each zone before it is read for the first time, and before each write. */
function comparing<Reader extends DnsProviderReader>(provider: Reader, options: LiveCopyOptions) {
  const { authority } = options
  const { check } = liveCopy(provider, options)
  const compared = new Set<string>()

  async function compare(name: string): Promise<void> {
    const zone = await authority.zone(name, name)
    await check(zone, await authority.serials(zone))
    compared.add(name)
  }

  const reader: Pick<DnsProviderReader, 'read'> = {
    async read(key) {
      if (!compared.has(key.zone)) await compare(key.zone)
      return provider.read(key)
    },
  }
  return { compare, reader }
}

/** A provider whose copy of a zone is only believed when it is the one in use. */
export function liveReader(provider: DnsProviderReader, options: LiveCopyOptions): DnsProviderReader {
  return { ...provider, ...comparing(provider, options).reader }
}

/** The same, and compared again before each write. */
export function liveWriter(provider: DnsProvider, options: LiveCopyOptions): DnsProvider {
  const { compare, reader } = comparing(provider, options)
  return {
    ...provider,
    ...reader,
    async replace(current, next) {
      await compare(current.key.zone)
      await provider.replace(current, next)
    },
  }
}
