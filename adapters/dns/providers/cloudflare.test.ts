import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ConflictError, type OffboardError, RefusedError, ThrottledError } from '../../../src/model/errors.ts'
import { cloudflareAccount } from '../../../src/sandbox/dns/cloudflare/account.ts'
import { newZone, putSet, setOf, type Zone } from '../../../src/sandbox/dns/zones.ts'
import {
  approval,
  commonPlace,
  errorOf,
  seededZone,
  shown,
  startCloud,
  type TestCloud,
} from '../../../test/dns/cloud.ts'
import { optionsFor } from '../../../test/dns/cloudflare.ts'
import { type CloudflareOptions, openCloudflare } from './cloudflare.ts'
import { describeProvider } from './conformance.ts'

describeProvider('cloudflare', {
  throttles: true,
  pages: true,
  async makePlace(seed, attempt) {
    const zone = seededZone(seed)
    const cloud = await startCloud([zone])
    const cloudflare = openCloudflare(optionsFor(cloud, { attempt }))
    return {
      ...commonPlace(cloud, zone, ['POST dns_records/batch']),
      reader: cloudflare.reader(),
      writer: cloudflare.writer(approval()),
      secrets: [cloudflareAccount.token],
    }
  },
})

const apiRecord = z.looseObject({ id: z.string(), type: z.string().optional() })
const apiResult = z.union([z.array(apiRecord), apiRecord.transform((one) => [one])])

const mxKey = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const txtKey = { zone: 'example.com', name: '_amazonses.example.com', type: 'TXT' } as const
const oldMx = ['10 old.example.net', '20 backup.example.net']

