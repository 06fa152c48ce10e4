import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet } from 'dns-packet'
import type { DnsState, DomainRecords } from '../tenant/state.ts'

const ttl = 300
const codes = { noError: 0, formatError: 1, serverFailure: 2, noSuchName: 3 } as const

/** Records of each type that the zone can hold. */
const makers: Readonly<Record<string, (name: string, records: DomainRecords) => readonly Answer[]>> = {
  MX: (name, { mx = [] }) => mx.map((host): Answer => ({ type: 'MX', name, ttl, data: { ...host } })),
  TXT: (name, { txt = [] }) => txt.map((data): Answer => ({ type: 'TXT', name, ttl, data })),
  A: (name, { a = [] }) => a.map((data): Answer => ({ type: 'A', name, ttl, data })),
}

function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`)
}

function respond(query: Packet, code: number, answers: readonly Answer[] = []): Buffer {
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags: AUTHORITATIVE_ANSWER | code,
    questions: query.questions ?? [],
    answers: [...answers],
  })
}

/** The answer to a query packet; undefined when it is not one. */
export function answerQuery(state: DnsState, packet: Buffer): Buffer | undefined {
  let query: Packet
  try {
    query = decode(packet)
  } catch {
    return undefined
  }
  if (query.type !== 'query') return undefined
  const question = query.questions?.[0]
  if (question === undefined) return respond(query, codes.formatError)
  const name = question.name.toLowerCase().replace(/\.$/, '')
  if (state.serverFailure.some((domain) => isBelow(name, domain))) return respond(query, codes.serverFailure)
  const records = state.records[name]
  if (records === undefined) {
    const isInner = Object.keys(state.records).some((known) => isBelow(known, name))
    return respond(query, isInner ? codes.noError : codes.noSuchName)
  }
  return respond(query, codes.noError, makers[question.type]?.(question.name, records) ?? [])
}
