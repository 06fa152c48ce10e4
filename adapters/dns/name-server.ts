import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { decode, encode, type Packet, streamDecode, streamEncode, TRUNCATED_RESPONSE } from 'dns-packet'

/** How the server answers a question; `truncated` over UDP, whole over TCP. */
export type Reply =
  | {
      readonly rcode: number
      readonly mx: readonly (readonly [preference: number, exchange: string])[]
      readonly txt?: readonly (readonly string[])[]
      readonly truncated?: boolean
    }
  | 'silence'

export interface NameServer {
  /** 'address:port' */
  readonly address: string
  /** The names that were asked for, one for each packet. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** A real name server on loopback, for tests, over UDP and TCP on one port. */
export async function startNameServer(reply: (name: string, times: number) => Reply): Promise<NameServer> {
  const asked: string[] = []
  const sockets = new Set<Socket>()

  const answer = (query: Packet, overUdp: boolean): Packet | undefined => {
    const name = query.questions?.[0]?.name ?? ''
    asked.push(name)
    const given = reply(name, asked.filter((other) => other === name).length)
    if (given === 'silence') return undefined
    const isCut = overUdp && given.truncated === true
    const record = { name, ttl: 3600, class: 'IN' as const }
    const answers = [
      ...given.mx.map(([preference, exchange]) => ({
        ...{ ...record, type: 'MX' as const },
        data: { preference, exchange },
      })),
      ...(given.txt ?? []).map((parts) => ({ ...record, type: 'TXT' as const, data: [...parts] })),
    ]
    return {
      type: 'response',
      id: query.id ?? 0,
      flags: (isCut ? TRUNCATED_RESPONSE : 0) | given.rcode,
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
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const bound = tcp.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0

  const udp = createSocket('udp4')
  udp.on('message', (message, from) => {
    const packet = answer(decode(message), true)
    if (packet !== undefined) udp.send(encode(packet), from.port, from.address)
  })
  udp.bind(port, '127.0.0.1')
  await once(udp, 'listening')

  return {
    address: `127.0.0.1:${port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      tcp.close()
      udp.close()
    },
  }
}
