import type { Authority } from '../authority/open.ts'
import type { DnsProvider, DnsProviderReader, VersionedRecordSet } from '../providers/provider.ts'

/** Where the record sets of a run's domains are read, and who holds them. */
export interface ZonesOptions<Provider extends DnsProviderReader = DnsProviderReader> {
  readonly authority: Authority
  /** undefined: a person types the records. */
  readonly provider: Provider | undefined
  /** Whose record sets are read; asked anew each time. */
  readonly domains: () => Promise<readonly string[]>
  /** The zone that the operator named, for all domains. */
  readonly zone?: string
}

export interface Zones extends ZonesOptions {
  /** Sets as they were last listed, by the id of their object: what an edit rests on. */
  readonly listed: Map<string, VersionedRecordSet>
}

export interface WritableZones extends Zones {
  readonly provider: DnsProvider | undefined
}
