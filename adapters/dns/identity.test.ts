import { expect, test } from 'vitest'
import { RefusedError, TenantError } from '../../src/model/errors.ts'
import { authoritative, open, pair, soa, world } from './authority/test-zone.ts'
import { dnsIdentity } from './identity.ts'

const served = () => pair(() => authoritative(soa('example.com', 7)))

test('the tenant is the first domain, and each zone is compared once, as its servers have it', async () => {
  const { port } = await served()
  const compared: unknown[] = []
  const identity = await dnsIdentity({
    authority: await open(world, port),
    domains: ['example.com', 'Mail.example.com'],
    compare: async (zone, serials) => {
      compared.push([zone.name, zone.servers.map(({ name }) => name), serials.map(({ serial }) => serial)])
    },
  })
  expect(identity).toEqual({
    id: 'example.com',
    name: 'example.com',
    domains: [
      { name: 'example.com', initial: true },
      { name: 'Mail.example.com', initial: false },
    ],
  })
  expect(compared).toEqual([['example.com', ['ns1.example.net', 'ns2.example.net'], [7, 7]]])
})

test('another copy, another zone, and one that nobody serves are refused', async () => {
  const { port } = await served()
  const authority = await open(world, port)
  const domains = ['example.com']
  const compare = async () => {
    throw new RefusedError({ tried: 'compare', said: 'it is a stale copy' })
  }
  await expect(dnsIdentity({ authority, domains, compare })).rejects.toThrow('stale')
  await expect(dnsIdentity({ authority, domains, zone: 'example.net' })).rejects.toThrow(RefusedError)
  await expect(dnsIdentity({ authority: await open(world, 1), domains })).rejects.toThrow(TenantError)
})

test('one lame server does not hide who serves the zone', async () => {
  const { port } = await pair(
    () => authoritative(soa('example.com', 7)),
    () => ({ rcode: 5 }),
  )
  const authority = await open(world, port)
  await expect(dnsIdentity({ authority, domains: ['example.com'] })).resolves.toMatchObject({
    id: 'example.com',
  })
})
