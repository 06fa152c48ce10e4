import { afterEach, expect, test } from 'vitest'
import type { SystemWriter } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { WritableResource } from '../../src/model/resource.ts'
import { type NameServer, startNameServer } from './name-server.ts'
import { openDnsSystem } from './system.ts'

const once: Attempt = (_, request) => request()
let server: NameServer | undefined

afterEach(() => server?.close())

async function options() {
  server = await startNameServer((_, __, { type }) =>
    type === 'MX' ? { rcode: 0, mx: [[10, 'mx.example']] } : { rcode: 3 },
  )
  const domains = async () => ['contoso.com', 'fabrikam.com']
  return { resolvers: [server.address], attempt: once, signal: new AbortController().signal, domains }
}

test('sources are read of the domains that it is told at the time, and there is nothing to write', async () => {
  const system = openDnsSystem(await options())
  expect([...system.resources]).toEqual([])
  const counts = await Promise.all(
    [...system.sources.values()].map(async ({ kind, list }) => [kind, (await list()).length]),
  )
  expect(counts).toEqual([
    ['mx', 2],
    ['ses-txt', 2],
    ['mail-txt', 8],
    ['mta-sts-policy', 2],
    ['smtp', 0],
  ])
  await expect(system.identity()).rejects.toThrow('DNS does not know')
  await system.close()
})

test('hosts are asked over SMTP when they are told', async () => {
  const system = openDnsSystem({ ...(await options()), mailHosts: async () => ['mx.example'] })
  expect(await system.sources.get('smtp')?.list()).toMatchObject([
    { name: 'mx.example', properties: { state: 'unresolvable' } },
  ])
})

test('record sets are put in by who holds them, and let go with the system', async () => {
  const never = async () => {}
  const resource: WritableResource = {
    kind: 'mx-set',
    list: async () => [],
    writable: () => ({}),
    rebuild: () => [],
    remove: never,
    edit: never,
    create: never,
  }
  let closed = 0
  const system: SystemWriter = openDnsSystem({
    ...(await options()),
    resources: [resource],
    identity: async () => ({ id: 'contoso.com', name: 'contoso.com', domains: [] }),
    closeResources: async () => {
      closed += 1
    },
  })
  expect(system.resources.get('mx-set')).toBe(resource)
  expect(await system.identity()).toMatchObject({ id: 'contoso.com' })
  await system.close()
  expect(closed).toBe(1)
})
