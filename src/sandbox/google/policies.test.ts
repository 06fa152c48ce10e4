import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleVendor } from './account.ts'
import { type GoogleAnswer, type RawGoogle, rawGoogle } from './test-google.ts'

let sandbox: Sandbox
let google: RawGoogle

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
  google = await rawGoogle(sandbox, ownScopes)
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

const gmail = String.raw`setting.type.matches('^settings/gmail\\..*$')`

function path(filter: string, more = ''): string {
  return `/v1/policies?filter=${encodeURIComponent(filter)}${more}`
}

function names(pages: readonly GoogleAnswer[]): readonly unknown[] {
  return pages.flatMap(({ body }) => body.policies ?? []).map(({ name }) => name)
}

describe('a policy', () => {
  it('has customer, place and setting, and is read alone as it is in the list', async () => {
    const { body } = await google.call(path("setting.type.matches('content_compliance$')"))
    const policies = body.policies ?? []
    expect(policies.length).toBe(3)
    for (const policy of policies) {
      expect(policy).toMatchObject({
        name: expect.stringMatching(/^policies\/[a-z0-9]{28}$/),
        customer: 'customers/C03az79cb',
        policyQuery: {
          orgUnit: expect.stringMatching(/^orgUnits\//),
          query: expect.stringContaining('orgUnitId('),
          sortOrder: expect.any(Number),
        },
        setting: { type: 'settings/gmail.content_compliance' },
        type: 'ADMIN',
      })
      await sandbox.control.clock(1000)
      expect(JSON.parse((await google.call(`/v1/${String(policy.name)}`)).text)).toEqual(policy)
    }
    expect(JSON.stringify(policies)).toContain(googleVendor.ruleName)
  })

  it('that is not there is not found', async () => {
    const { status, text } = await google.call('/v1/policies/absent')
    expect(status).toBe(404)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } })
  })

  it('holds the vendor’s addresses and lists of senders by their ids', async () => {
    const { text } = await google.call(path(gmail, '&pageSize=100'))
    expect(text).toContain('"allowedIpAddresses":["203.0.113.10","3.81.182.154","198.51.100.0/24"]')
    expect(text).toContain('no-reply@perception-point.io')
    expect(text).toMatch(/"bypassSenderAllowlist":\["[0-9a-f]{5}-02rvq/)
  })
})

describe('the list', () => {
  it('gives each policy once, whatever the size of its pages', async () => {
    const whole = names(await google.pages('/v1/policies?pageSize=100'))
    expect(whole.length).toBeGreaterThan(15)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (size) => {
        expect(names(await google.pages(`/v1/policies?pageSize=${size}`))).toEqual(whole)
      }),
      { numRuns: 8 },
    )
  })

  it('is filtered after its pages are cut: they come short or empty', async () => {
    await sandbox.control.reset({ scenario: 'google-many-policies' })
    const pages = await google.pages(path(gmail, '&pageSize=500'))
    expect(pages).toHaveLength(20)
    expect(pages.some(({ body }) => body.policies === undefined && body.nextPageToken !== undefined)).toBe(
      true,
    )
    const found = names(pages)
    expect(found).toHaveLength(new Set(found).size)
    expect(JSON.stringify(pages)).toContain(googleVendor.ruleName)
  })

  it('has an empty page after each that is none, where that is wanted', async () => {
    const usual = names(await google.pages('/v1/policies?pageSize=5'))
    await sandbox.control.reset({ scenario: 'google-empty-pages' })
    const pages = await google.pages('/v1/policies?pageSize=5')
    expect(pages.map(({ body }) => body.policies?.length ?? 0).slice(0, 4)).toEqual([5, 0, 5, 0])
    expect(names(pages)).toEqual(usual)
  })

  it('goes on only for the same request', async () => {
    const { body } = await google.call('/v1/policies?pageSize=5')
    const token = encodeURIComponent(body.nextPageToken ?? '')
    for (const other of [`/v1/policies?pageSize=6&pageToken=${token}`, '/v1/policies?pageToken=none']) {
      await sandbox.control.clock(1000)
      expect((await google.call(other)).status).toBe(400)
    }
  })

  it.each([
    ['', 200],
    [gmail, 200],
    [`setting.type.matches("gmail") && customer == "customers/my_customer"`, 200],
    [`customer == "customers/C03az79cb"`, 200],
    [`customer == "customers/C0other"`, 403],
    [`setting.type == "gmail.content_compliance"`, 400],
    [`setting.type.matches('a') && setting.type.matches('b')`, 400],
    [`setting.type.matches('a') || setting.type.matches('b')`, 400],
    [`setting.type.matches('(')`, 400],
  ])('answers the filter %s with %i', async (filter, status) => {
    expect((await google.call(path(filter))).status).toBe(status)
  })

  it('shows hosts and inbound gateway where Google publishes them', async () => {
    await sandbox.control.reset({ scenario: 'google-host-types' })
    const { text } = await google.call('/v1/policies?pageSize=100')
    expect(text).toContain('"gatewayIps":["3.81.182.154"')
    expect(text).toContain(googleVendor.hostName)
  })
})

describe('the quota', () => {
  it('refuses what follows faster than a call a second, by the sandbox’s clock', async () => {
    const statuses = async (count: number): Promise<readonly number[]> => {
      const found: number[] = []
      for (let index = 0; index < count; index += 1) found.push((await google.call('/v1/policies')).status)
      return found
    }
    expect(await statuses(3)).toEqual([200, 200, 429])
    const refused = await google.call('/v1/policies')
    expect(refused.text).toMatch(/Quota exceeded.*read requests per minute/)
    expect(refused.headers.get('retry-after')).toBeNull()
    await sandbox.control.clock(1000)
    expect(await statuses(2)).toEqual([200, 429])
    const { google: seen, counts } = await sandbox.control.show()
    expect(seen.refusedByQuota).toBe(3)
    expect(counts['GET policies']).toBe(6)
  })
})
