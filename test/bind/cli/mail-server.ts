import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** How a mail server takes a stranger. `refused`: nothing listens; `silent`: it takes the connection and says nothing. */
export type Manner = 'answers' | 'no-starttls' | 'busy' | 'silent' | 'refused'

/** A mail server at an address of its own on loopback. */
export interface MailServer extends AsyncDisposable {
  readonly address: string
  readonly port: number
  /** What was said to it, one line each, without QUIT. */
  readonly heard: readonly string[]
  behave(manner: Manner): Promise<void>
  /** Calls at each line that is said to it, before it answers. */
  onHeard(hear: () => void | Promise<void>): void
}

const greetings: Readonly<Partial<Record<Manner, string>>> = {
  answers: '220 mail.example ESMTP',
  'no-starttls': '220 mail.example ESMTP',
  busy: '554 mail.example takes no mail today',
}
const offers: Readonly<Partial<Record<Manner, string>>> = {
  answers: '250-mail.example\r\n250-SIZE 10240000\r\n250 STARTTLS',
  'no-starttls': '250-mail.example\r\n250 SIZE 10240000',
}

export async function startMailServer(): Promise<MailServer> {
  const address = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(5, 255)}`
  const heard: string[] = []
  const open = new Set<Socket>()
  let manner: Manner = 'answers'
  let port = 0
  let server: Server | undefined
  let hear: () => void | Promise<void> = () => {}

  const answer = async (socket: Socket, line: string) => {
    if (line === 'QUIT') {
      socket.end('221 bye\r\n')
      return
    }
    heard.push(line)
    await hear()
    socket.write(`${offers[manner] ?? '502 not now'}\r\n`)
  }

  const converse = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    const greeting = greetings[manner]
    if (greeting !== undefined) socket.write(`${greeting}\r\n`)
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n').filter(Boolean)) void answer(socket, line)
    })
  }

  const close = async () => {
    const closing = server
    server = undefined
    if (closing === undefined) return
    const closed = once(closing, 'close')
    closing.close()
    for (const socket of open) socket.destroy()
    await closed
  }

  const listen = async () => {
    const listening = createServer(converse)
    server = listening
    listening.listen(port, address)
    await once(listening, 'listening')
    const place = listening.address()
    if (typeof place === 'object' && place !== null) port = place.port
  }

  await listen()
  return {
    address,
    port,
    heard,
    async behave(next) {
      manner = next
      if (next === 'refused') await close()
      else if (server === undefined) await listen()
    },
    onHeard(next) {
      hear = next
    },
    [Symbol.asyncDispose]: close,
  }
}
