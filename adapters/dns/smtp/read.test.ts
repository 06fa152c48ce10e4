import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openResolverAt, stop } from '../wire/test-resolver.ts'
import { readSmtp } from './read.ts'

interface MailServer {
  readonly port: number
  /** What clients said, line by line. */
  readonly heard: readonly string[]
}

const running: Server[] = []
const sockets = new Set<Socket>()

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  for (const server of running.splice(0)) server.close()
  await stop()
})

/** A mail server on loopback that greets, and answers each line by its first word. undefined: it stays silent. */
async function startMailServer(
  greeting: string | undefined,
  answers: Readonly<Record<string, string>> = {},
  at: { readonly host?: string; readonly port?: number } = {},
): Promise<MailServer> {
  const heard: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    if (greeting !== undefined) socket.write(greeting)
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        heard.push(line)
        const answer = answers[line.split(' ')[0] ?? '']
        if (answer !== undefined) for (const byte of answer.match(/.{1,7}/gs) ?? []) socket.write(byte)
      }
    })
  })
  running.push(server)
  server.listen(at.port ?? 0, at.host ?? '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, heard }
}

const offering = {
  EHLO: '250-mx.example\r\n250-SIZE 100\r\n250-STARTTLS\r\n250 8BITMIME\r\n',
  QUIT: '221 bye\r\n',
}
const world = {
  'mx.example': { a: ['127.0.0.1'] },
  'two.example': { a: ['127.0.0.1', '127.0.0.2'] },
  'both.example': { a: ['127.0.0.1'], aaaa: ['::1'] },
  'mx.xn--bcher-kva.example': { a: ['127.0.0.1'] },
  'elsewhere.example': { a: [], aaaa: [] },
  'broken.example': { rcode: 2 },
}

async function answerOf(host: string, port: number, timeoutMs = 2000) {
  const { resolve, signal } = await openResolverAt(world)
  const [object] = await readSmtp(resolve, [host], { port, timeoutMs, signal })
  return object?.properties
}

test('a host that greets and offers STARTTLS answers, and no mail is begun', async () => {
  const { port, heard } = await startMailServer('220-mx.example\r\n220 ESMTP\r\n', offering)
  expect(await answerOf('mx.example', port)).toEqual({
    host: 'mx.example',
    state: 'answers',
    banner: 'mx.example',
    addresses: [{ address: '127.0.0.1', state: 'answers', banner: 'mx.example' }],
  })
  await expect.poll(() => heard).toEqual(['EHLO [127.0.0.1]', 'QUIT'])
})

test.each<[string, string | undefined, Readonly<Record<string, string>>, string, string]>([
  ['offers no STARTTLS', '220 mx\r\n', { EHLO: '250-mx\r\n250 SIZE\r\n' }, 'no-starttls', 'STARTTLS'],
  ['is named STARTTLS', '220 mx\r\n', { EHLO: '250 STARTTLS.example\r\n' }, 'no-starttls', 'STARTTLS'],
  ['refuses at once', '554 no\r\n', {}, 'silent', 'greets with 554 no'],
  ['refuses EHLO', '220 mx\r\n', { EHLO: '502 what\r\n' }, 'silent', '502 what'],
  ['says nothing', undefined, {}, 'silent', 'in time'],
  ['stops after its greeting', '220 mx\r\n', {}, 'silent', 'in time'],
  ['is no mail server', 'HTTP/1.1 400 Bad Request\r\n', {}, 'silent', 'no SMTP'],
  [
    'talks without end',
    `220-${'x'.repeat(80)}\r\n`.repeat(300),
    {},
    'silent',
    'more than a mail server does',
  ],
])('a host that %s', async (_, greeting, answers, state, reason) => {
  const { port } = await startMailServer(greeting, answers)
  expect(await answerOf('mx.example', port, 300)).toMatchObject({
    state,
    reason: expect.stringContaining(reason),
  })
})

test('a server that hangs up, and a port where nothing listens', async () => {
  const server = createServer((socket) => socket.end())
  running.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(await answerOf('mx.example', port)).toMatchObject({
    state: 'silent',
    reason: expect.stringContaining('closed'),
  })
  server.close()
  await once(server, 'close')
  expect(await answerOf('mx.example', port)).toMatchObject({
    state: 'silent',
    reason: '127.0.0.1: nothing listens there',
  })
})

test('every address is asked: the host is as its best, and what is wrong with another is said', async () => {
  const { port } = await startMailServer('220 one\r\n', offering)
  expect(await answerOf('two.example', port)).toMatchObject({
    state: 'answers',
    reason: '127.0.0.2: nothing listens there',
    addresses: [{ state: 'answers' }, { state: 'silent' }],
  })
  await startMailServer('220 six\r\n', offering, { host: '::1', port })
  expect(await answerOf('both.example', port)).toMatchObject({
    addresses: [{ banner: 'one' }, { banner: 'six' }],
  })
})

test.each([
  ['nowhere.example', 'no address'],
  ['elsewhere.example', 'no address'],
  ['broken.example', 'SERVFAIL'],
  ['no host', 'not the name of a host'],
])('the host %j has no address that is known: %s', async (host, reason) => {
  expect(await answerOf(host, 1)).toMatchObject({
    state: 'unresolvable',
    reason: expect.stringContaining(reason),
  })
})

test('a banner is shown in plain characters, and an internationalised host is found', async () => {
  const { port } = await startMailServer(`220 a\u001b[31mb${'x'.repeat(300)}\r\n`, offering)
  expect(await answerOf('mx.Bücher.example', port)).toMatchObject({
    host: 'mx.Bücher.example',
    banner: `a?[31mb${'x'.repeat(193)}`,
  })
})

test('the signal ends it with its reason', async () => {
  const { port } = await startMailServer(undefined)
  const { resolve } = await openResolverAt(world)
  const abort = new AbortController()
  const reading = readSmtp(resolve, ['mx.example'], { port, timeoutMs: 60_000, signal: abort.signal })
  const reason = new Error('interrupted')
  setImmediate(() => abort.abort(reason))
  await expect(reading).rejects.toBe(reason)
})
