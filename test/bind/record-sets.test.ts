import { afterEach, describe, expect, test } from 'vitest'
import {
  ConflictError,
  InternalError,
  PermissionError,
  ServiceError,
  UsageError,
} from '../../src/model/errors.ts'
import type { Edit } from '../../src/model/resource.ts'
import { errorOf, shown } from '../dns/cloud.ts'
import type { BindZone } from '../support/bind/zone.ts'
import { type Bind, startBind } from '../support/bind.ts'
import { only, setsAt } from './zones.ts'

const vendor = '10 mail.vendor.example'
const backup = '20 backup.example.net'
const previous = '5 mail.example.net'
const zone: BindZone = {
  name: 'example.com',
  sets: [
    { name: 'example.com', type: 'MX', ttl: 1800, values: [backup, vendor] },
    { name: '_amazonses.example.com', type: 'TXT', ttl: 900, values: ['"ours=="', '"vendor=="'] },
    { name: 'host.example.com', type: 'A', ttl: 300, values: ['192.0.2.1'] },
    { name: 'alias.example.com', type: 'CNAME', ttl: 300, values: ['host.example.com'] },
  ],
}
const add = (entry: string): Edit => ({ kind: 'add-entry', property: 'values', entry })
const remove = (entry: string): Edit => ({ kind: 'remove-entry', property: 'values', entry })

let bind: Bind
afterEach(() => bind.close())

