import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Attempt } from '../../src/model/attempt.ts'
import { ServiceError, UsageError } from '../../src/model/errors.ts'
import { type NameServer, type Reply, startNameServer } from './name-server.ts'
import { type Dns, openDns } from './open.ts'

const records: readonly (readonly [number, string])[] = [
  [20, 'Backup.Example.NET.'],
  [10, 'contoso-com.mail.protection.outlook.com'],
]
const replies: Readonly<Record<string, (times: number) => Reply>> = {
  'contoso.com': () => ({ rcode: 0, mx: records }),
  'xn--bcher-kva.example': () => ({ rcode: 0, mx: [[10, 'mx.xn--bcher-kva.example']] }),
  'no-mx.example': () => ({ rcode: 0, mx: [] }),
  'null-mx.example': () => ({ rcode: 0, mx: [[0, '.']] }),
  'broken.example': () => ({ rcode: 2, mx: [] }),
  'refused.example': () => ({ rcode: 5, mx: [] }),
  'silent.example': () => 'silence',
  'recovers.example': (times) => (times <= 2 ? 'silence' : { rcode: 0, mx: records }),
  '_amazonses.contoso.com': () => ({ rcode: 0, mx: [], txt: [['vendor', '=='], ['ours']] }),
  '_amazonses.broken.example': () => ({ rcode: 2, mx: [] }),
  'long.example': () => ({ rcode: 0, mx: records, truncated: true }),
}

let server: NameServer
let dns: Dns
const controller = () => new AbortController()

/** The policy's shape, without its waits: a read is repeated while it fails, three times in all. */
const thrice: Attempt = async (_, request) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request()
    } catch (error) {
      if (!(error instanceof ServiceError) || attempt === 3) throw error
    }
  }
}

beforeEach(async () => {
  server = await startNameServer((name, times) => replies[name]?.(times) ?? { rcode: 3, mx: [] })
  dns = openDns({
    resolvers: [server.address],
    attempt: thrice,
    signal: controller().signal,
    timeoutMs: 100,
  })
})
afterEach(async () => {
  dns.close()
  await server.close()
})

async function mxOf(domain: string) {
  const [object] = await dns.mx([domain])
  return object?.properties
}

const inOrder = [
  { preference: 10, host: 'contoso-com.mail.protection.outlook.com' },
  { preference: 20, host: 'backup.example.net' },
]

test('hosts are given by preference, in lower case, without a dot at the end', async () => {
  expect(await dns.mx(['contoso.com'])).toEqual([
    {
      guid: 'contoso.com',
      name: 'contoso.com',
      properties: { domain: 'contoso.com', state: 'answered', records: inOrder },
    },
  ])
})

test('an internationalised name is asked for in punycode and keeps its own', async () => {
  expect(await mxOf('Bücher.example')).toEqual({
    domain: 'Bücher.example',
    state: 'answered',
    records: [{ preference: 10, host: 'mx.xn--bcher-kva.example' }],
  })
})

test.each([
  ['nowhere.example', 'no-record', 'NXDOMAIN'],
  ['no-mx.example', 'no-record', 'no MX record'],
  ['null-mx.example', 'answered', 'takes no mail'],
  ['broken.example', 'unresolvable', 'SERVFAIL'],
  ['refused.example', 'unresolvable', 'REFUSED'],
  ['silent.example', 'unresolvable', 'in time'],
  ['contoso.com/x', 'unresolvable', 'not a domain name'],
  ['a..example', 'unresolvable', 'not a domain name'],
  ['', 'unresolvable', 'not a domain name'],
])('%j is %s: %s', async (domain, state, reason) => {
  expect(await mxOf(domain)).toEqual({ domain, state, records: [], reason: expect.stringContaining(reason) })
})

test('a truncated answer is asked for again over TCP', async () => {
  expect(await mxOf('long.example')).toMatchObject({ state: 'answered', records: inOrder })
})

test('a failure is retried', async () => {
  await mxOf('broken.example')
  expect(server.asked.length).toBeGreaterThanOrEqual(3)
})

test('silence is retried', async () => {
  expect(await mxOf('recovers.example')).toMatchObject({ state: 'answered', records: inOrder })
})

test('every question is asked anew', async () => {
  await mxOf('contoso.com')
  await mxOf('contoso.com')
  expect(server.asked).toEqual(['contoso.com', 'contoso.com'])
})

test('many domains keep their order, and one that fails takes no other with it', async () => {
  const domains = Array.from({ length: 50 }, (_, index) => `d${index}.example`)
  const all = await dns.mx([...domains, 'broken.example', 'contoso.com'])
  expect(all.map(({ name }) => name)).toEqual([...domains, 'broken.example', 'contoso.com'])
  const states = all.map(({ properties }) => properties.state)
  expect(states.slice(-2)).toEqual(['unresolvable', 'answered'])
  expect(new Set(states.slice(0, 50))).toEqual(new Set(['no-record']))
})

test('no name server is "unresolvable"', async () => {
  const { address } = server
  await server.close()
  dns = openDns({ resolvers: [address], attempt: thrice, signal: controller().signal, timeoutMs: 100 })
  expect(await mxOf('contoso.com')).toMatchObject({ state: 'unresolvable' })
  server = await startNameServer(() => 'silence')
})

test('the signal ends it with its reason', { timeout: 5000 }, async () => {
  const abort = controller()
  const reason = new Error('interrupted')
  dns = openDns({ resolvers: [server.address], attempt: thrice, signal: abort.signal, timeoutMs: 60_000 })
  const reading = dns.mx(['silent.example', 'contoso.com'])
  abort.abort(reason)
  await expect(reading).rejects.toBe(reason)
})

test.each([
  'dns.google:53',
  '1.2.3:53',
  '1.2.3.4:0',
  '1.2.3.4:65536',
  '1.2.3.4:',
  '[1.2.3.4]:53',
  '::1:x',
  '',
])('the resolver %j is refused, and OFFBOARD_DNS named', (resolver) => {
  const open = () => openDns({ resolvers: [resolver], attempt: thrice, signal: controller().signal })
  expect(open).toThrow(UsageError)
  expect(open).toThrow('OFFBOARD_DNS')
})

test.each(['192.0.2.53:5353', '192.0.2.53', '[2001:db8::53]:53', '[2001:db8::53]', '2001:db8::53'])(
  'the resolver %j is taken',
  (resolver) => {
    openDns({ resolvers: [resolver], attempt: thrice, signal: controller().signal }).close()
  },
)

test('the values by which a domain was proven are read whole, and none is no failure', async () => {
  const found = await dns.sesTxt(['contoso.com', 'fabrikam.example', 'broken.example', 'no domain'])
  expect(found.map(({ name, properties: { state, values } }) => [name, state, values])).toEqual([
    ['contoso.com', 'answered', ['vendor==', 'ours']],
    ['fabrikam.example', 'no-record', []],
    ['broken.example', 'unresolvable', []],
    ['no domain', 'unresolvable', []],
  ])
})
