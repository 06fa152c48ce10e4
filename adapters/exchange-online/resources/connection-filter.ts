import { InternalError, TenantError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Edit, ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import { readByGuid } from '../objects.ts'
import { connectionFilterTable as table } from '../properties/connection-filter.ts'
import { writable } from '../properties/describe.ts'
import type { ExchangeReader, ExchangeWriter } from '../transport.ts'
import { refuseEdit, target } from './acts.ts'

const kind = 'connection-filter'
const unset = { EnableSafeList: false, IPAllowList: [], IPBlockList: [] }

async function list(reader: ExchangeReader): Promise<readonly TenantObject[]> {
  const policies = await readByGuid(reader, 'Get-HostedConnectionFilterPolicy', [{}])
  const policy =
    policies.find(({ properties }) => properties.IsDefault === true) ??
    policies.find(({ name }) => name === 'Default')
  if (policy !== undefined) return [policy]
  throw new TenantError({
    tried: 'read the connection filter policy',
    said: 'the tenant has no default policy',
  })
}

const changes = { 'add-entry': 'Add', 'remove-entry': 'Remove' } as const

/** Entries go by difference, so that those of others stay as they are; all edits go in one call. */
function parameters(object: ObjectRef, edits: readonly Edit[]): JsonObject {
  const entries: { Add?: string[]; Remove?: string[] } = {}
  const flags: Record<string, boolean> = {}
  for (const edit of edits) {
    if (edit.kind === 'set') {
      if (edit.property !== 'EnableSafeList' || typeof edit.to !== 'boolean')
        throw refuseEdit(kind, object, edit)
      flags.EnableSafeList = edit.to
      continue
    }
    if (edit.property !== 'IPAllowList') throw refuseEdit(kind, object, edit)
    entries[changes[edit.kind]] = [...(entries[changes[edit.kind]] ?? []), edit.entry]
  }
  return { ...(Object.keys(entries).length === 0 ? {} : { IPAllowList: entries }), ...flags }
}

function neverMade(act: string): InternalError {
  return new InternalError({ tried: `${act} a connection filter policy`, said: 'a tenant has one, for good' })
}

/** The default connection filter policy: the list of addresses whose mail skips spam filtering. */
export const connectionFilter: Resource<ExchangeReader, ExchangeWriter> = {
  kind,
  list,
  writable: ({ properties }) => ({ ...unset, ...writable(table, properties) }),
  rebuild: () => ({
    notRebuildable: ['A tenant has one default policy, which is changed and never made again.'],
  }),
  async remove() {
    throw neverMade('remove')
  },
  async edit(writer, object, edits) {
    if (edits.length === 0) return
    await writer.write('Set-HostedConnectionFilterPolicy', {
      ...target(object),
      ...parameters(object, edits),
    })
  },
  async create() {
    throw neverMade('make')
  },
}
