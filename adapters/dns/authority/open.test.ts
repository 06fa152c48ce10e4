import type { Answer } from 'dns-packet'
import { expect, test } from 'vitest'
import type { Reply } from '../name-server.ts'
import { agreement } from './agreement.ts'
import { at, authoritative, mx, open, pair, portOf, soa, start, world } from './test-zone.ts'

async function readMx(records: readonly Answer[], port: number) {
  const authority = await open(records, port)
  return authority.read(await authority.zone('example.com'), 'example.com', 'MX')
}

test('a set is read at each server that the zone is delegated to, without recursion', async () => {
  const { first, port } = await pair(() =>
    authoritative(mx('example.com', 20, 'b.example.net'), mx('Example.COM', 10, 'A.Example.NET')),
  )
  const found = { state: 'answered', ttl: 3600, values: ['10 a.example.net', '20 b.example.net'] }
  expect(await readMx(world, port)).toEqual([
    { name: 'ns1.example.net', address: '127.0.0.1', ...found },
    { name: 'ns2.example.net', address: '127.0.0.2', ...found },
  ])
  expect(first.askings).toEqual([
    { name: 'example.com', type: 'MX', extended: true, recursive: false, overUdp: true },
  ])
})

test('a server that lags is seen', async () => {
  const { port } = await pair(
    () => authoritative(mx('example.com', 10, 'new.example.net')),
    () => authoritative(mx('example.com', 10, 'old.example.net')),
  )
  const servers = await readMx(world, port)
  expect(servers.map(({ values }) => values)).toEqual([['10 new.example.net'], ['10 old.example.net']])
  expect(agreement(servers)).toMatchObject({
    state: 'unreadable',
    reason: expect.stringContaining('disagree'),
  })
})

test('a set that is not there is answered, with no values', async () => {
  const { port } = await pair(
    () => authoritative(),
    () => ({ rcode: 3, authoritative: true }),
  )
  const servers = await readMx(world, port)
  expect(agreement(servers)).toEqual({ state: 'answered', ttl: 0, values: [] })
})

test.each<[string, Reply, string]>([
  ['refuses', { rcode: 5 }, 'REFUSED'],
  ['fails', { rcode: 2 }, 'SERVFAIL'],
  ['is silent', 'silence', 'in time'],
  ['answers from a cache', { rcode: 0, answers: [mx('example.com', 10, 'a.example.net')] }, 'no authority'],
  ['sends it elsewhere', { rcode: 0 }, 'no authority'],
  [
    'has an alias',
    authoritative(at('example.com', 'x.example.net', 'CNAME')),
    'alias (CNAME) of x.example.net',
  ],
  ['has a host that is none', authoritative(mx('example.com', 10, 'a b.example')), 'not the name of a host'],
])('a server that %s is not known', async (_, reply, reason) => {
  const { port } = await pair(
    () => authoritative(mx('example.com', 10, 'a.example.net')),
    () => reply,
  )
  const servers = await readMx(world, port)
  expect(servers[1]).toMatchObject({
    state: 'unreadable',
    values: [],
    reason: expect.stringContaining(reason),
  })
  expect(agreement(servers)).toMatchObject({ state: 'unreadable', reason: expect.stringContaining(reason) })
})

test('a server that nobody answers at, and one without an address, are not known', async () => {
  const server = await start(() => authoritative(mx('example.com', 10, 'a.example.net')))
  const servers = await readMx([...world, at('example.com', 'ns3.example.net', 'NS')], portOf(server))
  expect(servers.map(({ state, address, reason }) => [state, address, reason])).toEqual([
    ['answered', '127.0.0.1', undefined],
    ['unreadable', '127.0.0.2', 'nothing listens there'],
    ['unreadable', '', 'its name has no address'],
  ])
})

