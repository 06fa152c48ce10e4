import { createSocket, type Socket as Datagrams } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What becomes of a message that a client sent. `lose-answer`: the server does it, and its answer goes astray. */
type Fate = 'pass' | 'lose-answer' | 'lose' | { readonly answer: Buffer }

/** Decides about each message, before the server has it. */
export type Intercept = (message: Buffer, over: 'tcp' | 'udp') => Fate

/**
 * Stands at an address of its own for a server at another: BIND listens at no address of loopback but 127.0.0.1.
 * Over UDP and TCP; each message is seen by `intercept` first.
 */
export interface Relay {
  open(): Promise<void>
  /** Nobody listens there any more, and what is under way is cut off. */
  close(): Promise<void>
}

interface Place {
  readonly address: string
  readonly port: number
}

/** Cuts a stream into messages, each with its length before it (RFC 1035, section 4.2.2). */
function messages(use: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const end = 2 + rest.readUInt16BE(0)
      use(rest.subarray(2, end))
      rest = rest.subarray(end)
    }
  }
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return Buffer.concat([length, message])
}

export function relay(at: Place, to: Place, intercept: Intercept): Relay {
  let tcp: Server | undefined
  let udp: Datagrams | undefined
  const open = new Set<Socket | Datagrams>()

  const keep = <T extends Socket | Datagrams>(socket: T): T => {
    open.add(socket)
    socket.on('error', () => {})
    return socket
  }

  const converse = (client: Socket) => {
    const server = keep(connect({ host: to.address, port: to.port }))
    let isAnswerLost = false
    const pass = (message: Buffer) => {
      const fate = intercept(message, 'tcp')
      if (fate === 'lose') return
      if (typeof fate === 'object') client.write(framed(fate.answer))
      else {
        isAnswerLost ||= fate === 'lose-answer'
        server.write(framed(message))
      }
    }
    client.on('data', messages(pass))
    client.on('close', () => server.destroy())
    server.on('data', (chunk) => isAnswerLost || client.write(chunk))
    server.on('close', () => client.destroy())
  }

  const exchange = (front: Datagrams, message: Buffer, from: Place) => {
    const fate = intercept(message, 'udp')
    if (fate === 'lose') return
    if (typeof fate === 'object') return front.send(fate.answer, from.port, from.address)
    const back = keep(createSocket('udp4'))
    const forget = () => open.delete(back) && back.close()
    back.on('message', (answer) => {
      if (fate === 'pass' && open.has(front)) front.send(answer, from.port, from.address)
      forget()
    })
    setTimeout(forget, 5000).unref()
    back.send(message, to.port, to.address)
  }

  return {
    async open() {
      tcp = createServer((client) => converse(keep(client)))
      const front = keep(createSocket('udp4'))
      udp = front
      front.on('message', (message, { port, address }) => exchange(front, message, { port, address }))
      tcp.listen(at.port, at.address)
      await once(tcp, 'listening')
      udp.bind(at.port, at.address)
      await once(udp, 'listening')
    },
    async close() {
      tcp?.close()
      for (const socket of open) 'destroy' in socket ? socket.destroy() : socket.close()
      open.clear()
    },
  }
}

/** Whether a message is an update (RFC 2136). */
export function isUpdate(message: Buffer): boolean {
  return message.length > 2 && ((message.readUInt8(2) >> 3) & 0xf) === 5
}
