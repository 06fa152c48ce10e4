import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InternalError } from '../../src/model/errors.ts'
import { regionIds } from '../../src/model/words.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { xrayAccount } from '../../src/sandbox/xray/account.ts'
import { type Xray, type XrayOptions, xray } from './api.ts'
import { xrayUrl } from './organization.ts'
import { reader } from './read.ts'

let sandbox: Sandbox
let sent: string[]

beforeEach(async () => {
  sandbox = await startSandbox()
  sent = []
})

afterEach(() => sandbox.close())

function options(given: Partial<XrayOptions> = {}): XrayOptions {
  return {
    ...xrayAccount,
    baseUrl: new URL(sandbox.endpoints.xrayUrl),
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    requestTimeoutMs: 400,
    async fetch(input, init) {
      sent.push(`${init?.method} ${new URL(String(input)).pathname}`)
      return fetch(input, init)
    },
    ...given,
  }
}

function answering(body: unknown, init: ResponseInit = {}): Xray {
  return xray(options({ fetch: async () => Response.json(body, init) }))
}

async function hourAgo(): Promise<Date> {
  return new Date((await sandbox.control.now()).getTime() - 3_600_000)
}

const organization = {
  id: 48213,
  name: 'Contoso',
  environment: { api_url: 'https://api.perception-point.io' },
}

describe('the organization', () => {
  it('is read with its region', async () => {
    expect(await xray(options()).organization()).toEqual({
      is: 'known',
      value: {
        id: xrayAccount.organization,
        name: 'Contoso',
        active: true,
        region: 'us',
        whole: expect.objectContaining({ environment: expect.anything() }),
      },
    })
    expect(sent).toEqual(['GET /api/organizations/48213/'])
  })

  it.each([
    ['https://api.perception-point.io', 'us'],
    ['https://api.eu.perception-point.io/api/v1/', 'eu'],
    ['api.aus.perception-point.io', 'au'],
    ['https://api.perception-point.io.elsewhere.example', undefined],
    ['', undefined],
    [null, undefined],
  ])('whose environment is at "%s" is in %s', async (api_url, region) => {
    const found = await answering({ ...organization, environment: { api_url } }).organization()
    expect(found).toMatchObject({ is: 'known', value: { region } })
  })

  it.each(regionIds)('of the region %s is at an address that tells the region', async (region) => {
    const environment = { api_url: xrayUrl(region).href }
    const found = await answering({ ...organization, environment }).organization()
    expect(found).toMatchObject({ is: 'known', value: { region } })
  })

  it.each([
    ['another form', { organizations: [] }],
    ['another organization', { ...organization, id: 7 }],
    ['a list', [organization]],
  ])('in an answer of %s is unknown', async (_name, body) => {
    expect(await answering(body).organization()).toMatchObject({ is: 'unknown' })
  })

  it('with an id that is no id is not asked for', async () => {
    for (const id of ['', '../v1/quarantine/release/1', '1/', '1?x'])
      expect(await xray(options({ organization: id })).organization()).toEqual({
        is: 'unknown',
        reason: `"${id}" is no organization's id`,
      })
    expect(sent).toEqual([])
  })
})