describe('Cloudflare', () => {
  let cloud: TestCloud
  let own: Zone

  beforeEach(async () => {
    own = newZone('example.com', [
      { ...mxKey, ttl: 300, values: oldMx },
      { ...txtKey, ttl: 1800, values: ['"ours=="', '"vendor=="'] },
    ])
    cloud = await startCloud([own])
  })
  afterEach(() => cloud.close())

  const reader = (given?: Partial<CloudflareOptions>) => openCloudflare(optionsFor(cloud, given)).reader()
  const writer = (given?: Partial<CloudflareOptions>) =>
    openCloudflare(optionsFor(cloud, given)).writer(approval())

  /** Cloudflare's own API, past the provider. */
  async function api(method: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${cloudflareAccount.token}` }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(new URL(`/client/v4${path}`, cloud.url), { method, headers, ...sent })
    return z.looseObject({ result: apiResult }).parse(await answer.json()).result
  }

  async function records() {
    const [zone] = await api('GET', '/zones?name=example.com')
    const path = `/zones/${zone?.id}/dns_records`
    return { path, all: await api('GET', path) }
  }

  /** Does something when the batch is on its way. */
  function meanwhile(act: () => Promise<unknown>): typeof fetch {
    return async (input, init) => {
      if (init?.method === 'POST') await act()
      return fetch(input, init)
    }
  }

  async function failure(
    act: Promise<unknown>,
    kind: new (...given: never[]) => OffboardError,
  ): Promise<Error> {
    const error = await errorOf(act)
    expect(error).toBeInstanceOf(kind)
    expect(shown(error)).not.toContain(cloudflareAccount.token)
    return error
  }

  it('reads a set of 2,000 values to its last page', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `"value ${index}"`)
    putSet(own, { ...txtKey, ttl: 300, values: [...many, '"vendor=="'] })
    const cloudflare = writer()
    const read = await cloudflare.read(txtKey)
    expect(read.values.toSorted()).toEqual([...many, '"vendor=="'].sort())
    expect(cloud.count('GET dns_records')).toBeGreaterThan(2)
    await cloudflare.replace(read, { ttl: 300, values: many })
    expect(setOf(own, txtKey.name, 'TXT')?.values).toEqual(many)
  })

  it('keeps comment, tags and an automatic TTL of what stays, and makes new records alike', async () => {
    const { path, all } = await records()
    const [old] = all
    const noted = { comment: 'the mail team’s', tags: ['mail:yes'], ttl: 1 }
    for (const { id } of all.slice(0, 2)) await api('PATCH', `${path}/${id}`, noted)
    const cloudflare = writer()
    const read = await cloudflare.read(mxKey)
    expect(read.ttl).toBe(300)
    await cloudflare.replace(read, { ttl: 300, values: ['10 old.example.net', '5 new.example.net'] })
    const after = (await records()).all.filter(({ type }) => type === 'MX')
    expect(after).toMatchObject([
      { ...noted, id: old?.id, content: 'old.example.net', priority: 10 },
      { ttl: 1, comment: null, content: 'new.example.net', priority: 5 },
    ])
  })

  it.each([
    ['what goes went by itself', 'DELETE', 1, undefined],
    [
      'what comes came',
      'POST',
      0,
      { name: 'example.com', type: 'MX', content: 'new.example.net', priority: 5 },
    ],
  ])('writes nothing when, after the last look, %s', async (_, method, at, body) => {
    const { path, all } = await records()
    const cloudflare = writer({
      fetch: meanwhile(() => api(method, method === 'POST' ? path : `${path}/${all[at]?.id}`, body)),
    })
    const read = await cloudflare.read(mxKey)
    await failure(
      cloudflare.replace(read, { ttl: 300, values: ['10 old.example.net', '5 new.example.net'] }),
      ConflictError,
    )
    expect((await records()).all).toHaveLength(all.length + (method === 'POST' ? 1 : -1))
  })

  it('sees what was edited in place, or only noted, and looks again after each wait', async () => {
    const { path, all } = await records()
    const next = { ttl: 300, values: ['5 new.example.net'] }
    const cloudflare = writer()
    const read = await cloudflare.read(mxKey)
    await api('PATCH', `${path}/${all[0]?.id}`, { comment: 'please keep' })
    await failure(cloudflare.replace(read, next), ConflictError)
    const waited = writer({
      async attempt(effect, request) {
        if (effect === 'read') return request()
        cloud.fail({ kind: 'throttle', cmdlet: 'POST dns_records/batch' })
        expect(await errorOf(request())).toBeInstanceOf(ThrottledError)
        putSet(own, { ...mxKey, ttl: 300, values: [...oldMx, '30 third.example.net'] })
        return request()
      },
    })
    await failure(waited.replace(await waited.read(mxKey), next), ConflictError)
    expect(setOf(own, 'example.com', 'MX')?.values).toEqual([...oldMx, '30 third.example.net'])
  })

  it('sends nothing when nothing differs', async () => {
    const cloudflare = writer()
    const read = await cloudflare.read(mxKey)
    await cloudflare.replace(read, { ttl: 300, values: read.values.toReversed() })
    expect(cloud.writes).toEqual([])
  })

  it('takes the active zone of two, and tells others apart by their name servers', async () => {
    const servers = ['ada.ns.cloudflare.example', 'bob.ns.cloudflare.example']
    cloud.zones.unshift({ ...newZone('example.com', [], servers), status: 'pending' })
    expect((await reader().read(mxKey)).values).toHaveLength(2)
    const also = newZone('example.com', [], ['cy.ns.cloudflare.example'])
    cloud.zones.push(also)
    const error = await failure(reader().zone('example.com'), RefusedError)
    expect(error.message).toMatch(
      /"Contoso", pending \(ada\..*"Contoso 2", active.*"Contoso 3", active \(cy\./,
    )
    const delegation = async () => ['cy.ns.cloudflare.example']
    expect(await reader({ delegation }).zone('example.com')).toEqual({
      name: 'example.com',
      nameServers: ['cy.ns.cloudflare.example'],
    })
  })

  it('gives the name servers of a zone that is pending, which nobody asks', async () => {
    const servers = ['ada.ns.cloudflare.example', 'bob.ns.cloudflare.example']
    cloud.zones.splice(0, 1, { ...newZone('example.com', [], servers), status: 'pending' })
    expect((await reader().zone('example.com')).nameServers).toEqual(servers)
  })
})