test('a packet that is lost is sent again, and an answer that does not fit is had over TCP', async () => {
  const whole = Array.from({ length: 60 }, (_, index) => mx('example.com', index, `mx${index}.example.net`))
  const { first, second, port } = await pair(
    (_, times) => (times === 1 ? 'silence' : authoritative(...whole.slice(0, 1))),
    () => ({ rcode: 0, authoritative: true, truncated: true, answers: whole }),
  )
  const servers = await readMx(world, port)
  expect(servers.map(({ values }) => values.length)).toEqual([1, 60])
  expect(first.askings.map(({ extended }) => extended)).toEqual([true, false])
  expect(second.askings.map(({ overUdp }) => overUdp)).toEqual([true, false])
})

test('a server that knows no EDNS is asked without', async () => {
  const { port } = await pair(({ extended }) =>
    extended ? { rcode: 1 } : authoritative(mx('example.com', 10, 'a.example.net')),
  )
  expect(agreement(await readMx(world, port))).toMatchObject({
    state: 'answered',
    values: ['10 a.example.net'],
  })
})

test('signatures beside the set are passed over', async () => {
  const signature: Answer = {
    name: 'example.com',
    type: 'RRSIG',
    data: {
      typeCovered: 'MX',
      algorithm: 13,
      labels: 2,
      originalTTL: 3600,
      expiration: 1,
      inception: 0,
      keyTag: 1,
      signersName: 'example.com',
      signature: Buffer.from('x'),
    },
  }
  const { port } = await pair(() => authoritative(signature, mx('example.com', 10, 'a.example.net')))
  expect(agreement(await readMx(world, port))).toMatchObject({
    state: 'answered',
    values: ['10 a.example.net'],
  })
})

test('a server is asked at its IPv6 address too', async () => {
  const one = await start(() => authoritative(mx('example.com', 10, 'a.example.net')))
  await start(() => authoritative(mx('example.com', 10, 'b.example.net')), { host: '::1', port: portOf(one) })
  const records = [
    ...world.slice(0, 2),
    at('ns1.example.net', '127.0.0.1', 'A'),
    at('ns1.example.net', '::1', 'AAAA'),
  ]
  expect((await readMx(records, portOf(one))).map(({ address, values }) => [address, values])).toEqual([
    ['127.0.0.1', ['10 a.example.net']],
    ['::1', ['10 b.example.net']],
  ])
})

test('the strings of a TXT stay apart, byte for byte', async () => {
  const data = [Buffer.from([0xc3]), Buffer.from([0xbc, 0x22])]
  const { port } = await pair(() =>
    authoritative({ name: '_amazonses.example.com', type: 'TXT', ttl: 60, data }),
  )
  const authority = await open(world, port)
  const servers = await authority.read(await authority.zone('example.com'), '_amazonses.example.com', 'TXT')
  expect(agreement(servers)).toEqual({ state: 'answered', ttl: 60, values: [String.raw`"\195" "\188\""`] })
})

test('the serial numbers tell who lags, and a hidden primary is not asked', async () => {
  const { port } = await pair(
    () => authoritative(soa('example.com', 7)),
    () => authoritative(soa('other.example', 6)),
  )
  const authority = await open(world, port)
  expect(await authority.serials(await authority.zone('example.com'))).toEqual([
    {
      name: 'ns1.example.net',
      address: '127.0.0.1',
      state: 'answered',
      serial: 7,
      primary: 'hidden.example.net',
    },
    {
      name: 'ns2.example.net',
      address: '127.0.0.2',
      state: 'unreadable',
      reason: 'it has no zone example.com',
    },
  ])
})

test('the signal ends it with its reason', async () => {
  const { port } = await pair(() => 'silence')
  const abort = new AbortController()
  const reason = new Error('interrupted')
  const authority = await open(world, port, { signal: abort.signal, timeoutMs: 60_000 })
  const reading = authority.read(await authority.zone('example.com'), 'example.com', 'MX')
  abort.abort(reason)
  await expect(reading).rejects.toBe(reason)
})
