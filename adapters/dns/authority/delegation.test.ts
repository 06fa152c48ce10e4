import { expect, test } from 'vitest'
import { RefusedError, ServiceError, TenantError, UsageError } from '../../../src/model/errors.ts'
import { at, open, resolving, soa, start, world } from './test-zone.ts'

test.each([
  ['example.com', 'example.com'],
  ['mail.Example.com.', 'example.com'],
  ['deep.down.example.com', 'example.com'],
  ['alias.example.com', 'example.com'],
  ['sub.example.com', 'sub.example.com'],
  ['Bücher.example', 'xn--bcher-kva.example'],
])('%s is held by the zone %s', async (domain, zone) => {
  const others = [
    ...[soa('sub.example.com', 1), at('sub.example.com', 'ns1.example.net', 'NS')],
    ...[soa('xn--bcher-kva.example', 1), at('xn--bcher-kva.example', 'ns1.example.net', 'NS')],
    ...[at('alias.example.com', 'other.example', 'CNAME'), soa('other.example', 1)],
  ]
  const authority = await open([...world, ...others], 53)
  expect((await authority.zone(domain)).name).toBe(zone)
  expect((await authority.zone(domain, zone)).name).toBe(zone)
})

test('a zone that does not hold the domain is refused', async () => {
  const authority = await open(
    [...world, soa('sub.example.com', 1), at('sub.example.com', 'n.example', 'NS')],
    53,
  )
  await expect(authority.zone('sub.example.com', 'example.com')).rejects.toThrow(RefusedError)
  await expect(authority.zone('sub.example.com', 'example.com')).rejects.toThrow('it is sub.example.com')
  await expect(authority.zone('example.com', 'example.net')).rejects.toThrow(RefusedError)
})

test('a domain that no zone holds, and what is no domain, are told apart', async () => {
  const authority = await open([...world, soa('com', 1), at('com', 'a.gtld.example', 'NS')], 53)
  await expect(authority.zone('unregistered.com')).rejects.toThrow(TenantError)
  await expect(authority.zone('no domain')).rejects.toThrow(UsageError)
  await expect(authority.zone('a..example.com')).rejects.toThrow(UsageError)
})

test('a resolver that does not answer is a failure of the service, and the next one is asked', async () => {
  const [broken, silent] = [await start(() => ({ rcode: 2 })), await start(() => 'silence')]
  const unknown = await open(world, 53, { resolvers: [silent.address, broken.address] })
  await expect(unknown.zone('example.com')).rejects.toThrow(ServiceError)
  await expect(unknown.zone('example.com')).rejects.toThrow('SERVFAIL')
  const good = await start(resolving(world))
  const known = await open(world, 53, { resolvers: [broken.address, good.address] })
  expect((await known.zone('example.com')).name).toBe('example.com')
})
