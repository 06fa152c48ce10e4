import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { decode, encode } from 'dns-packet'
import type { Bind } from '../../support/bind.ts'

/** What anybody saw who asked for the MX of a name all the time. */
interface Seen {
  /** Answers of all servers together. */
  readonly answers: number
  /** By server: each set that it answered with and had not just before, first to last, as sorted hosts. */
  readonly sets: readonly (readonly string[])[]
}

interface Poller {
  stop(): Seen
}

const everyMs = 4

function hostsIn(reply: Buffer): string | undefined {
  const {
    flag_aa: isAuthoritative,
    answers = [],
    rcode,
  } = decode(reply) as ReturnType<typeof decode> & {
    readonly rcode?: string
  }
  if (!isAuthoritative || rcode !== 'NOERROR') return undefined
  const hosts = answers.flatMap((answer) => (answer.type === 'MX' ? [answer.data.exchange] : []))
  return hosts.toSorted().join(' + ')
}

async function pollOne(port: number, name: string, hear: (hosts: string) => void): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('error', () => {})
  socket.on('message', (reply) => {
    const hosts = hostsIn(reply)
    if (hosts !== undefined) hear(hosts)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let id = 0
  const ask = () => {
    id = (id + 1) % 65_536
    const questions = [{ type: 'MX' as const, name, class: 'IN' as const }]
    socket.send(encode({ type: 'query', id, questions }), port, '127.0.0.1')
  }
  const timer = setInterval(ask, everyMs)
  socket.on('close', () => clearInterval(timer))
  return socket
}

/** Asks the primary and every name server of a zone for an MX set, every few milliseconds. */
export async function pollMx({ primary, nameServers }: Bind, name: string): Promise<Poller> {
  const servers = [...new Set([primary, ...nameServers])]
  const sets: string[][] = servers.map(() => [])
  let answers = 0
  const sockets = await Promise.all(
    servers.map(({ ownPort }, index) =>
      pollOne(ownPort, name, (hosts) => {
        answers += 1
        const seen = sets[index]
        if (seen !== undefined && seen.at(-1) !== hosts) seen.push(hosts)
      }),
    ),
  )
  return {
    stop() {
      for (const socket of sockets) socket.close()
      return { answers, sets }
    },
  }
}
