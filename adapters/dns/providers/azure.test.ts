import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ConflictError,
  InternalError,
  NotFoundError,
  PermissionError,
  RefusedError,
  ServiceError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import { azureSubscription } from '../../../src/sandbox/dns/azure/admission.ts'
import { newZone, putSet, setOf } from '../../../src/sandbox/dns/zones.ts'
import {
  approval,
  azureToken,
  commonPlace,
  errorOf,
  fixedToken,
  seededZone,
  shown,
  startCloud,
  type TestCloud,
} from '../../../test/dns/cloud.ts'
import { callsOver } from './azure/client.ts'
import { type AzureDnsOptions, openAzureDns } from './azure.ts'
import { describeProvider } from './conformance.ts'

function optionsFor(cloud: TestCloud, given: Partial<AzureDnsOptions> = {}): AzureDnsOptions {
  return {
    baseUrl: cloud.url,
    subscriptionId: azureSubscription,
    tokens: fixedToken(azureToken(cloud.tenantId)),
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    ...given,
  }
}

describeProvider('azure', {
  throttles: true,
  pages: true,
  async makePlace(seed, attempt) {
    const zone = seededZone(seed)
    const cloud = await startCloud([zone])
    const token = azureToken(cloud.tenantId)
    const azure = openAzureDns(optionsFor(cloud, { attempt, tokens: fixedToken(token) }))
    return {
      ...commonPlace(cloud, zone, ['PUT recordsets']),
      reader: azure.reader(),
      writer: azure.writer(approval()),
      secrets: [token],
    }
  },
})

const mxKey = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const txtKey = { zone: 'example.com', name: '_amazonses.example.com', type: 'TXT' } as const
const nothing = { zone: 'example.com', name: 'nothing.example.com', type: 'TXT' } as const

