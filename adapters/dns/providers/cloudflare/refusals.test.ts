import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  InternalError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  ServiceError,
  ThrottledError,
  UsageError,
} from '../../../../src/model/errors.ts'
import { cloudflareAccount } from '../../../../src/sandbox/dns/cloudflare/account.ts'
import { newZone, setOf, type Zone } from '../../../../src/sandbox/dns/zones.ts'
import {
  approval,
  errorOf,
  fixedToken,
  shown,
  startCloud,
  type TestCloud,
} from '../../../../test/dns/cloud.ts'
import { optionsFor } from '../../../../test/dns/cloudflare.ts'
import { type CloudflareOptions, openCloudflare } from '../cloudflare.ts'
import { callsOver } from './client.ts'

const mxKey = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const oldMx = ['10 old.example.net', '20 backup.example.net']

describe('Cloudflare refuses', () => {
  let cloud: TestCloud
  let own: Zone

  beforeEach(async () => {
    own = newZone('example.com', [{ ...mxKey, ttl: 300, values: oldMx }])
    cloud = await startCloud([own])
  })
  afterEach(() => cloud.close())

  const reader = (given?: Partial<CloudflareOptions>) => openCloudflare(optionsFor(cloud, given)).reader()
  const writer = (given?: Partial<CloudflareOptions>) =>
    openCloudflare(optionsFor(cloud, given)).writer(approval())

  async function failure(
    act: Promise<unknown>,
    kind: new (...given: never[]) => OffboardError,
  ): Promise<Error> {
    const error = await errorOf(act)
    expect(error).toBeInstanceOf(kind)
    expect(shown(error)).not.toContain(cloudflareAccount.token)
    return error
  }

  it.each([
    ['another token', 'unknown-token-0123456789-0123456789-012345678', PermissionError],
    ['what is no token', 'canary-0123', PermissionError],
    ['an empty one', '', UsageError],
  ])('refuses %s, and does not show it', async (_, token, kind) => {
    const error = await failure(reader({ tokens: fixedToken(token) }).zone('example.com'), kind)
    if (token !== '') expect(shown(error)).not.toContain(token)
  })

  it('says that a token may only read', async () => {
    const cloudflare = writer({ tokens: fixedToken(cloudflareAccount.readToken) })
    const read = await cloudflare.read(mxKey)
    const error = await failure(
      cloudflare.replace(read, { ttl: 300, values: oldMx.slice(0, 1) }),
      PermissionError,
    )
    expect(error).toMatchObject({ said: '403: Authentication error (10000)' })
    expect(error).toHaveProperty('hint', expect.stringContaining('DNS: Edit'))
  })

  it('says what is wrong: value, zone, pace, answer', async () => {
    const cloudflare = writer()
    const read = await cloudflare.read(mxKey)
    const wrong = await failure(
      cloudflare.replace(read, { ttl: 30, values: ['5 new.example.net'] }),
      UsageError,
    )
    expect(wrong).toMatchObject({ said: expect.stringContaining('Invalid TTL') })
    cloud.fail({ kind: 'throttle' })
    expect(await failure(cloudflare.read(mxKey), ThrottledError)).toMatchObject({ retryAfterMs: 1000 })
    for (const kind of ['empty-body', 'outage', 'lost-answer'] as const) {
      cloud.fail({ kind })
      await failure(cloudflare.read(mxKey), ServiceError)
    }
    cloud.zones.length = 0
    await failure(cloudflare.read(mxKey), NotFoundError)
    expect(setOf(own, 'example.com', 'MX')?.values).toEqual(oldMx)
  })

  it('lets nothing but reads of its own service pass below a reader', async () => {
    const { baseUrl: _, ...options } = optionsFor(cloud)
    const wire = { ...options, baseUrl: new URL('/client/v4', cloud.url), fetch, timeoutMs: 5000 }
    const batch = { zone_id: '0'.repeat(32), deletes: [] }
    for (const role of ['reader', 'writer'] as const) {
      const call = callsOver(wire, role)
      await failure(
        call('try', ({ dns }) => dns.records.delete('1', { zone_id: '2' })),
        InternalError,
      )
      await failure(
        call('try', ({ zones }) => zones.delete({ zone_id: '2' })),
        InternalError,
      )
    }
    await failure(
      callsOver(wire, 'reader')('try', ({ dns }) => dns.records.batch(batch)),
      InternalError,
    )
    const elsewhere = { ...wire, baseUrl: new URL('https://elsewhere.example/v4') }
    const lost: typeof fetch = () => fetch(new URL('/nothing', cloud.url))
    await failure(
      callsOver({ ...elsewhere, fetch: lost }, 'reader')('try', async ({ zones }) => zones.list()),
      UsageError,
    )
    expect(cloud.writes).toEqual([])
  })
})
