import type { ReadableResource, WritableResource } from '../../../src/model/resource.ts'
import type { DnsProvider } from '../providers/provider.ts'
import { mxSet } from './mx-set.ts'
import { txtSet } from './txt-set.ts'
import type { WritableZones, Zones, ZonesOptions } from './zones.ts'

const resources = [mxSet, txtSet] as const
type RecordSets = (typeof resources)[number]

function bindReadable(
  { kind, list, writable, rebuild, unread, unsettled }: RecordSets,
  zones: Zones,
): ReadableResource {
  const judged = {
    ...(unread === undefined ? {} : { unread }),
    ...(unsettled === undefined ? {} : { unsettled }),
  }
  return { kind, list: () => list(zones), writable, rebuild, ...judged }
}

function bindWritable(resource: RecordSets, zones: WritableZones): WritableResource {
  return {
    ...bindReadable(resource, zones),
    remove: (objects) => resource.remove(zones, objects),
    edit: (object, edits) => resource.edit(zones, object, edits),
    create: (calls) => resource.create(zones, calls),
  }
}

/** 'mx-set' and 'txt-set', which cannot be written through these. */
export function readableRecordSets(options: ZonesOptions): readonly ReadableResource[] {
  const zones: Zones = { ...options, listed: new Map() }
  return resources.map((resource) => bindReadable(resource, zones))
}

/** 'mx-set' and 'txt-set'. Without a provider an edit is a UsageError: a person types the records. */
export function writableRecordSets(options: ZonesOptions<DnsProvider>): readonly WritableResource[] {
  const zones: WritableZones = { ...options, listed: new Map() }
  return resources.map((resource) => bindWritable(resource, zones))
}
