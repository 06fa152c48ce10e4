import { createSocket, type Socket } from 'node:dgram'
import { createServer, type Server } from 'node:net'
import type { DnsState } from '../tenant/state.ts'
import { answerQuery } from './answer.ts'

export interface DnsServer {
  readonly port: number
  close(): Promise<void>
}

const loopback = '127.0.0.1'
const attempts = 20

function listenTcp(state: () => DnsState, port: number): Promise<Server> {
  const server = createServer((socket) => {
    let pending = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const length = pending.readUInt16BE(0)
        const answer = answerQuery(state(), pending.subarray(2, 2 + length), 'tcp')
        pending = pending.subarray(2 + length)
        if (answer === undefined) {
          socket.destroy()
          return
        }
        const size = Buffer.alloc(2)
        size.writeUInt16BE(answer.length)
        socket.write(Buffer.concat([size, answer]))
      }
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => resolve(server))
  })
}

function listenUdp(state: () => DnsState, port: number): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (packet, from) => {
    const answer = answerQuery(state(), packet, 'udp')
    if (answer !== undefined) socket.send(answer, from.port, from.address)
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, loopback, () => resolve(socket))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

async function closeTcp(server: Server): Promise<void> {
  await new Promise((done) => server.close(done))
}

/** Answers DNS on loopback, over UDP and TCP on one port. Port 0 takes a free one. */
export async function listenDns(state: () => DnsState, port: number): Promise<DnsServer> {
  for (let left = attempts; ; left -= 1) {
    const tcp = await listenTcp(state, port)
    try {
      const udp = await listenUdp(state, portOf(tcp))
      return {
        port: portOf(tcp),
        async close() {
          udp.close()
          await closeTcp(tcp)
        },
      }
    } catch (error) {
      await closeTcp(tcp)
      if (port !== 0 || left === 0) throw error
    }
  }
}
