import * as z from 'zod'
import type { Attempt } from '../../../src/model/attempt.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { ConflictError, ServiceError } from '../../../src/model/errors.ts'
import type { ApprovedPlan } from '../../../src/model/plan.ts'
import type { RecordSet, RecordSetKey } from '../record-set.ts'
import { batchFor, ttlOf } from './cloudflare/batch.ts'
import type { Call } from './cloudflare/client.ts'
import { type CloudflareRecord, cloudflareRecord, spell } from './cloudflare/record.ts'
import type { Role } from './cloudflare/requests.ts'
import { type CloudflareZone, findZone } from './cloudflare/zones.ts'
import type { DnsProvider, DnsProviderReader, VersionedRecordSet } from './provider.ts'
import type { Delegation } from './shared/choose-zone.ts'
import { ownRecords, plainName } from './shared/values.ts'

export interface CloudflareOptions {
  /** https://api.cloudflare.com/client/v4 by default. */
  readonly baseUrl?: URL
  /** The API token, with "Zone: Read" and "DNS: Edit" for the zone; "DNS: Read" is enough for a reader. */
  readonly tokens: TokenSource
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  /** Asked when several accounts have a zone of one name. */
  readonly delegation?: Delegation
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
}

export interface Cloudflare {
  reader(): DnsProviderReader
  writer(approved: ApprovedPlan): DnsProvider
}

/** What `replace` must know of the set that was read. */
const versionSchema = z.object({ zoneId: z.string(), records: z.array(cloudflareRecord) })

const defaultTimeoutMs = 120_000
const pageSize = 1000

/** Loads the library, which takes a moment, with the first request. */
function lazyCall(options: CloudflareOptions, role: Role): Call {
  const { baseUrl = new URL('https://api.cloudflare.com/client/v4') } = options
  const timeoutMs = options.requestTimeoutMs ?? defaultTimeoutMs
  const wire = { ...options, baseUrl, fetch: options.fetch ?? fetch, timeoutMs }
  let loading: Promise<Call> | undefined
  return async (tried, act, policy) => {
    loading ??= import('./cloudflare/client.ts').then(({ callsOver }) => callsOver(wire, role))
    const call = await loading
    return call(tried, act, policy)
  }
}

/** All records of a set, to the last page, in the order of their ids. */
async function readRecords(
  call: Call,
  zoneId: string,
  { name, type }: RecordSetKey,
  policy?: 'unrepeated',
): Promise<readonly CloudflareRecord[]> {
  const tried = `read the ${type} records of ${name} from Cloudflare`
  const asked = { zone_id: zoneId, name: { exact: name }, type, per_page: pageSize }
  const rows = await call(
    tried,
    async ({ dns }) => {
      const listed: unknown[] = []
      for await (const record of dns.records.list(asked)) listed.push(record)
      return listed
    },
    policy,
  )
  const { data } = z.array(cloudflareRecord).safeParse(rows)
  if (data === undefined) throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  return data
    .filter((record) => plainName(record.name) === name && record.type === type)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

function readerOver(call: Call, { delegation }: CloudflareOptions): DnsProviderReader {
  const known = new Map<string, CloudflareZone>()

  async function located(name: string): Promise<CloudflareZone> {
    const zone = known.get(name) ?? (await findZone(call, name, delegation))
    known.set(name, zone)
    return zone
  }

  return {
    id: 'cloudflare',
    async zone(name) {
      known.delete(name)
      const { nameServers } = await located(name)
      return { name, nameServers }
    },
    async read(key) {
      const tried = `read the ${key.type} records of ${key.name} from Cloudflare`
      const { id } = await located(key.zone)
      const records = await readRecords(call, id, key)
      const values = [...ownRecords(records, (record) => spell(key.type, record), tried).keys()]
      return { key, ttl: ttlOf(records), values, version: JSON.stringify({ zoneId: id, records }) }
    },
    async close() {},
  }
}

/** What tells whether a record is still the same: its id, when it was written, and what it says. */
function mark({ id, content, priority, ttl, modified_on }: CloudflareRecord): string {
  return JSON.stringify([id, content, priority, ttl, modified_on])
}

function writerOver(call: Call, options: CloudflareOptions): DnsProvider {
  const { attempt } = options

  /** Throws a ConflictError when the set is not what it was. */
  async function assertStill({ key, version }: VersionedRecordSet, tried: string, policy?: 'unrepeated') {
    const { zoneId, records } = versionSchema.parse(JSON.parse(version))
    const now = await readRecords(call, zoneId, key, policy)
    const isSame = now.map(mark).join('\n') === records.map(mark).join('\n')
    if (isSame) return { zoneId, records }
    throw new ConflictError({
      tried,
      said: 'somebody changed the record set since it was read',
      hint: 'Nothing was written.',
    })
  }

  async function send(current: VersionedRecordSet, next: Pick<RecordSet, 'ttl' | 'values'>): Promise<void> {
    const { key } = current
    const tried = `replace the ${key.type} records of ${key.name} at Cloudflare`
    let still: Awaited<ReturnType<typeof assertStill>> | undefined = await assertStill(current, tried)
    await attempt('write', async () => {
      // Between two tries there was a wait, in which the set may have changed.
      const { zoneId, records } = still ?? (await assertStill(current, tried, 'unrepeated'))
      still = undefined
      const batch = batchFor({ key, records, next, tried })
      if (batch === undefined) return
      await call(tried, ({ dns }) => dns.records.batch({ zone_id: zoneId, ...batch }), 'unrepeated')
    })
  }

  return { ...readerOver(call, options), replace: send }
}

/**
 * Cloudflare: the zones that an API token sees. A TTL of "automatic" is read as the 300 s that it comes to, and stays
 * automatic where a set keeps its TTL.
 *
 * Cloudflare has no condition for a write. A set is read again directly before the one batch that replaces it, and
 * compared by ids, contents and times of change. Between these two requests, some tens of milliseconds, a foreign
 * change is not seen: a record that is to go and went by itself makes the service refuse the whole batch, and so does
 * one that is to come and came; but a record that was added stays beside ours, and one that was edited in place is
 * overwritten where ours takes its place. The next read shows what is there.
 */
export function openCloudflare(options: CloudflareOptions): Cloudflare {
  return {
    reader: () => readerOver(lazyCall(options, 'reader'), options),
    writer: (_approved) => writerOver(lazyCall(options, 'writer'), options),
  }
}
