import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import type { DecodedPacket } from 'dns-packet'
import { decodeReply, encoded, type Query } from './message.ts'
import type { ServerAddress } from './server-address.ts'

/** The server answered, and what it said is no DNS. */
export class MalformedReplyError extends Error {}

/** The reply over UDP, or `cut` when it did not fit. Packets that are no reply to the query are passed over. */
export async function overUdp(
  { address, port }: ServerAddress,
  query: Query,
  signal: AbortSignal,
): Promise<DecodedPacket | 'cut'> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<DecodedPacket | 'cut'>()
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  socket.on('error', reject)
  socket.on('message', (bytes) => {
    const reply = tryDecode(bytes, query)
    if (reply !== undefined) resolve(reply)
  })
  // A connected socket takes packets of this server alone, and learns at once that nobody listens.
  socket.connect(port, address, () => socket.send(encoded(query), (error) => error && reject(error)))
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', abort)
    socket.close()
  }
}

function tryDecode(bytes: Buffer, query: Query): DecodedPacket | 'cut' | undefined {
  try {
    return decodeReply(bytes, query)
  } catch {
    return undefined
  }
}

/** The reply over TCP. */
export async function overTcp(
  { address, port }: ServerAddress,
  query: Query,
  signal: AbortSignal,
): Promise<DecodedPacket> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<DecodedPacket>()
  const socket = connect({ host: address, port })
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  let received = Buffer.alloc(0)
  socket.on('error', reject)
  socket.on('close', () =>
    reject(new MalformedReplyError('the connection was closed before the answer was whole')),
  )
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    const whole = wholeMessage(received)
    if (whole === undefined) return
    try {
      resolve(decodeWhole(whole, query))
    } catch (error) {
      reject(error)
    }
  })
  socket.write(withLength(encoded(query)))
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return Buffer.concat([length, message])
}

function wholeMessage(received: Buffer): Buffer | undefined {
  if (received.length < 2) return undefined
  const end = 2 + received.readUInt16BE(0)
  return received.length < end ? undefined : received.subarray(2, end)
}

function decodeWhole(bytes: Buffer, query: Query): DecodedPacket {
  const reply = tryDecode(bytes, query)
  if (reply === undefined || reply === 'cut') throw new MalformedReplyError('the answer could not be read')
  return reply
}