describe('Azure DNS', () => {
  const zone = () =>
    newZone('example.com', [
      { name: 'example.com', type: 'MX', ttl: 3600, values: ['10 old.example.net', '20 backup.example.net'] },
      { name: '_amazonses.example.com', type: 'TXT', ttl: 1800, values: ['"ours" "=="', '"vendor=="'] },
    ])
  let cloud: TestCloud
  let own: ReturnType<typeof zone>

  beforeEach(async () => {
    own = zone()
    cloud = await startCloud([own])
  })
  afterEach(() => cloud.close())

  const reader = (given?: Partial<AzureDnsOptions>) => openAzureDns(optionsFor(cloud, given)).reader()
  const writer = (given?: Partial<AzureDnsOptions>) =>
    openAzureDns(optionsFor(cloud, given)).writer(approval())

  it('keeps the metadata of a set, and sends what stays as it was', async () => {
    const metadata = { owner: 'mail team' }
    putSet(own, { ...txtKey, ttl: 1800, values: ['"ours" "=="', '"vendor=="'], metadata })
    const azure = writer()
    await azure.replace(await azure.read(txtKey), { ttl: 1800, values: ['"ours" "=="'] })
    expect(setOf(own, txtKey.name, 'TXT')).toMatchObject({ ttl: 1800, values: ['"ours" "=="'], metadata })
  })

  it('sends a record that stays in the spelling that Azure has of it', async () => {
    const bodies: string[] = []
    const spelled: typeof fetch = async (input, init) => {
      if (typeof init?.body === 'string') bodies.push(init.body)
      const answer = await fetch(input, init)
      return new Response((await answer.text()).replace('old.example.net', 'OLD.Example.net.'), answer)
    }
    const azure = writer({ fetch: spelled })
    const set = await azure.read(mxKey)
    expect(set.values).toContain('10 old.example.net')
    await azure.replace(set, { ttl: 3600, values: ['10 old.example.net', '5 new.example.net'] })
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      properties: {
        MXRecords: [
          { preference: 10, exchange: 'OLD.Example.net.' },
          { preference: 5, exchange: 'new.example.net' },
        ],
      },
    })
  })

  it('tells zones of one name apart by their name servers', async () => {
    const live = newZone('example.com', own.sets, ['ns1-09.azure-dns.example', 'ns2-09.azure-dns.example'])
    putSet(live, { ...mxKey, ttl: 60, values: ['1 live.example.net'] })
    cloud.zones.push(live)
    const delegation = async () => ['ns2-09.azure-dns.example', 'ns1-09.azure-dns.example']
    expect(await reader({ delegation }).zone('example.com')).toEqual({
      name: 'example.com',
      nameServers: ['ns1-09.azure-dns.example', 'ns2-09.azure-dns.example'],
    })
    expect((await reader({ delegation }).read(mxKey)).values).toEqual(['1 live.example.net'])
    for (const given of [{}, { delegation: async () => ['ns1.elsewhere.example'] }]) {
      const error = await errorOf(reader(given).zone('example.com'))
      expect(error).toBeInstanceOf(RefusedError)
      expect(error.message).toMatch(/resource group dns \(.*resource group dns-2 \(/)
    }
    const firstPrivate: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init)
      return new Response((await answer.text()).replace('"Public"', '"Private"'), answer)
    }
    expect((await reader({ fetch: firstPrivate }).read(mxKey)).values).toEqual(['1 live.example.net'])
  })

  it('tells a set that is not there from a zone that is not there any more', async () => {
    const azure = reader()
    expect(await azure.read(nothing)).toMatchObject({ values: [] })
    cloud.zones.length = 0
    expect(await errorOf(azure.read(nothing))).toBeInstanceOf(NotFoundError)
  })

  it('takes away a set under its etag', async () => {
    const azure = writer()
    const read = await azure.read(txtKey)
    putSet(own, { ...txtKey, ttl: 1800, values: ['"theirs"'] })
    expect(await errorOf(azure.replace(read, { ttl: 1800, values: [] }))).toBeInstanceOf(ConflictError)
    expect(setOf(own, txtKey.name, 'TXT')?.values).toEqual(['"theirs"'])
    cloud.fail({ kind: 'lost-answer', cmdlet: 'DELETE recordsets' })
    const again = await azure.read(txtKey)
    expect(await errorOf(azure.replace(again, { ttl: 1800, values: [] }))).toBeInstanceOf(ServiceError)
    expect(setOf(own, txtKey.name, 'TXT')).toBeUndefined()
  })

  it('sends no write for a set whose etag was lost, or that is an alias', async () => {
    const changed = (body: object): typeof fetch => {
      return async (input, init) => {
        const answer = await fetch(input, init)
        const text = await answer.text()
        const isSet = text.includes('MXRecords')
        return new Response(isSet ? JSON.stringify({ ...JSON.parse(text), ...body }) : text, answer)
      }
    }
    const alias = { properties: { TTL: 60, MXRecords: [], targetResource: { id: '/subscriptions/x' } } }
    for (const body of [{ etag: undefined }, alias]) {
      const azure = writer({ fetch: changed(body) })
      const read = await azure.read(mxKey)
      const error = await errorOf(azure.replace(read, { ttl: 60, values: ['1 new.example.net'] }))
      expect(error).toBeInstanceOf(RefusedError)
    }
    expect(cloud.writes).toEqual([])
  })

  it.each([
    ['another audience', () => azureToken(cloud.tenantId, 'https://graph.microsoft.com')],
    ['another tenant', () => azureToken('11111111-2222-4333-8444-555555555555')],
    ['no token of Azure', () => 'canary-0123456789'],
  ])('refuses the token: %s', async (_, make) => {
    const token = make()
    const error = await errorOf(reader({ tokens: fixedToken(token) }).zone('example.com'))
    expect(error).toBeInstanceOf(PermissionError)
    expect(shown(error)).not.toContain(token)
  })

  it('says what is wrong: subscription, value, pace, answer', async () => {
    const subscriptionId = '99999999-2222-4333-8444-555555555555'
    expect(await errorOf(reader({ subscriptionId }).zone('example.com'))).toBeInstanceOf(NotFoundError)
    const azure = writer()
    const read = await azure.read(txtKey)
    const latin = String.raw`"\228"`
    expect(await errorOf(azure.replace(read, { ttl: 60, values: [latin] }))).toBeInstanceOf(UsageError)
    expect(await errorOf(azure.replace(read, { ttl: 0, values: ['"a"'] }))).toBeInstanceOf(UsageError)
    cloud.fail({ kind: 'throttle' })
    const throttled = await errorOf(azure.read(txtKey))
    expect(throttled).toBeInstanceOf(ThrottledError)
    expect(throttled).toMatchObject({ retryAfterMs: 1000 })
    cloud.fail({ kind: 'empty-body' })
    expect(await errorOf(azure.read(txtKey))).toBeInstanceOf(ServiceError)
    expect(setOf(own, txtKey.name, 'TXT')?.values).toEqual(['"ours" "=="', '"vendor=="'])
  })

  it('lets nothing but reads pass below a reader, and no write without a condition below a writer', async () => {
    const wire = { ...optionsFor(cloud), baseUrl: cloud.url, fetch, timeoutMs: 5000 }
    const set = { ttl: 60, txtRecords: [{ value: ['x'] }] }
    const put = (role: 'reader' | 'writer', condition: object) =>
      callsOver(wire, role)('try', ({ recordSets }) =>
        recordSets.createOrUpdate('dns', 'example.com', 'nothing', 'TXT', set, condition),
      )
    expect(await errorOf(put('reader', { ifNoneMatch: '*' }))).toBeInstanceOf(InternalError)
    expect(await errorOf(put('writer', {}))).toBeInstanceOf(InternalError)
    const remove = callsOver(wire, 'reader')('try', ({ zones }) => zones.beginDelete('dns', 'example.com'))
    expect(await errorOf(remove)).toBeInstanceOf(InternalError)
    expect(cloud.writes).toEqual([])
    await put('writer', { ifNoneMatch: '*' })
    expect(cloud.writes).toHaveLength(1)
  })

  it('follows no page to another host, and none twice', async () => {
    const linked = (nextLink: string): typeof fetch => {
      return async (input, init) => {
        const answer = await fetch(input, init)
        return Response.json({ ...JSON.parse(await answer.text()), nextLink })
      }
    }
    const own = new URL(`/subscriptions/${azureSubscription}/providers/Microsoft.Network/dnszones`, cloud.url)
    own.searchParams.set('api-version', '2018-05-01')
    const elsewhere = linked('https://elsewhere.example/subscriptions/x/providers/Microsoft.Network/dnszones')
    expect(await errorOf(reader({ fetch: elsewhere }).zone('example.com'))).toBeInstanceOf(InternalError)
    const circle = linked(own.href)
    expect(await errorOf(reader({ fetch: circle }).zone('example.com'))).toBeInstanceOf(ServiceError)
  })
})
