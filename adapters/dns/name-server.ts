import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, isIPv6, type Socket } from 'node:net'
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  RECURSION_DESIRED,
  streamDecode,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet'

/** How the server answers a question; `truncated` over UDP, whole over TCP. */
export type Reply =
  | {
      readonly rcode: number
      readonly mx?: readonly (readonly [preference: number, exchange: string])[]
      readonly txt?: readonly (readonly string[])[]
      /** Records of any type and name, as they are. */
      readonly answers?: readonly Answer[]
      readonly truncated?: boolean
      /** Whether it answers for the zone itself. */
      readonly authoritative?: boolean
    }
  | 'silence'

/** What a server was asked, packet by packet. */
export interface Asking {
  readonly name: string
  readonly type: string
  readonly extended: boolean
  readonly recursive: boolean
  readonly overUdp: boolean
}

export interface NameServer {
  /** 'address:port' */
  readonly address: string
  /** The names that were asked for, one for each packet. */
  readonly asked: readonly string[]
  readonly askings: readonly Asking[]
  close(): Promise<void>
}

/** A real name server on loopback, for tests, over UDP and TCP on one port. Port 0 takes a free one. */
export async function startNameServer(
  reply: (name: string, times: number, asking: Asking) => Reply,
  { host = '127.0.0.1', port: wanted = 0 } = {},
): Promise<NameServer> {
  const asked: string[] = []
  const askings: Asking[] = []
  const sockets = new Set<Socket>()

  const answer = (query: Packet, overUdp: boolean): Packet | undefined => {
    const name = query.questions?.[0]?.name ?? ''
    asked.push(name)
    const asking = toAsking(query, overUdp)
    askings.push(asking)
    const given = reply(name, asked.filter((other) => other === name).length, asking)
    if (given === 'silence') return undefined
    const isCut = overUdp && given.truncated === true
    const record = { name, ttl: 3600, class: 'IN' as const }
    const answers = [
      ...(given.mx ?? []).map(([preference, exchange]) => ({
        ...{ ...record, type: 'MX' as const },
        data: { preference, exchange },
      })),
      ...(given.txt ?? []).map((parts) => ({ ...record, type: 'TXT' as const, data: [...parts] })),
      ...(given.answers ?? []),
    ]
    return {
      type: 'response',
      id: query.id ?? 0,
      flags:
        (isCut ? TRUNCATED_RESPONSE : 0) |
        (given.authoritative === true ? AUTHORITATIVE_ANSWER : 0) |
        given.rcode,
      questions: query.questions ?? [],
      answers: isCut ? [] : answers,
    }
  }

  const tcp = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      const packet = answer(streamDecode(data), false)
      if (packet !== undefined) socket.write(streamEncode(packet))
    })
  })
  tcp.listen(wanted, host)
  await once(tcp, 'listening')
  const bound = tcp.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0

  const udp = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  udp.on('message', (message, from) => {
    const packet = answer(decode(message), true)
    if (packet !== undefined) udp.send(encode(packet), from.port, from.address)
  })
  udp.bind(port, host)
  await once(udp, 'listening')

  return {
    address: isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`,
    asked,
    askings,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      tcp.close()
      udp.close()
    },
  }
}

function toAsking({ questions = [], additionals = [], flags = 0 }: Packet, overUdp: boolean): Asking {
  const [question] = questions
  return {
    name: question?.name ?? '',
    type: question?.type ?? '',
    extended: additionals.some(({ type }) => type === 'OPT'),
    recursive: (flags & RECURSION_DESIRED) !== 0,
    overUdp,
  }
}
