import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleVendor } from './account.ts'
import { googleScopes } from './scopes.ts'
import { askToken, type RawGoogle, rawGoogle } from './test-google.ts'

const minute = 60_000
const hour = 60 * minute
let sandbox: Sandbox
let google: RawGoogle

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
  google = await rawGoogle(sandbox, [googleScopes.audit])
})

beforeEach(() => sandbox.control.reset({ scenario: 'google-default' }))

afterAll(() => sandbox.close())

function path(application: string, query: Readonly<Record<string, string>> = {}): string {
  return `/admin/reports/v1/activity/users/all/applications/${application}?${new URLSearchParams(query)}`
}

async function items(application: string, query: Readonly<Record<string, string>> = {}) {
  const { status, body, text } = await google.call(path(application, query))
  if (status !== 200) throw new Error(text)
  return body.items ?? []
}

/** The names of the events of each activity. */
function eventNames(activities: readonly JsonObject[]): readonly (readonly string[])[] {
  return activities.map(({ events }) =>
    (Array.isArray(events) ? events : []).map((event: JsonObject) => String(event.name)),
  )
}

function timeOf(activity: JsonObject | undefined): number {
  return Date.parse(JSON.parse(JSON.stringify(activity?.id)).time)
}

describe('the admin log', () => {
  it('knows when the vendor’s client was authorized, newest first', async () => {
    const found = await items('admin', { eventName: 'AUTHORIZE_API_CLIENT_ACCESS' })
    expect(found.length).toBe(3)
    expect(found.map(timeOf)).toEqual(found.map(timeOf).toSorted((a, b) => b - a))
    expect(JSON.stringify(found.at(-1)?.events)).toContain(
      `{"name":"API_CLIENT_NAME","value":"${googleVendor.clientId}"}`,
    )
    expect(JSON.stringify(found.at(-1)?.events)).toContain('{"name":"API_SCOPES","multiValue":["https://mail')
  })

  it('shows an act only after its lag, with all its events of both families', async () => {
    const since = (await sandbox.control.now()).toISOString()
    await sandbox.control.clock(1000)
    await sandbox.control.act('delete-compliance-rule')
    const query = { startTime: since, eventName: 'DELETE_GMAIL_SETTING' }
    await sandbox.control.clock(4 * minute)
    expect(await items('admin', query)).toEqual([])
    await sandbox.control.clock(2 * minute)
    const found = await items('admin', query)
    expect(eventNames(found)).toEqual([
      ['DELETE_GMAIL_SETTING', 'DELETE_APPLICATION_SETTING', 'DELETE_APPLICATION_SETTING'],
    ])
    expect(found[0]).toMatchObject({
      kind: 'admin#reports#activity',
      id: { applicationName: 'admin', customerId: 'C03az79cb' },
      actor: { callerType: 'USER', email: 'admin@contoso.com' },
    })
    expect(JSON.stringify(found)).toContain(
      `{"name":"SETTING_DESCRIPTION","value":"${googleVendor.ruleName}"}`,
    )
    expect(JSON.stringify(found)).toMatch(/"rule_key","value":"[0-9a-f]{5}-02rvq/)
  })

  it.each([
    ['google-old-events', [['CHANGE_GMAIL_SETTING']]],
    ['google-new-events', [['CHANGE_APPLICATION_SETTING', 'CHANGE_APPLICATION_SETTING']]],
    ['google-no-events', []],
  ] as const)('in the scenario %s', async (scenario, expected) => {
    await sandbox.control.reset({ scenario })
    const since = (await sandbox.control.now()).toISOString()
    await sandbox.control.clock(1000)
    await sandbox.control.act('edit-inbound-gateway')
    await sandbox.control.clock(hour)
    expect(eventNames(await items('admin', { startTime: since }))).toEqual(expected)
  })

  it('is a day late where it is late', async () => {
    await sandbox.control.reset({ scenario: 'google-late-events' })
    await sandbox.control.act('delete-delegation-client')
    await sandbox.control.clock(25 * hour)
    expect(await items('admin', { eventName: 'REMOVE_API_CLIENT_ACCESS' })).toEqual([])
    await sandbox.control.clock(2 * hour)
    expect(await items('admin', { eventName: 'REMOVE_API_CLIENT_ACCESS' })).toHaveLength(1)
  })

  it('holds whatever the new family says of another setting apart', async () => {
    await sandbox.control.act('change-gmail-setting')
    await sandbox.control.clock(hour)
    const filters = 'SETTING_NAME==SPAM_CONTROL'
    expect(await items('admin', { eventName: 'CHANGE_GMAIL_SETTING', filters })).toHaveLength(1)
    expect(
      await items('admin', { eventName: 'CHANGE_GMAIL_SETTING', filters: 'SETTING_NAME<>SPAM_CONTROL' }),
    ).toEqual([])
  })
})

describe('the use of a delegation', () => {
  const applicationInfoFilter = `oAuthClientId="${googleVendor.clientId}"`

  it.each(['token', 'access_evaluation'])('is in the log of %s, by client, up to its lag', async (log) => {
    const found = await items(log, { applicationInfoFilter })
    expect(found.length).toBeGreaterThan(100)
    for (const { actor } of found)
      expect(actor).toMatchObject({
        applicationInfo: { oauthClientId: googleVendor.clientId, impersonation: true },
      })
    expect(timeOf(found[0])).toBeLessThanOrEqual(Date.now() - 2 * hour)
    expect(timeOf(found[0])).toBeGreaterThan(Date.now() - 4 * hour)
  })

  it('comes with several events for each activity', async () => {
    const [first = []] = eventNames(await items('access_evaluation', { applicationInfoFilter }))
    expect(first).toEqual(['allow_token_request', 'allow_token_impersonation'])
    const found = await items('access_evaluation', { eventName: 'allow_token_impersonation' })
    expect(eventNames(found)[0]).toEqual(first)
  })

  it.each(['delete-delegation-client', 'deactivate-channel'])('ends with %s', async (act) => {
    await sandbox.control.act(act)
    const since = (await sandbox.control.now()).toISOString()
    await sandbox.control.clock(24 * hour)
    expect(await items('token', { applicationInfoFilter, startTime: since })).toEqual([])
    expect(await items('token', { applicationInfoFilter })).not.toEqual([])
    await sandbox.control.act(
      act === 'deactivate-channel' ? 'activate-channel' : 'put-delegation-client-back',
    )
    await sandbox.control.clock(24 * hour)
    expect(await items('token', { applicationInfoFilter, startTime: since })).not.toEqual([])
  })
})

describe('a request', () => {
  it('comes in pages of maxResults, each activity once', async () => {
    const whole = await items('admin')
    const pages = await google.pages(path('admin', { maxResults: '2' }))
    expect(pages.length).toBe(Math.ceil(whole.length / 2))
    expect(pages.flatMap(({ body }) => body.items ?? [])).toEqual(whole)
  })

  it.each([
    ['no-such-application', {}],
    ['admin', { startTime: '2099-01-01T00:00:00Z' }],
    ['admin', { startTime: 'yesterday' }],
    ['admin', { startTime: '2026-01-02T00:00:00Z', endTime: '2026-01-01T00:00:00Z' }],
    ['admin', { filters: 'SETTING_NAME' }],
    ['token', { applicationInfoFilter: 'client=1' }],
  ])('for %s with %j is invalid', async (application, query) => {
    expect((await google.call(path(application, query))).status).toBe(400)
  })

  it('for an application in which nothing happens is empty', async () => {
    expect(await items('login')).toEqual([])
  })

  it('of somebody who is no administrator is not authorized', async () => {
    const { body } = await askToken(sandbox, [googleScopes.audit], { sub: 'sara@contoso.com' })
    const { status, text } = await google.call(path('admin'), { token: body.access_token })
    expect(status).toBe(401)
    expect(text).toContain('You are not authorized to read activity records.')
  })
})
