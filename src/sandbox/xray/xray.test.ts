import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { FaultKind } from '../faults.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { xrayAccount } from './account.ts'

const minute = 60_000
const pageSchema = z.looseObject({
  has_more: z.boolean(),
  next: z.string().nullable(),
  _cursor: z.number(),
  results: z.array(z.record(z.string(), z.json())),
})

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ regions: ['eu'] })
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

async function call(
  path: string,
  { method = 'GET', authorization = `Token ${xrayAccount.token}` } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const url = path.startsWith('http') ? path : `${sandbox.endpoints.xrayUrl}${path}`
  const response = await fetch(url, { method, headers: { authorization } })
  const text = await response.text()
  return {
    status: response.status,
    body: text.startsWith('{') ? JSON.parse(text) : text,
    headers: response.headers,
  }
}

/** The scans since a moment, over all pages. */
async function scansSince(since: number, query = ''): Promise<readonly Record<string, unknown>[]> {
  const scans: Record<string, unknown>[] = []
  let next: string | null = `/api/v1/scans/list/?start=${Math.floor(since / 1000)}${query}`
  while (next !== null) {
    const page: z.infer<typeof pageSchema> = pageSchema.parse((await call(next)).body)
    scans.push(...page.results)
    expect(page.has_more).toBe(page.next !== null)
    next = page.next
  }
  return scans
}

async function now(): Promise<number> {
  return (await sandbox.control.now()).getTime()
}

describe('the organization', () => {
  it('says in which region it is', async () => {
    const { status, body } = await call(`/api/organizations/${xrayAccount.organization}/`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: Number(xrayAccount.organization),
      name: 'Contoso',
      active: true,
      environment: { api_url: 'https://api.eu.perception-point.io' },
    })
  })

  it('is another region’s where that is what the scenario is for', async () => {
    await sandbox.control.reset({ scenario: 'xray-other-region' })
    const { body } = await call(`/api/organizations/${xrayAccount.organization}/`)
    expect(body).toMatchObject({ environment: { api_url: 'https://api.aus.perception-point.io' } })
  })

  it('of somebody else is not there', async () => {
    expect((await call('/api/organizations/1/')).status).toBe(404)
  })
})

describe('the token', () => {
  it.each(['', 'Token wrong', `Bearer ${xrayAccount.token}`])('is refused as "%s"', async (authorization) => {
    expect((await call('/api/v1/scans/list/', { authorization })).status).toBe(401)
  })

  it('may not read where the licence is missing', async () => {
    await sandbox.control.reset({ scenario: 'xray-denied' })
    for (const path of [`/api/organizations/${xrayAccount.organization}/`, '/api/v1/scans/list/'])
      expect((await call(path)).status).toBe(403)
  })

  it('is not needed to ask whether it is up', async () => {
    expect(await call('/health_check', { authorization: '' })).toMatchObject({ status: 200 })
  })
})

describe('scans', () => {
  it('come oldest first, page by page, each once', async () => {
    const since = (await now()) - 60 * minute
    const scans = await scansSince(since, '&limit=7')
    expect(scans.length).toBeGreaterThanOrEqual(59)
    const times = scans.map(({ timestamp }) => Number(timestamp) * 1000)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
    expect(times[0]).toBeGreaterThanOrEqual(since - minute)
  })

  it('end when no rule hands mail to the vendor any more', async () => {
    await sandbox.control.act('disable-redirect-rule')
    const ended = await now()
    await sandbox.control.clock(30 * minute)
    expect(await scansSince(ended + minute)).toEqual([])
    await sandbox.control.act('enable-redirect-rule')
    await sandbox.control.clock(10 * minute)
    expect((await scansSince(ended + minute)).length).toBeGreaterThanOrEqual(9)
  })

  it('end when the channel is deactivated in the console, which the audit log says', async () => {
    await sandbox.control.act('deactivate-channel')
    const ended = await now()
    await sandbox.control.clock(30 * minute)
    expect(await scansSince(ended + minute)).toEqual([])
    expect((await sandbox.control.show()).vendor.channel).toBe('inactive')
    const { body } = await call('/api/v1/audit-events/')
    expect(body).toMatchObject({ has_more: false, results: [{ action: 'channel_deactivated' }] })
    await sandbox.control.act('activate-channel')
    await sandbox.control.clock(10 * minute)
    expect((await scansSince(ended + minute)).length).toBeGreaterThanOrEqual(9)
  })

  it('go on without any rule where the vendor works by its API integration', async () => {
    await sandbox.control.reset({ scenario: 'api-only' })
    expect((await scansSince((await now()) - 10 * minute)).length).toBeGreaterThanOrEqual(9)
    await sandbox.control.reset({ scenario: 'clean' })
    expect(await scansSince((await now()) - 10 * minute)).toEqual([])
  })

  it('are incidents when they are not clean', async () => {
    const start = Math.floor(((await now()) - 600 * minute) / 1000)
    const { results } = pageSchema.parse((await call(`/api/v1/scans/incidents/?start=${start}`)).body)
    expect(results.length).toBeGreaterThan(0)
    for (const { Verdict } of results) expect(['MAL', 'BLK', 'SPM']).toContain(Verdict)
  })
})

describe('what is no read', () => {
  it.each([
    ['POST', '/api/v1/files/'],
    ['DELETE', `/api/organizations/${xrayAccount.organization}/`],
    ['PATCH', '/api/v1/no-such/'],
  ])('%s %s is put down and refused', async (method, path) => {
    expect((await call(path, { method })).status).toBe(405)
    expect((await sandbox.control.show()).writes).toMatchObject([{ parameters: { path }, result: 'refused' }])
  })

  it('a release from quarantine is put down as a write, although it is a GET', async () => {
    expect((await call('/api/v1/quarantine/release/77')).status).toBe(200)
    expect((await sandbox.control.show()).writes).toMatchObject([
      { cmdlet: 'GET quarantine/release', result: 'done' },
    ])
  })
})

describe('a fault', () => {
  const looks: readonly (readonly [FaultKind, number])[] = [
    ['throttle', 429],
    ['outage', 503],
    ['denied', 403],
    ['empty-body', 200],
  ]
  it.each(looks)('%s is answered with %i', async (kind, status) => {
    await sandbox.control.fail({ kind, cmdlet: 'GET scans/list' })
    expect((await call(`/api/organizations/${xrayAccount.organization}/`)).status).toBe(200)
    expect((await call('/api/v1/scans/list/')).status).toBe(status)
  })
})