describe('record sets', () => {
  test('are read whole, with what each authoritative server has', async () => {
    bind = await startBind({ zones: [zone] })
    const { mx, txt } = setsAt(bind)
    const object = await only(mx)
    const [ns1, ns2] = bind.nameServers
    const answered = { state: 'answered', ttl: 1800, values: [vendor, backup] }
    expect(object).toEqual({
      guid: 'mx-set:example.com',
      name: 'example.com',
      properties: {
        ...{ domain: 'example.com', zone: 'example.com', name: 'example.com', type: 'MX' },
        ...{ ...answered, provider: 'rfc2136' },
        servers: [
          { name: 'ns1.servers.test', address: ns1.address, ...answered },
          { name: 'ns2.servers.test', address: ns2.address, ...answered },
        ],
      },
    })
    expect(mx.unsettled?.(object)).toBeUndefined()
    expect(mx.writable(object)).toEqual({ ttl: 1800, values: [vendor, backup] })
    expect(await only(txt)).toMatchObject({
      guid: 'txt-set:example.com',
      properties: { name: '_amazonses.example.com', ttl: 900, values: ['"ours=="', '"vendor=="'] },
    })
  })

  test('are edited in one update, with the TTL kept, and put back', async () => {
    bind = await startBind({ zones: [zone] })
    const { mx, txt } = setsAt(bind)
    const [set, texts] = [await only(mx), await only(txt)]
    await mx.edit(set, [add(previous), remove(vendor)])
    await txt.edit(texts, [remove('"vendor=="')])
    await bind.transfer('example.com')
    const changed = await only(mx)
    expect(mx.writable(changed)).toEqual({ ttl: 1800, values: [previous, backup] })
    expect(mx.unsettled?.(changed)).toBeUndefined()
    expect(txt.writable(await only(txt))).toEqual({ ttl: 900, values: ['"ours=="'] })
    await mx.edit(changed, [remove(previous), add(vendor)])
    expect(mx.writable(await only(mx))).toEqual(mx.writable(set))
  })

  test('a set that goes whole comes back with its TTL', async () => {
    bind = await startBind({ zones: [zone] })
    const { txt } = setsAt(bind)
    await txt.edit(await only(txt), [remove('"vendor=="'), remove('"ours=="')])
    const gone = await only(txt)
    expect(txt.writable(gone)).toEqual({ ttl: 0, values: [] })
    await txt.edit(gone, [add('"vendor=="'), { kind: 'set', property: 'ttl', from: 0, to: 900 }])
    expect(txt.writable(await only(txt))).toEqual({ ttl: 900, values: ['"vendor=="'] })
  })

  test('a secondary that lags is named until it has the set', async () => {
    bind = await startBind({ zones: [zone], lagging: true })
    const { mx } = setsAt(bind)
    await mx.edit(await only(mx), [add(previous)])
    const object = await only(mx)
    expect(object.properties.values).toEqual([previous, vendor, backup])
    expect(mx.unsettled?.(object)).toBe(
      `ns2.servers.test (${bind.nameServers[1].address}) still answers with ${vendor}, ${backup}`,
    )
    await bind.transfer('example.com')
    expect(mx.unsettled?.(await only(mx))).toBeUndefined()
  })

  test('an authoritative server that is down leaves a read unsettled', async () => {
    bind = await startBind({ zones: [zone] })
    const { mx } = setsAt(bind)
    await bind.nameServers[1].stop()
    const object = await only(mx)
    expect(object.properties.state).toBe('answered')
    expect(mx.unsettled?.(object)).toMatch(/^ns2\.servers\.test \(127\.[\d.]+\): nothing listens there$/)
  })

  test('behind a hidden primary and in a signed zone they are what they are', async () => {
    bind = await startBind({ zones: [{ ...zone, signed: true }], hidden: true })
    const { mx } = setsAt(bind)
    const object = await only(mx)
    await mx.edit(object, [add(previous), remove(vendor)])
    await bind.transfer('example.com')
    const changed = await only(mx)
    expect(mx.writable(changed)).toEqual({ ttl: 1800, values: [previous, backup] })
    expect(mx.unsettled?.(changed)).toBeUndefined()
    expect(changed.properties.servers).toHaveLength(2)
  })

  test('what somebody else changed since it was listed is not written over', async () => {
    bind = await startBind({ zones: [zone] })
    const { mx } = setsAt(bind)
    const object = await only(mx)
    await bind.write('example.com', { name: 'example.com', type: 'MX', ttl: 1800, values: [backup] })
    expect(await errorOf(mx.edit(object, [remove(vendor), add(previous)]))).toBeInstanceOf(ConflictError)
    expect((await bind.primary.read('example.com', 'MX')).values).toEqual([backup])
    await mx.edit(object, [add(previous)])
    expect(mx.writable(await only(mx))).toEqual({ ttl: 1800, values: [previous, backup] })
  })

  test('an MX set is never emptied', async () => {
    bind = await startBind({ zones: [zone] })
    const { mx } = setsAt(bind)
    expect(await errorOf(mx.edit(await only(mx), [remove(vendor), remove(backup)]))).toBeInstanceOf(
      InternalError,
    )
    expect((await bind.primary.read('example.com', 'MX')).values).toHaveLength(2)
  })

  test('without a provider they are what all servers agree on, and are not edited', async () => {
    bind = await startBind({ zones: [zone], lagging: true })
    const { mx } = setsAt(bind, { provider: 'none' })
    const object = await only(mx)
    expect(object.properties).toMatchObject({ provider: 'manual', ttl: 1800, values: [vendor, backup] })
    expect(await errorOf(mx.edit(object, [add(previous)]))).toBeInstanceOf(UsageError)
    await bind.write('example.com', { name: 'example.com', type: 'MX', ttl: 1800, values: [backup] })
    const between = await only(mx)
    expect(between.properties).toMatchObject({ state: 'unreadable', values: [] })
    expect(mx.unsettled?.(between)).toContain('ns2.servers.test')
  })

  test('of several domains, one that fails takes no other with it', async () => {
    bind = await startBind({
      zones: [zone, { name: 'bücher.example'.replace('bücher', 'xn--bcher-kva'), sets: [] }],
    })
    const domains = [
      'nowhere.example',
      'Bücher.example',
      'example.com',
      'alias.example.com',
      'host.example.com',
    ]
    const { mx } = setsAt(bind, { domains })
    const found = await mx.list()
    expect(found.map(({ guid }) => guid)).toEqual([
      'mx-set:nowhere.example',
      'mx-set:xn--bcher-kva.example',
      'mx-set:example.com',
      'mx-set:alias.example.com',
      'mx-set:host.example.com',
    ])
    expect(found.map(({ properties }) => properties.state)).toEqual([
      ...['unreadable', 'answered', 'answered', 'unreadable', 'answered'],
    ])
    expect(found[0]?.properties.reason).toContain('no zone')
    expect(found[1]?.properties).toMatchObject({ domain: 'Bücher.example', values: [], ttl: 0 })
    expect(found[3]?.properties.reason).toContain('alias')
    expect(found[4]?.properties).toMatchObject({ zone: 'example.com', name: 'host.example.com', values: [] })
  })

  test('a domain below its zone gets an MX of its own, with a TTL', async () => {
    bind = await startBind({ zones: [zone] })
    const { mx } = setsAt(bind, { domains: ['host.example.com'], zone: 'example.com' })
    await mx.edit(await only(mx), [add(previous)])
    expect(mx.writable(await only(mx))).toEqual({ ttl: 3600, values: [previous] })
  })

  test('a primary that is down or refuses leaves a set unreadable, and nothing is written', async () => {
    bind = await startBind({ zones: [zone], hidden: true })
    const denied = setsAt(bind, { provider: { keyFile: bind.keys.powerless } })
    const error = await errorOf(denied.mx.edit(await only(denied.mx), [add(previous)]))
    expect(error).toBeInstanceOf(PermissionError)
    for (const secret of bind.secrets) expect(shown(error)).not.toContain(secret)
    const { mx } = setsAt(bind)
    await bind.primary.stop()
    const object = await only(mx)
    expect(object.properties).toMatchObject({ state: 'unreadable', zone: 'example.com', values: [] })
    expect(object.properties.servers).toHaveLength(2)
    expect(await errorOf(mx.edit(object, [add(previous)]))).toBeInstanceOf(ServiceError)
  })
})
