import type { SystemReader, SystemWriter } from '../../src/model/adapter.ts'
import type { Clock } from '../../src/model/clock.ts'
import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { ReadableResource, TenantObject, WritableResource } from '../../src/model/resource.ts'
import type { SystemId } from '../../src/model/words.ts'
import { applyEdits } from '../../src/plan/edit.ts'

/** One set of records, with what a secondary that lags still has. */
interface ZoneSet {
  ttl: number
  values: readonly string[]
  lagging?: readonly string[]
}

/** What is in memory of one domain. */
export interface MailZone {
  mx: ZoneSet
  txt: ZoneSet
  /** One of its servers keeps what it has while the others are written. */
  lags: boolean
  /** Why its servers cannot be read. */
  unreadable?: string
  /** What comes of the next writes to it, first to last; 'lost' is done, and its answer does not come. */
  readonly writes: (Error | 'lost' | 'made')[]
  /** What the resolver still has, and until when. */
  cached?: { readonly values: readonly string[]; readonly until: number }
  policy: JsonObject
}

export interface MailZones {
  /** Throws when there is no such domain. */
  at(domain: string): MailZone
  readonly zones: Map<string, MailZone>
  /** By host; hosts that are not in it answer. */
  readonly smtp: Map<string, string>
  /** Every MX set that anybody could have seen, in the order of time. */
  readonly seen: { readonly domain: string; readonly values: readonly string[] }[]
  /** Domains that were written to. */
  readonly written: string[]
  readonly clock: Clock & { now(): Date; pass(ms: number): void }
  /** All servers of a domain have what is there. */
  catchUp(domain: string): void
  reader(hosts: readonly string[]): ReadonlyMap<SystemId, SystemReader>
  writer(hosts: readonly string[]): ReadonlyMap<SystemId, SystemWriter>
}

export interface ZoneOptions {
  readonly ttl?: number
  readonly txt?: readonly string[]
}

export function zone(mx: readonly string[], { ttl = 3600, txt = [] }: ZoneOptions = {}): MailZone {
  return {
    mx: { ttl: mx.length === 0 ? 0 : ttl, values: mx },
    txt: { ttl: txt.length === 0 ? 0 : ttl, values: txt },
    lags: false,
    writes: [],
    policy: { state: 'none', mx: [] },
  }
}

function fakeClock(): MailZones['clock'] {
  let now = Date.parse('2026-11-24T08:00:00.000Z')
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      now += ms
    },
  }
}

function objectOf(kind: 'mx-set' | 'txt-set', domain: string, found: MailZone): TenantObject {
  const set = kind === 'mx-set' ? found.mx : found.txt
  const server = (name: string, values: readonly string[]) => ({
    ...{ name, address: '192.0.2.1', state: 'answered', ttl: set.ttl },
    values: [...values],
  })
  const name = kind === 'mx-set' ? domain : `_amazonses.${domain}`
  const state = found.unreadable === undefined ? 'answered' : 'unreadable'
  const properties = {
    ...{ domain, zone: domain, name, type: kind === 'mx-set' ? 'MX' : 'TXT', state, ttl: set.ttl },
    ...(found.unreadable === undefined ? {} : { reason: found.unreadable }),
    values: found.unreadable === undefined ? [...set.values] : [],
    servers: [server('ns1', set.values), server('ns2', set.lagging ?? set.values)],
    provider: 'rfc2136',
  }
  return { guid: `${kind}:${domain}`, name, properties }
}

function writableOf({ properties: { ttl = null, values = null } }: TenantObject): JsonObject {
  return { ttl, values }
}

