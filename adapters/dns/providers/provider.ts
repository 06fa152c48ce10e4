import type { DnsProviderId } from '../../../src/model/words.ts'
import type { RecordSet, RecordSetKey } from '../record-set.ts'

/** A record set as it was read, with what tells whether it is still the same. */
export interface VersionedRecordSet extends RecordSet {
  /** The provider's own mark (an etag, ids, or the set itself); of use to `replace` alone. */
  readonly version: string
}

/** A zone as its provider has it. */
export interface ProvidedZone {
  readonly name: string
  /** Name servers that the provider gives it, lower case; undefined where it cannot tell. */
  readonly nameServers: readonly string[] | undefined
}

/** A zone's primary copy, open for reading. It has no way to write. */
export interface DnsProviderReader {
  readonly id: Exclude<DnsProviderId, 'manual'>
  /** Throws a NotFoundError when the account has no such zone, a PermissionError when it may not see it. */
  zone(name: string): Promise<ProvidedZone>
  read(key: RecordSetKey): Promise<VersionedRecordSet>
  close(): Promise<void>
}

/** A zone's primary copy, open for writing. Exists only inside a run with an approved plan. */
export interface DnsProvider extends DnsProviderReader {
  /**
   * Puts `next` in the place of a set that was read, whole, only if it is still that version: a ConflictError when it
   * is not, and then nothing was written. A lost answer is a ServiceError, and is never sent again from here.
   */
  replace(current: VersionedRecordSet, next: Pick<RecordSet, 'ttl' | 'values'>): Promise<void>
}
