import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InternalError, RefusedError } from '../../../src/model/errors.ts'
import type { DelegatedZone } from '../authority/delegation.ts'
import type { Authority, ServerSerial } from '../authority/open.ts'
import { liveCopy, liveReader, liveWriter } from './live-copy.ts'
import type { DnsProvider, VersionedRecordSet } from './provider.ts'

const servers = ['ns1.example.net', 'ns2.example.net']
const zone: DelegatedZone = {
  name: 'example.com',
  servers: servers.map((name) => ({ name, address: '192.0.2.53' })),
}
const key = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const set: VersionedRecordSet = { key, ttl: 300, values: ['10 mail.example.com'], version: '1' }

function answered(serial: number, name = 'ns1.example.net'): ServerSerial {
  return { name, address: '192.0.2.53', state: 'answered', serial }
}

const authority: Authority = {
  zone: async () => zone,
  serials: async () => [answered(7)],
  read: async () => {
    throw new InternalError({ tried: 'read', said: 'nobody asks' })
  },
}

/** A provider that counts what reaches it. */
function provider(nameServers: readonly string[] | undefined) {
  const calls = { read: 0, replace: 0, nameServers }
  const copy: DnsProvider = {
    id: 'rfc2136',
    zone: async (name) => ({ name, nameServers: calls.nameServers }),
    async read() {
      calls.read += 1
      return set
    },
    async replace() {
      calls.replace += 1
    },
    async close() {},
  }
  return { copy, calls }
}

test.each([
  ['the same, in another order', servers.toReversed()],
  ['not told by the provider', undefined],
])('name servers that are %s: it is the zone in use', async (_what, names) => {
  const { copy } = provider(names)
  await expect(liveCopy(copy, { authority }).check(zone, [])).resolves.toBeUndefined()
})

test.each([
  ['others', ['ns1.elsewhere.example']],
  ['fewer', ['ns1.example.net']],
  ['more', [...servers, 'ns3.example.net']],
  ['none', []],
])(
  'name servers that are %s: refused with both lists, and nothing is read or written',
  async (_what, names) => {
    const { copy, calls } = provider(names)
    const reading = liveReader(copy, { authority }).read(key)
    await expect(reading).rejects.toThrow(RefusedError)
    await expect(reading).rejects.toThrow(/ns1\.example\.net, ns2\.example\.net/)
    await expect(liveWriter(copy, { authority }).replace(set, set)).rejects.toThrow(RefusedError)
    expect(calls).toMatchObject({ read: 0, replace: 0 })
  },
)

test('a zone that moved between a read and a write is not written', async () => {
  const { copy, calls } = provider(servers)
  const live = liveWriter(copy, { authority })
  await live.read(key)
  calls.nameServers = ['ns1.elsewhere.example']
  await expect(live.replace(set, set)).rejects.toThrow(RefusedError)
  expect(calls).toMatchObject({ read: 1, replace: 0 })
})

test('a serial that is behind one of the servers is refused, and one that is not is fine (RFC 1982)', async () => {
  const most = 2 ** 32
  const { copy } = provider(servers)
  const serials = fc.integer({ min: 0, max: most - 1 })
  await fc.assert(
    fc.asyncProperty(serials, fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (serial, step) => {
      const later = (serial + step) % most
      const at = (own: number) => liveCopy(copy, { authority, serial: async () => answered(own, 'primary') })
      await expect(at(serial).check(zone, [answered(serial), answered(later)])).rejects.toThrow('is behind')
      await expect(at(later).check(zone, [answered(serial), answered(later)])).resolves.toBeUndefined()
    }),
  )
})

test('a primary that does not tell its serial is refused', async () => {
  const { copy } = provider(servers)
  const silent: ServerSerial = { name: 'primary', address: '', state: 'unreadable', reason: 'no answer' }
  const { check } = liveCopy(copy, { authority, serial: async () => silent })
  await expect(check(zone, [answered(1)])).rejects.toThrow('no answer')
})
