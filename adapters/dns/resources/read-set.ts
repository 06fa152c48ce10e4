import { InternalError, InterruptedError, OffboardError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { agreement } from '../authority/agreement.ts'
import type { DelegatedZone } from '../authority/delegation.ts'
import type { ServerSet } from '../authority/open.ts'
import type { VersionedRecordSet } from '../providers/provider.ts'
import type { RecordType } from '../record-set.ts'
import { sortValues } from '../sort-values.ts'
import type { Zones } from './zones.ts'

interface Content {
  readonly state: 'answered' | 'unreadable'
  readonly ttl: number
  readonly values: readonly string[]
  readonly reason?: string
}

/** A set as its primary copy and its authoritative servers have it. */
export interface ReadSet {
  /** undefined when none was found. */
  readonly zone: DelegatedZone | undefined
  readonly servers: readonly ServerSet[]
  /** Of the provider's copy where there is one, else what all authoritative servers agree on. */
  readonly content: Content
  /** The provider's copy. */
  readonly copy: VersionedRecordSet | undefined
}

/**
 * Reads one set. What cannot be read is in the answer, with the reason, so that one domain that fails stops no other.
 * Rejects only with an InternalError and the signal's reason.
 */
export async function readSet(
  { authority, provider, zone: given }: Zones,
  domain: string,
  name: string,
  type: RecordType,
): Promise<ReadSet> {
  let zone: DelegatedZone | undefined
  let servers: readonly ServerSet[] = []
  try {
    zone = await authority.zone(domain, given)
    servers = await authority.read(zone, name, type)
    const copy = await provider?.read({ zone: zone.name, name, type })
    return { zone, servers, copy, content: copy === undefined ? agreed(servers) : copied(copy) }
  } catch (error) {
    if (!isOfTheDomain(error)) throw error
    return { zone, servers, copy: undefined, content: unreadable(error.message) }
  }
}

function isOfTheDomain(error: unknown): error is OffboardError {
  const concernsAll = error instanceof InternalError || error instanceof InterruptedError
  return error instanceof OffboardError && !concernsAll
}

function copied({ key, ttl, values }: VersionedRecordSet): Content {
  return { state: 'answered', ttl, values: sortValues(key.type, values) }
}

function agreed(servers: readonly ServerSet[]): Content {
  const { state, ttl, values, reason = '' } = agreement(servers)
  return state === 'answered' ? { state, ttl, values } : unreadable(reason)
}

function unreadable(reason: string): Content {
  return { state: 'unreadable', ttl: 0, values: [], reason }
}

function withReason({ reason }: { readonly reason?: string }): JsonObject {
  return reason === undefined ? {} : { reason }
}

/** The properties of the object that a set is. */
export function propertiesOf(
  { zone, servers, content }: ReadSet,
  of: {
    readonly domain: string
    readonly name: string
    readonly type: RecordType
    readonly provider: string
  },
): JsonObject {
  const { state, ttl, values } = content
  return {
    ...of,
    zone: zone?.name ?? '',
    state,
    ...withReason(content),
    ttl,
    values: [...values],
    servers: servers.map((server) => ({
      name: server.name,
      address: server.address,
      state: server.state,
      ttl: server.ttl,
      values: [...server.values],
      ...withReason(server),
    })),
  }
}
