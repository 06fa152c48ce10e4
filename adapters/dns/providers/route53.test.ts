import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ConflictError,
  NotFoundError,
  type OffboardError,
  RefusedError,
  TenantError,
  ThrottledError,
} from '../../../src/model/errors.ts'
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
import { optionsFor, route53Secrets } from '../../../test/dns/route53.ts'
import { describeProvider } from './conformance.ts'
import { openRoute53, type Route53Options } from './route53.ts'

describeProvider('route53', {
  throttles: true,
  pages: true,
  async makePlace(seed, attempt) {
    const zone = seededZone(seed)
    const cloud = await startCloud([zone])
    const route53 = openRoute53(optionsFor(cloud, { attempt }))
    return {
      ...commonPlace(cloud, zone, ['ChangeResourceRecordSets']),
      reader: route53.reader(),
      writer: route53.writer(approval()),
      secrets: route53Secrets,
    }
  },
})

const mxKey = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const txtKey = { zone: 'example.com', name: '_amazonses.example.com', type: 'TXT' } as const
const oldMx = ['10 old.example.net', '20 backup.example.net']

describe('Route 53', () => {
  let cloud: TestCloud
  let own: Zone

  beforeEach(async () => {
    own = newZone('example.com', [
      { ...mxKey, ttl: 300, values: oldMx },
      { ...txtKey, ttl: 1800, values: ['"ours=="', '"vendor=="'] },
    ])
    cloud = await startCloud([own])
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await cloud.close()
  })

  const reader = (given?: Partial<Route53Options>) => openRoute53(optionsFor(cloud, given)).reader()
  const writer = (given?: Partial<Route53Options>) => openRoute53(optionsFor(cloud, given)).writer(approval())

  async function failure(
    act: Promise<unknown>,
    kind: new (...given: never[]) => OffboardError,
  ): Promise<Error> {
    const error = await errorOf(act)
    expect(error).toBeInstanceOf(kind)
    for (const secret of route53Secrets) expect(shown(error)).not.toContain(secret)
    return error
  }

  /** Answers with other text than the service does. */
  function rewriting(from: string | RegExp, to: string, status?: number): typeof fetch {
    return async (input, init) => {
      const answer = await fetch(input, init)
      const text = (await answer.text()).replace(from, to)
      return new Response(text, { status: status ?? answer.status, headers: answer.headers })
    }
  }

  it('finds the zone among 250, and the set among 2,000', async () => {
    cloud.zones.unshift(...Array.from({ length: 250 }, (_, index) => newZone(`z${index}.example.com`)))
    const many = Array.from({ length: 2000 }, (_, index) => ({
      ...{ name: `h${index}.example.com`, type: 'MX', ttl: 300, values: ['10 mail.example.net'] },
      revision: 1,
    }))
    own.sets = [...many, ...own.sets]
    expect((await reader().zone('example.com')).nameServers).toEqual(own.nameServers)
    expect((await reader().read(mxKey)).values).toEqual(oldMx)
    expect((await reader().read({ ...mxKey, name: 'h1999.example.com' })).values).toHaveLength(1)
    expect((await reader().read({ ...mxKey, name: 'zz.example.com' })).values).toEqual([])
  })

  it('looks for zones of one name beyond the first page', async () => {
    cloud.zones.unshift(
      ...Array.from({ length: 150 }, (): Zone => ({ ...newZone('example.com'), status: 'private' })),
    )
    expect((await reader().zone('example.com')).name).toBe('example.com')
    expect(cloud.count('ListHostedZonesByName')).toBe(2)
  })

  it('leaves private zones alone, and tells public ones apart by their name servers', async () => {
    cloud.zones.splice(0, 1, { ...own, status: 'private' })
    await failure(reader().zone('example.com'), NotFoundError)
    cloud.zones.push(own, newZone('example.com', [], ['ns-9.awsdns.example', 'ns-8.awsdns.example']))
    const error = await failure(reader().zone('example.com'), RefusedError)
    expect(error.message).toMatch(/hosted zone Z\w+ \(ns[\w.-]+, ns.*\); hosted zone Z\w+ \(ns/)
    const delegation = async () => ['ns-8.awsdns.example', 'ns-9.awsdns.example']
    expect((await reader({ delegation }).zone('example.com')).nameServers).toContain('ns-9.awsdns.example')
  })

  it('replaces a set by one request that rests on all that it was', async () => {
    const route53 = writer()
    await route53.replace(await route53.read(mxKey), { ttl: 300, values: ['20 backup.example.net'] })
    const [write] = cloud.writes
    expect(String(write?.parameters.body)).toMatch(
      /DELETE.*10 old\.example\.net\..*CREATE.*20 backup\.example\.net\./s,
    )
    expect(cloud.writes).toHaveLength(1)
  })

  it('sees that only the TTL is another by now', async () => {
    const route53 = writer()
    const read = await route53.read(mxKey)
    putSet(own, { ...mxKey, ttl: 60, values: oldMx })
    await failure(route53.replace(read, { ttl: 300, values: ['5 new.example.net'] }), ConflictError)
    expect(setOf(own, 'example.com', 'MX')).toMatchObject({ ttl: 60, values: oldMx })
  })

  it('knows the refusal of a batch in the form of the reference, too', async () => {
    const old: typeof fetch = async (input, init) => {
      if (init?.method !== 'POST') return fetch(input, init)
      const message = 'Tried to create resource record set [name=x] but it already exists'
      const text = `<InvalidChangeBatch><Messages><Message>${message}</Message></Messages></InvalidChangeBatch>`
      return new Response(text, { status: 400 })
    }
    const route53 = writer({ fetch: old })
    await failure(
      route53.replace(await route53.read(mxKey), { ttl: 300, values: oldMx.slice(1) }),
      ConflictError,
    )
  })

  it('sends nothing when nothing differs', async () => {
    const route53 = writer()
    const read = await route53.read(mxKey)
    await route53.replace(read, { ttl: 300, values: read.values.toReversed() })
    expect(cloud.writes).toEqual([])
  })

  it.each([
    ['an alias', /<TTL>.*?<\/ResourceRecords>/s, '<AliasTarget><DNSName>x.example.</DNSName></AliasTarget>'],
    ['one of several by weight', '<TTL>', '<SetIdentifier>blue</SetIdentifier><Weight>1</Weight><TTL>'],
    ['made by a traffic policy', '<TTL>', '<TrafficPolicyInstanceId>x</TrafficPolicyInstanceId><TTL>'],
  ])('leaves a set that is %s', async (_, from, to) => {
    await failure(writer({ fetch: rewriting(from, to) }).read(mxKey), TenantError)
  })

  it.each(['Throttling', 'PriorRequestNotComplete'])(
    'takes %s as a wait, in which nothing was done',
    async (code) => {
      const busy: typeof fetch = async (input, init) => {
        if (init?.method !== 'POST') return fetch(input, init)
        const text = `<ErrorResponse><Error><Code>${code}</Code><Message>later</Message></Error></ErrorResponse>`
        return new Response(text, { status: 400, headers: { 'retry-after': '7' } })
      }
      const route53 = writer({ fetch: busy })
      const act = route53.replace(await route53.read(mxKey), { ttl: 300, values: oldMx.slice(1) })
      expect(await failure(act, ThrottledError)).toMatchObject({ retryAfterMs: 7000 })
    },
  )
})
