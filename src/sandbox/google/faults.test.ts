import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleVendor } from './account.ts'
import { askToken, type GoogleAnswer, type RawGoogle, rawGoogle } from './test-google.ts'

let sandbox: Sandbox
let google: RawGoogle
const tokens = '/admin/directory/v1/users/sara@contoso.com/tokens'
const audit = '/admin/reports/v1/activity/users/all/applications/admin'

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
  google = await rawGoogle(sandbox, ownScopes)
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

function remove(): Promise<GoogleAnswer> {
  return google.call(`${tokens}/${googleVendor.appId}`, { method: 'DELETE' })
}

async function isThere(): Promise<boolean> {
  return (await google.call(tokens)).text.includes(googleVendor.appId)
}

describe('a fault', () => {
  it.each([
    ['GET policies', '/v1/policies', 429, 'RESOURCE_EXHAUSTED'],
    ['GET activities', audit, 429, 'rateLimitExceeded'],
    ['GET tokens', tokens, 403, 'userRateLimitExceeded'],
  ])('throttle at %s answers in the words of its API', async (cmdlet, path, status, text) => {
    await sandbox.control.fail({ kind: 'throttle', cmdlet })
    const answer = await google.call(path)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(text)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect((await google.call(path)).status).toBe(200)
  })

  it.each([
    ['outage', 503],
    ['denied', 403],
  ] as const)('%s is answered with %i, and nothing is done', async (kind, status) => {
    await sandbox.control.fail({ kind })
    expect((await remove()).status).toBe(status)
    expect(await isThere()).toBe(true)
  })

  it('lost-answer: the connection breaks, and it is done', async () => {
    await sandbox.control.fail({ kind: 'lost-answer', cmdlet: 'DELETE tokens' })
    await expect(remove()).rejects.toThrow()
    expect(await isThere()).toBe(false)
  })

  it('empty-body: 200 without a body', async () => {
    await sandbox.control.fail({ kind: 'empty-body', cmdlet: 'get customers' })
    const answer = await google.call('/admin/directory/v1/customers/my_customer')
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  it('ignored-write: as if it were done, and it is not', async () => {
    await sandbox.control.fail({ kind: 'ignored-write' })
    expect((await remove()).status).toBe(204)
    expect(await isThere()).toBe(true)
    expect((await sandbox.control.show()).writes).toMatchObject([{ result: 'lost' }])
  })

  it('stale-reads: the next two reads see what was before the write', async () => {
    await sandbox.control.fail({ kind: 'stale-reads' })
    expect((await remove()).status).toBe(204)
    expect([await isThere(), await isThere(), await isThere()]).toEqual([true, true, false])
  })

  it('stale-reads of policies do the same', async () => {
    await sandbox.control.reset({ scenario: 'google-policy-writes' })
    const { google: view } = await sandbox.control.show()
    const policy = view.policies.find(({ setting }) => JSON.stringify(setting).includes('Archive redirect'))
    const value = { contentComplianceRules: [] }
    const setting = { type: 'settings/gmail.content_compliance', value }
    await sandbox.control.fail({ kind: 'stale-reads' })
    await google.call(`/v1/${String(policy?.name)}`, { method: 'PATCH', body: { setting } })
    const seen: boolean[] = []
    for (let read = 0; read < 3; read += 1) {
      await sandbox.control.clock(1000)
      seen.push((await google.call(`/v1/${String(policy?.name)}`)).text.includes('Archive redirect'))
    }
    expect(seen).toEqual([true, true, false])
  })

  it.each([
    ['throttle', 429, 'rate_limit_exceeded'],
    ['outage', 503, 'temporarily_unavailable'],
    ['denied', 400, 'invalid_grant'],
  ] as const)('%s at the token endpoint answers in its own words', async (kind, status, error) => {
    await sandbox.control.fail({ kind, cmdlet: 'POST token' })
    const answer = await askToken(sandbox, ownScopes)
    expect([answer.status, answer.body.error]).toEqual([status, error])
    expect((await askToken(sandbox, ownScopes)).status).toBe(200)
  })
})
