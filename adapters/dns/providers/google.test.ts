import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/model/clock.ts'
import {
  InternalError,
  NotFoundError,
  PermissionError,
  RefusedError,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import { cloudDnsProject } from '../../../src/sandbox/dns/google/admission.ts'
import { newZone, putSet, setOf } from '../../../src/sandbox/dns/zones.ts'
import {
  approval,
  commonPlace,
  errorOf,
  fixedToken,
  googleToken,
  seededZone,
  shown,
  startCloud,
  type TestCloud,
} from '../../../test/dns/cloud.ts'
import { describeProvider } from './conformance.ts'
import { callsOver } from './google/client.ts'
import { type GoogleDnsOptions, openGoogleDns } from './google.ts'

/** Lets every wait be over at once. */
function quickClock(slept: number[] = []): Clock {
  return {
    now: () => new Date(),
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      slept.push(ms)
    },
  }
}

function optionsFor(cloud: TestCloud, given: Partial<GoogleDnsOptions> = {}): GoogleDnsOptions {
  return {
    baseUrl: cloud.url,
    project: cloudDnsProject,
    tokens: (scope) => fixedToken(googleToken(scope)),
    attempt: (_effect, request) => request(),
    clock: quickClock(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    ...given,
  }
}

describeProvider('google', {
  throttles: true,
  pages: true,
  async makePlace(seed, attempt) {
    const zone = seededZone(seed)
    const cloud = await startCloud([zone])
    const given: string[] = []
    const tokens = (scope: string) => {
      const token = googleToken(scope)
      given.push(token)
      return fixedToken(token)
    }
    const google = openGoogleDns(optionsFor(cloud, { attempt, tokens }))
    return {
      ...commonPlace(cloud, zone, ['POST changes']),
      reader: google.reader(),
      writer: google.writer(approval()),
      secrets: given,
    }
  },
})

const mxKey = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const txtKey = { zone: 'example.com', name: '_amazonses.example.com', type: 'TXT' } as const

/** An answer of Cloud DNS with something in it changed on its way. */
function changed(part: string, change: (body: string) => string): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init)
    const isMeant = new URL(input instanceof Request ? input.url : input).pathname.includes(part)
    const text = await answer.text()
    return new Response(isMeant ? change(text) : text, answer)
  }
}

