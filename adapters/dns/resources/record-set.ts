import { InternalError, ServiceError, UsageError } from '../../../src/model/errors.ts'
import type { ObjectRef, Resource } from '../../../src/model/resource.ts'
import { toDnsName } from '../domain-name.ts'
import { mapLimited } from '../map-limited.ts'
import type { RecordType } from '../record-set.ts'
import { editedSet } from './edit-set.ts'
import { setProperties } from './properties.ts'
import { propertiesOf, readSet } from './read-set.ts'
import { unread, unsettled } from './unsettled.ts'
import type { WritableZones, Zones } from './zones.ts'

/** One record set of each domain. */
export interface RecordSetKind {
  /** 'mx-set' */
  readonly kind: string
  readonly type: RecordType
  /** The set's name, of a domain as DNS knows it. */
  nameOf(domain: string): string
}

const atATime = 4

function never(kind: string, what: string): InternalError {
  return new InternalError({
    tried: `${what} a ${kind}`,
    said: 'a record set is edited, one value at a time',
  })
}

/**
 * Record sets as objects, one of each domain. An edit rests on the set as it was listed last: when somebody changed it
 * since, it is a ConflictError and nothing was written.
 */
export function recordSets({ kind, type, nameOf }: RecordSetKind): Resource<Zones, WritableZones> {
  const placeOf = (domain: string) => {
    const dnsName = toDnsName(domain) ?? domain
    return { guid: `${kind}:${dnsName}`, name: nameOf(dnsName) }
  }

  const read = async (zones: Zones, domain: string) => {
    const { guid, name } = placeOf(domain)
    const found = await readSet(zones, domain, name, type)
    if (found.copy === undefined) zones.listed.delete(guid)
    else zones.listed.set(guid, found.copy)
    const of = { domain, name, type, provider: zones.provider?.id ?? 'manual' }
    return { guid, name: domain, properties: propertiesOf(found, of) }
  }

  /** The set that an edit rests on. */
  const restingOn = async (zones: WritableZones, { guid, name: domain }: ObjectRef) => {
    const listed = zones.listed.get(guid)
    if (listed !== undefined) return listed
    const { reason = 'they could not be read' } = setProperties(await read(zones, domain))
    const current = zones.listed.get(guid)
    if (current !== undefined) return current
    throw new ServiceError({ tried: `change the ${type} records of ${domain}`, said: reason })
  }

  return {
    kind,
    list: async (zones) => mapLimited(await zones.domains(), atATime, (domain) => read(zones, domain)),
    writable(object) {
      const { ttl, values } = setProperties(object)
      return { ttl, values }
    },
    rebuild: () => ({ notRebuildable: ['a record set is edited, never removed whole'] }),
    unread,
    unsettled,
    async remove() {
      throw never(kind, 'remove')
    },
    async edit(zones, object, edits) {
      if (zones.provider === undefined) {
        throw new UsageError({
          tried: `change the ${type} records of ${object.name}`,
          said: 'a person types them: no provider of DNS was named',
          hint: 'Nothing was changed. Name who serves the zone with --dns.',
        })
      }
      const current = await restingOn(zones, object)
      const next = editedSet(current, edits)
      zones.listed.delete(object.guid)
      await zones.provider.replace(current, next)
    },
    async create() {
      throw never(kind, 'make')
    },
  }
}
