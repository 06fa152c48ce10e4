import { randomInt } from 'node:crypto'
import { type Answer, type DecodedPacket, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet'

/** What is asked of a name server. */
export interface Question {
  /** As DNS knows it: lower case, punycode, without the dot of the root. */
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'MX' | 'NS' | 'SOA' | 'TXT'
}

/** Response codes that something is made of. https://www.iana.org/assignments/dns-parameters */
export const responseCodes = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  noSuchName: 3,
  notImplemented: 4,
  refused: 5,
} as const

/** What fits into one packet on nearly every path. https://www.dnsflagday.net/2020/ */
const udpPayloadSize = 1232

const edns: Answer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}

/** A query as it is sent. DNSSEC records are not asked for. */
export interface Query {
  readonly question: Question
  readonly packet: Packet
}

export function toQuery(
  question: Question,
  { recursive, extended }: { recursive: boolean; extended: boolean },
): Query {
  const packet: Packet = {
    type: 'query',
    id: randomInt(65_536),
    flags: recursive ? RECURSION_DESIRED : 0,
    questions: [{ ...question, class: 'IN' }],
    ...(extended ? { additionals: [edns] } : {}),
  }
  return { question, packet }
}

export function encoded({ packet }: Query): Buffer {
  return encode(packet)
}

/**
 * The reply to the query in these bytes: undefined when they are another's, `cut` when the rest is to be had over
 * TCP. Throws when they cannot be read.
 */
export function decodeReply(bytes: Buffer, { packet, question }: Query): DecodedPacket | 'cut' | undefined {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== packet.id) return undefined
  const flags = bytes.readUInt16BE(2)
  const isResponse = (flags & 0x8000) !== 0
  if (!isResponse) return undefined
  if ((flags & 0x0200) !== 0) return 'cut'
  const reply = decode(bytes)
  const [asked] = reply.questions ?? []
  const isOurs = asked === undefined || (isName(asked.name, question.name) && asked.type === question.type)
  return isOurs ? reply : undefined
}

export function codeOf({ flags = 0 }: Packet): number {
  return flags & 0xf
}

/** Whether two names are the same to DNS. */
export function isName(one: string, other: string): boolean {
  return one.toLowerCase().replace(/\.$/, '') === other.toLowerCase().replace(/\.$/, '')
}
