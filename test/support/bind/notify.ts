import { createSocket } from 'node:dgram'
import { encode } from 'dns-packet'

/** The operation NOTIFY of RFC 1996, in the flags of a message. */
const notifyFlag = 4 << 11

/** Tells a secondary at 127.0.0.1 that a zone has changed. */
export async function notify(port: number, zone: string): Promise<void> {
  const socket = createSocket('udp4')
  const message = encode({
    type: 'query',
    id: 1,
    flags: notifyFlag,
    questions: [{ type: 'SOA', name: zone, class: 'IN' }],
  })
  await new Promise((resolve) => socket.send(message, port, '127.0.0.1', resolve))
  socket.close()
}
