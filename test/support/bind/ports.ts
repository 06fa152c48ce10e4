import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that the system hands out by itself. */
const [lowest, highest] = [20_000, 32_000]

async function isFree(port: number): Promise<boolean> {
  const tcp = createServer()
  const udp = createSocket('udp4')
  try {
    tcp.listen(port, '127.0.0.1')
    await once(tcp, 'listening')
    udp.bind(port, '127.0.0.1')
    await once(udp, 'listening')
    return true
  } catch {
    return false
  } finally {
    tcp.close()
    udp.close()
  }
}

/** A port of 127.0.0.1 that is free over UDP and TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest)
    if (await isFree(port)) return port
  }
}