describe('Cloud DNS', () => {
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

  const reader = (given?: Partial<GoogleDnsOptions>) => openGoogleDns(optionsFor(cloud, given)).reader()
  const writer = (given?: Partial<GoogleDnsOptions>) =>
    openGoogleDns(optionsFor(cloud, given)).writer(approval())

  it('takes away the set as it was read and puts the other in its place, in one change', async () => {
    const google = writer()
    const next = { ttl: 3600, values: ['5 new.example.net', '20 backup.example.net'] }
    await google.replace(await google.read(mxKey), next)
    expect(cloud.writes).toMatchObject([
      {
        cmdlet: 'POST changes',
        parameters: {
          body: {
            deletions: [{ ttl: 3600, rrdatas: ['10 old.example.net.', '20 backup.example.net.'] }],
            additions: [
              {
                name: 'example.com.',
                type: 'MX',
                ttl: 3600,
                rrdatas: ['5 new.example.net.', '20 backup.example.net.'],
              },
            ],
          },
        },
      },
    ])
  })

  it('follows a change until it is done', async () => {
    const slept: number[] = []
    let looks = 0
    const slow = changed('/changes/', (body) => {
      looks += 1
      return looks < 3 ? body.replace('"done"', '"pending"') : body
    })
    const google = writer({ fetch: slow, clock: quickClock(slept) })
    await google.replace(await google.read(mxKey), { ttl: 3600, values: ['5 new.example.net'] })
    expect(looks).toBe(3)
    expect(slept).toHaveLength(3)
  })

  it('leaves open what came of a change that stays pending, or that nobody can look at', async () => {
    const never = changed('/changes/', (body) => body.replace('"done"', '"pending"'))
    const google = writer({ fetch: never })
    const read = await google.read(mxKey)
    const next = { ttl: 3600, values: ['5 new.example.net'] }
    expect(await errorOf(google.replace(read, next))).toBeInstanceOf(ServiceError)
    expect(cloud.writes).toHaveLength(1)
    cloud.fail({ kind: 'denied', cmdlet: 'GET changes' })
    const other = writer()
    const txt = { ttl: 1800, values: ['"ours" "=="'] }
    expect(await errorOf(other.replace(await other.read(txtKey), txt))).toBeInstanceOf(ServiceError)
    expect(setOf(own, txtKey.name, 'TXT')?.values).toEqual(txt.values)
  })

  it('reads with a token that cannot write, and writes with one that can', async () => {
    const asked: string[] = []
    const tokens = (scope: string) => {
      asked.push(scope.replace(/^.*\./, ''))
      return fixedToken(googleToken(scope))
    }
    await reader({ tokens }).read(mxKey)
    expect(new Set(asked)).toEqual(new Set(['readonly']))
    const google = writer({ tokens })
    await google.replace(await google.read(mxKey), { ttl: 3600, values: ['5 new.example.net'] })
    expect(asked.filter((scope) => scope === 'readwrite')).toHaveLength(1)
  })

  it('tells zones of one name apart by their name servers, and leaves private ones alone', async () => {
    const live = newZone('example.com', own.sets, ['ns-cloud-a1.example', 'ns-cloud-a2.example'])
    putSet(live, { ...mxKey, ttl: 60, values: ['1 live.example.net'] })
    cloud.zones.push(live)
    const delegation = async () => ['ns-cloud-a2.example', 'ns-cloud-a1.example']
    expect((await reader({ delegation }).read(mxKey)).values).toEqual(['1 live.example.net'])
    const error = await errorOf(reader().zone('example.com'))
    expect(error).toBeInstanceOf(RefusedError)
    expect(error.message).toMatch(/example-com \(.*example-com-2 \(/)
    const firstPrivate = changed('/managedZones', (body) => body.replace('"public"', '"private"'))
    expect((await reader({ fetch: firstPrivate }).zone('example.com')).nameServers).toContain(
      'ns-cloud-a1.example',
    )
  })

  it('reads on when a page is empty and others follow', async () => {
    let pages = 0
    const paged: typeof fetch = async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      pages += 1
      if (!url.searchParams.has('pageToken')) return Response.json({ nextPageToken: 'next' })
      url.searchParams.delete('pageToken')
      return fetch(url, init)
    }
    expect((await reader({ fetch: paged }).read(mxKey)).values).toHaveLength(2)
    expect(pages).toBe(4)
    const circle: typeof fetch = async () => Response.json({ nextPageToken: 'again' })
    expect(await errorOf(reader({ fetch: circle }).read(mxKey))).toBeInstanceOf(ServiceError)
  })

  it('refuses a set with a routing policy, and one that it does not understand', async () => {
    const steered = changed('/rrsets', (body) => body.replace('"ttl":', '"routingPolicy":{"wrr":{}},"ttl":'))
    expect(await errorOf(reader({ fetch: steered }).read(mxKey))).toBeInstanceOf(TenantError)
    const odd = changed('/rrsets', (body) => body.replace('10 old', 'ten old'))
    expect(await errorOf(reader({ fetch: odd }).read(mxKey))).toBeInstanceOf(TenantError)
  })

  it.each(['canary-0123456789', googleToken('https://www.googleapis.com/auth/gmail.readonly')])(
    'refuses the token %#, which then stands in no error',
    async (token) => {
      const error = await errorOf(reader({ tokens: () => fixedToken(token) }).zone('example.com'))
      expect(error).toBeInstanceOf(PermissionError)
      expect(shown(error)).not.toContain(token)
    },
  )

  it('says what is wrong: project, zone, value, pace, answer', async () => {
    expect(await errorOf(reader({ project: 'elsewhere' }).zone('example.com'))).toBeInstanceOf(NotFoundError)
    const google = writer()
    const read = await google.read(txtKey)
    expect(await errorOf(google.replace(read, { ttl: -1, values: ['"a"'] }))).toBeInstanceOf(UsageError)
    cloud.fail({ kind: 'throttle' })
    const throttled = await errorOf(google.read(txtKey))
    expect(throttled).toBeInstanceOf(ThrottledError)
    expect(throttled).toMatchObject({ retryAfterMs: 1000 })
    cloud.fail({ kind: 'empty-body' })
    expect(await errorOf(google.read(txtKey))).toBeInstanceOf(ServiceError)
    cloud.zones.length = 0
    expect(await errorOf(google.replace(read, { ttl: 1800, values: ['"a"'] }))).toBeInstanceOf(NotFoundError)
    expect(setOf(own, txtKey.name, 'TXT')?.values).toEqual(['"ours" "=="', '"vendor=="'])
  })

  it('lets nothing but reads pass below a reader', async () => {
    const wire = { ...optionsFor(cloud), baseUrl: cloud.url, fetch, timeoutMs: 5000 }
    const place = { project: cloudDnsProject, managedZone: 'example-com' }
    const create = callsOver(wire, 'reader')('try', ({ changes }, sent) =>
      changes.create({ ...place, requestBody: {} }, sent),
    )
    expect(await errorOf(create)).toBeInstanceOf(InternalError)
    const remove = callsOver(wire, 'writer')('try', ({ managedZones }, sent) =>
      managedZones.delete(place, sent),
    )
    expect(await errorOf(remove)).toBeInstanceOf(InternalError)
    expect(cloud.writes).toEqual([])
  })
})