/** Zones in memory, as the system 'dns' shows them, with a resolver that remembers and a clock of their own. */
export function mailZones(given: Readonly<Record<string, MailZone>>): MailZones {
  const zones = new Map(Object.entries(given))
  const clock = fakeClock()
  const seen: MailZones['seen'] = []
  const written: string[] = []
  const smtp = new Map<string, string>()

  const at = (domain: string) => {
    const found = zones.get(domain)
    if (found === undefined) throw new Error(`no zone ${domain}`)
    return found
  }

  const readable = (kind: 'mx-set' | 'txt-set'): ReadableResource => ({
    kind,
    list: async () => [...zones].map(([domain, found]) => objectOf(kind, domain, found)),
    writable: writableOf,
    rebuild: () => ({ notRebuildable: ['a set is edited'] }),
    unsettled: ({ guid }) => {
      const found = zones.get(guid.slice(kind.length + 1))
      const set = kind === 'mx-set' ? found?.mx : found?.txt
      return set?.lagging === undefined ? undefined : 'ns2 still answers with the old set'
    },
  })

  const write = (kind: 'mx-set' | 'txt-set', domain: string, values: readonly string[]) => {
    const found = at(domain)
    const outcome = found.writes.shift()
    if (outcome instanceof Error) throw outcome
    written.push(`${kind}:${domain}`)
    const old = kind === 'mx-set' ? found.mx : found.txt
    const lagging = found.lags ? { lagging: old.lagging ?? old.values } : {}
    const next = { ttl: old.ttl === 0 ? 3600 : old.ttl, values, ...lagging }
    if (kind === 'mx-set') {
      found.cached = { values: old.values, until: clock.now().getTime() + old.ttl * 1000 }
      found.mx = next
      seen.push({ domain, values })
    } else found.txt = next
    if (outcome === 'lost') throw new ServiceError({ tried: `write ${domain}`, said: 'no answer came' })
  }

  const writable = (kind: 'mx-set' | 'txt-set'): WritableResource => ({
    ...readable(kind),
    remove: () => Promise.reject(new Error('a set is never removed')),
    create: () => Promise.reject(new Error('a set is never created')),
    edit: async ({ guid }, edits) => {
      const domain = guid.slice(kind.length + 1)
      const set = kind === 'mx-set' ? zones.get(domain)?.mx : zones.get(domain)?.txt
      const { values } = applyEdits(edits, { values: [...(set?.values ?? [])] })
      write(kind, domain, Array.isArray(values) ? values.map(String).toSorted() : [])
    },
  })

  const resolved = (found: MailZone) =>
    found.cached !== undefined && found.cached.until > clock.now().getTime()
      ? found.cached.values
      : found.mx.values
  const sources = (hosts: readonly string[]) => ({
    mx: async () =>
      [...zones].map(([domain, found]) => ({
        guid: domain,
        name: domain,
        properties: {
          ...{ domain, state: 'answered' },
          records: resolved(found).map((value) => ({ preference: 0, host: value.split(' ')[1] ?? '' })),
        },
      })),
    smtp: async () =>
      hosts.map((host) => ({
        guid: host,
        name: host,
        properties: { host, state: smtp.get(host) ?? 'answers' },
      })),
    'mta-sts-policy': async () =>
      [...zones].map(([domain, { policy }]) => ({
        guid: domain,
        name: domain,
        properties: { domain, ...policy },
      })),
  })

  const systemOf = <Resource extends ReadableResource>(
    hosts: readonly string[],
    bind: (kind: 'mx-set' | 'txt-set') => Resource,
  ) => ({
    resources: new Map((['mx-set', 'txt-set'] as const).map((kind) => [kind as string, bind(kind)])),
    sources: new Map(Object.entries(sources(hosts)).map(([kind, list]) => [kind, { kind, list }])),
    identity: async () => {
      const [first = ''] = zones.keys()
      return {
        id: first,
        name: first,
        domains: [...zones.keys()].map((name) => ({ name, initial: name === first })),
      }
    },
    close: async () => {},
  })

  return {
    ...{ at, zones, smtp, seen, written, clock },
    catchUp(domain) {
      const found = at(domain)
      const whole = ({ ttl, values }: ZoneSet) => ({ ttl, values })
      Object.assign(found, { lags: false, mx: whole(found.mx), txt: whole(found.txt) })
    },
    reader: (hosts) => new Map<SystemId, SystemReader>([['dns', systemOf(hosts, readable)]]),
    writer: (hosts) => new Map<SystemId, SystemWriter>([['dns', systemOf(hosts, writable)]]),
  }
}