describe('the scans', () => {
  it('of the last hour are counted, with the newest', async () => {
    const found = await xray(options()).scansSince(await hourAgo())
    if (found.is === 'unknown') throw new TypeError(found.reason)
    expect(found.value.count).toBeGreaterThan(50)
    expect(found.value.complete).toBe(true)
    expect((await sandbox.control.now()).getTime() - (found.value.newest?.getTime() ?? 0)).toBeLessThan(
      120_000,
    )
  })

  it('of many pages are read to the end, or until there are enough', async () => {
    const now = (await sandbox.control.now()).getTime()
    const all = await xray(options()).scansSince(new Date(now - 86_400_000))
    expect(all).toMatchObject({ is: 'known', value: { complete: true } })
    expect(sent.length).toBeGreaterThan(1)
    sent.length = 0
    const some = await xray(options()).scansSince(new Date(now - 86_400_000), 10)
    expect(some).toMatchObject({ is: 'known', value: { complete: false } })
    expect(sent).toHaveLength(1)
  })

  it('from before are left out though the list holds them, and so are those of other organizations', async () => {
    const row = (timestamp: unknown, organization_id: unknown = 48213) => ({ timestamp, organization_id })
    const results = [
      row(1000),
      row(2000),
      row('1970-01-01T00:35:00Z'),
      row('1970-01-01T00:35:01.5'),
      row(3000, 7),
      { Timestamp: 2200 },
    ]
    const found = await answering({ results, has_more: false }).scansSince(new Date(1_500_000))
    expect(found).toEqual({ is: 'known', value: { count: 4, newest: new Date(2_200_000), complete: true } })
  })

  it.each([
    ['goes on for ever', { has_more: true, next: '?_cursor=1' }],
    ['says that there is more and not where', { has_more: true, next: null }],
  ])('of a list that %s are not complete', async (_name, more) => {
    const found = await answering({ results: [], ...more }).scansSince(new Date(0))
    expect(found).toEqual({ is: 'known', value: { count: 0, newest: undefined, complete: false } })
  })

  it.each([
    ['has another form', { items: [] }],
    ['leaves the time out', { results: [{ id: 1 }], has_more: false }],
    [
      'leads to another server',
      { results: [], has_more: true, next: 'https://elsewhere.example/api/v1/scans/list/' },
    ],
  ])('of a list that %s are unknown', async (_name, body) => {
    expect(await answering(body).scansSince(new Date(0))).toMatchObject({
      is: 'unknown',
      reason: expect.any(String),
    })
  })
})

describe('whatever is refused', () => {
  it.each(['denied', 'outage', 'lost-answer', 'empty-body', 'throttle', 'hang'] as const)(
    '(%s) is unknown, with the reason',
    async (kind) => {
      await sandbox.control.fail({ kind, cmdlet: 'GET organizations' })
      expect(await xray(options()).organization()).toMatchObject({
        is: 'unknown',
        reason: expect.stringMatching(/\w/),
      })
    },
  )

  it.each([400, 401, 404, 500])('with HTTP %i is unknown, and says so', async (status) => {
    const answer = await answering({ detail: `Token ${xrayAccount.token}` }, { status }).organization()
    expect(answer).toMatchObject({ is: 'unknown', reason: expect.stringContaining(String(status)) })
    expect(JSON.stringify(answer)).not.toContain(xrayAccount.token)
  })

  it('by a redirect is not followed', async () => {
    const visits: unknown[] = []
    const away = xray(
      options({
        async fetch(input, init) {
          visits.push([String(input), init?.redirect])
          return new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })
        },
      }),
    )
    expect(await away.organization()).toMatchObject({ is: 'unknown' })
    expect(visits).toEqual([[expect.stringContaining('/api/organizations/'), 'manual']])
  })

  it('for a token that is none shows nothing of it', async () => {
    const token = 'canary\r\nhost: elsewhere'
    const answer = await xray(options({ token })).organization()
    expect(answer).toMatchObject({ is: 'unknown' })
    expect(inspect(answer)).not.toContain('canary')
    expect(sent).toEqual([])
  })

  it('by the operator is an interrupt and no answer', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    const interrupted = xray(options({ signal: stop.signal })).organization()
    await expect(interrupted).rejects.toThrow('interrupted')
  })
})

describe('the wire', () => {
  it.each([
    '/api/v1/quarantine/release/1',
    '/api/v1/quarantine/release/1/',
    '/api/v1/scans/list/../../quarantine/release/1',
    '/api/organizations/../v1/quarantine/release/1/',
    '/api/v1/users/invite_user/',
    '/api/organizations/',
    '/api/v1/files/',
  ])('lets nothing pass for %s', async (path) => {
    const read = reader(options())
    const url = new URL(path, sandbox.endpoints.xrayUrl)
    await expect(read(url, 'read')).rejects.toBeInstanceOf(InternalError)
    expect(sent).toEqual([])
  })

  it('never writes', async () => {
    const api = xray(options())
    await Promise.all([api.organization(), api.scansSince(await hourAgo())])
    expect(new Set(sent)).toEqual(new Set(['GET /api/organizations/48213/', 'GET /api/v1/scans/list/']))
    expect((await sandbox.control.show()).writes).toEqual([])
  })
})
