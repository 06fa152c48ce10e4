import { afterEach, describe, expect, test } from 'vitest'
import type { BindZone } from '../support/bind/zone.ts'
import { type Bind, startBind } from '../support/bind.ts'

const zone: BindZone = {
  name: 'example.com',
  sets: [
    { name: 'example.com', type: 'MX', ttl: 3600, values: ['10 mail.example.net', '20 mx2.example.net'] },
    { name: 'example.com', type: 'TXT', ttl: 300, values: ['"v=spf1 " "-all"'] },
  ],
}
let bind: Bind
afterEach(async () => bind?.close())

const changed = { name: 'example.com', type: 'MX', ttl: 3600, values: ['5 new.example.net'] }

describe('BIND on loopback', () => {
  test('answers for its zones at both name servers and at the resolver', async () => {
    bind = await startBind({ zones: [zone, { ...zone, name: 'other.example', sets: [] }] })
    const [ns1, ns2] = bind.nameServers
    for (const server of [bind.primary, ns1, ns2]) {
      expect((await server.read('example.com', 'MX')).values.toSorted()).toEqual(zone.sets[0]?.values)
      expect((await server.read('example.com', 'TXT')).values).toEqual(['"v=spf1 " "-all"'])
    }
    expect((await ns1.read('ns2.servers.test', 'A')).values).toEqual([ns2.address])
    await bind.write('example.com', changed)
    await bind.transfer('example.com')
    expect(await ns2.read('example.com', 'MX')).toMatchObject({ ttl: 3600, values: ['5 new.example.net'] })
  })

  test('a secondary lags until it is told', async () => {
    bind = await startBind({ zones: [zone], lagging: true })
    await bind.write('example.com', changed)
    expect((await bind.primary.read('example.com', 'MX')).values).toEqual(changed.values)
    expect((await bind.nameServers[1].read('example.com', 'MX')).values).toHaveLength(2)
    await bind.transfer('example.com')
    expect((await bind.nameServers[1].read('example.com', 'MX')).values).toEqual(changed.values)
  })

  test('a hidden primary is none of the name servers; killed and started, it knows what it knew', async () => {
    bind = await startBind({ zones: [zone], hidden: true })
    expect(bind.nameServers.map(({ address }) => address)).not.toContain(bind.primary.address)
    await bind.write('example.com', changed)
    await bind.transfer('example.com')
    await bind.primary.kill()
    expect((await bind.primary.read('example.com', 'MX')).values).toEqual([])
    await bind.primary.start()
    expect((await bind.primary.read('example.com', 'MX')).values).toEqual(changed.values)
  })

  test('signs a zone, and signs what is written', async () => {
    bind = await startBind({ zones: [{ ...zone, signed: true }] })
    await bind.write('example.com', changed)
    await bind.transfer('example.com')
    expect((await bind.nameServers[1].read('example.com', 'MX')).values).toEqual(changed.values)
  })
})
