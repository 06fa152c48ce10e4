import type { Answer, SoaData } from 'dns-packet'
import { readMx, readTxt } from './values.ts'
import type { Zone, ZoneRecordSet } from './zones.ts'

type Maker = (name: string, ttl: number, value: string) => readonly Answer[]

/** How each type looks in an answer. A value that is none of its type is left out. */
const makers: Readonly<Record<string, Maker>> = {
  A: (name, ttl, data) => [{ type: 'A', name, ttl, data }],
  AAAA: (name, ttl, data) => [{ type: 'AAAA', name, ttl, data }],
  CNAME: (name, ttl, data) => [{ type: 'CNAME', name, ttl, data }],
  NS: (name, ttl, data) => [{ type: 'NS', name, ttl, data }],
  MX: (name, ttl, value) => {
    const data = readMx(value)
    return data === undefined ? [] : [{ type: 'MX', name, ttl, data: { ...data } }]
  },
  TXT: (name, ttl, value) => {
    const data = readTxt(value)
    return data === undefined ? [] : [{ type: 'TXT', name, ttl, data: [...data] }]
  },
}

/** The records of a set, with the name as it was asked for. */
export function recordsOf(
  name: string,
  { type, ttl, values }: Pick<ZoneRecordSet, 'type' | 'ttl' | 'values'>,
): readonly Answer[] {
  return values.flatMap((value) => makers[type]?.(name, ttl, value) ?? [])
}

const times = { refresh: 3600, retry: 900, expire: 1_209_600, minimum: 300 }
const apexTtl = 3600

/** The zone's start of authority; it also stands in an answer that something is not there (RFC 2308). */
export function soaOf({ name, nameServers, serial }: Pick<Zone, 'name' | 'nameServers' | 'serial'>): Answer {
  const data: SoaData = { mname: nameServers[0] ?? name, rname: `hostmaster.${name}`, serial, ...times }
  return { type: 'SOA', name, ttl: apexTtl, data }
}

export function nameServersOf(name: string, { nameServers }: Zone): readonly Answer[] {
  return recordsOf(name, { type: 'NS', ttl: apexTtl, values: nameServers })
}
