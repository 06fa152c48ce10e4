import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Answer, decode, encode, type Packet, TRUNCATED_RESPONSE } from 'dns-packet'
import { afterEach, expect, test } from 'vitest'
import { ask } from './ask.ts'

const closing: (() => unknown)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that sends these packets for each query, and over TCP these bytes before it hangs up. */
async function start(packets: (query: Packet) => readonly Buffer[], overTcp = Buffer.alloc(0)) {
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', () => socket.end(overTcp))
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const bound = tcp.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0
  const udp = createSocket('udp4')
  udp.on('message', (message, from) => {
    for (const packet of packets(decode(message))) udp.send(packet, from.port, from.address)
  })
  udp.bind(port, '127.0.0.1')
  await once(udp, 'listening')
  closing.push(
    () => tcp.close(),
    () => udp.close(),
  )
  return { address: '127.0.0.1', port }
}

const mx = (exchange: string): Answer => ({
  name: 'example.com',
  type: 'MX',
  data: { preference: 10, exchange },
})
const options = { timeoutMs: 200, signal: new AbortController().signal, recursive: false }
const question = { name: 'example.com', type: 'MX' } as const

function replyTo({ id = 0, questions = [] }: Packet, more: Packet): Buffer {
  return encode({ type: 'response', id, questions, ...more })
}

test('what is no reply to the question is passed over', async () => {
  const server = await start((query) => [
    Buffer.from('x'),
    replyTo(query, { id: ((query.id ?? 0) + 1) % 65_536, answers: [mx('forged.example')] }),
    replyTo(query, { questions: [{ name: 'example.net', type: 'MX' }], answers: [mx('forged.example')] }),
    replyTo(query, { type: 'query', answers: [mx('forged.example')] }),
    replyTo(query, { answers: [mx('mail.example')] }),
  ])
  expect(await ask(server, question, options)).toMatchObject({
    is: 'reply',
    reply: { answers: [{ data: { exchange: 'mail.example' } }] },
  })
})

test.each([
  ['hangs up', Buffer.alloc(0), 'closed before the answer was whole'],
  ['hangs up in the middle', Buffer.from([0, 50, 1, 2]), 'closed before the answer was whole'],
  ['talks something else', Buffer.from([0, 2, 1, 2]), 'could not be read'],
])('a server that cuts its answer and then %s did not answer', async (_, bytes, reason) => {
  const server = await start((query) => [replyTo(query, { flags: TRUNCATED_RESPONSE })], bytes)
  expect(await ask(server, question, options)).toEqual({
    is: 'no-answer',
    reason: expect.stringContaining(reason),
  })
})
