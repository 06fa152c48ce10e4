import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  TRUNCATED_RESPONSE,
} from 'dns-packet'
import type { DnsState } from '../tenant/state.ts'
import { nameServersOf, recordsOf, soaOf } from './records.ts'
import { isBelow, setOf, type Zone, zoneOf } from './zones.ts'

const codes = { noError: 0, formatError: 1, serverFailure: 2, noSuchName: 3 } as const
/** How many aliases are followed. */
const longestChain = 8
/** What goes into a UDP packet when the asker does not say (RFC 1035, section 2.3.4). */
const plainUdpBytes = 512

/** What is above all zones here. */
const root = { name: '.', nameServers: ['ns.sandbox.example'], serial: 1 }

interface Found {
  readonly code: number
  readonly answers: readonly Answer[]
  /** The start of authority, where something is not there. */
  readonly authorities?: readonly Answer[]
}

function absent(code: number, zone: Parameters<typeof soaOf>[0]): Found {
  return { code, answers: [], authorities: [soaOf(zone)] }
}

/** Each name server is this one. */
function serverAddress({ zones }: DnsState, name: string, type: string): Found | undefined {
  if (!zones.some(({ nameServers }) => nameServers.includes(name))) return undefined
  if (type !== 'A') return absent(codes.noError, root)
  return { code: codes.noError, answers: recordsOf(name, { type: 'A', ttl: 3600, values: ['127.0.0.1'] }) }
}

function atApex(zone: Zone, asked: string, type: string): readonly Answer[] {
  if (type === 'SOA') return [{ ...soaOf(zone), name: asked }]
  return type === 'NS' ? nameServersOf(asked, zone) : []
}

function inZone(state: DnsState, zone: Zone, asked: string, type: string, left: number): Found {
  const name = asked.toLowerCase()
  const alias = type === 'CNAME' ? undefined : setOf(zone, name, 'CNAME')
  if (alias !== undefined) {
    const target = alias.values[0] ?? ''
    const further = left > 0 ? find(state, target, type, left - 1) : { code: codes.noError, answers: [] }
    return { ...further, answers: [...recordsOf(asked, alias), ...further.answers] }
  }
  const set = setOf(zone, name, type)
  if (set !== undefined) return { code: codes.noError, answers: recordsOf(asked, set) }
  const apex = name === zone.name ? atApex(zone, asked, type) : []
  if (apex.length > 0) return { code: codes.noError, answers: apex }
  const isThere = name === zone.name || zone.sets.some((one) => isBelow(one.name, name))
  return absent(isThere ? codes.noError : codes.noSuchName, zone)
}

function find(state: DnsState, asked: string, type: string, left: number): Found {
  const name = asked.toLowerCase()
  if (state.serverFailure.some((domain) => isBelow(name, domain)))
    return { code: codes.serverFailure, answers: [] }
  const zone = zoneOf(state.zones, name)
  const server = zone?.sets.some((set) => set.name === name) ? undefined : serverAddress(state, name, type)
  if (server !== undefined) return server
  return zone === undefined ? absent(codes.noSuchName, root) : inZone(state, zone, asked, type, left)
}

function respond(query: Packet, { code, answers, authorities = [] }: Found, extraFlags = 0): Buffer {
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags: AUTHORITATIVE_ANSWER | code | extraFlags,
    questions: query.questions ?? [],
    answers: [...answers],
    authorities: [...authorities],
  })
}

function udpBytes({ additionals = [] }: Packet): number {
  const sizes = additionals.map((one) => (one.type === 'OPT' ? one.udpPayloadSize : 0))
  return Math.max(plainUdpBytes, ...sizes)
}

function decoded(packet: Buffer): Packet | undefined {
  try {
    return decode(packet)
  } catch {
    return undefined
  }
}

/** The answer to a query packet, cut where it does not fit into one of UDP; undefined when it is no query. */
export function answerQuery(state: DnsState, packet: Buffer, over: 'udp' | 'tcp'): Buffer | undefined {
  const query = decoded(packet)
  if (query?.type !== 'query') return undefined
  const question = query.questions?.[0]
  if (question === undefined) return respond(query, { code: codes.formatError, answers: [] })
  const asked = question.name.replace(/\.$/, '')
  const found = find(state, asked, question.type, longestChain)
  const whole = respond(query, found)
  const isTooLong = over === 'udp' && whole.length > udpBytes(query)
  return isTooLong ? respond(query, { code: found.code, answers: [] }, TRUNCATED_RESPONSE) : whole
}
