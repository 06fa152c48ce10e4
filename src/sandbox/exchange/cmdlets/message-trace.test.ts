import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../model/json.ts'
import { vendorAddresses } from '../../scenarios/addresses.ts'
import { type Sandbox, startSandbox } from '../../start.ts'
import { getToken, type RawClient, rawClient } from '../../test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

const minute = 60_000
const redirect = { Identity: 'Perception Point Redirect Rule' }

function isVendor({ FromIP }: JsonObject): boolean {
  return vendorAddresses(['us']).includes(String(FromIP))
}

/** The mail of the last minutes, on the sandbox's clock. */
async function lastMinutes(minutes: number): Promise<readonly JsonObject[]> {
  const now = await sandbox.control.now()
  return client.rows('Get-MessageTraceV2', {
    StartDate: new Date(now.getTime() - minutes * minute).toISOString(),
    EndDate: now.toISOString(),
    ResultSize: 5000,
  })
}

describe('the message trace', () => {
  it('shows mail from outside and from the scanner, newest first, nothing of the last minutes', async () => {
    const rows = await lastMinutes(25)
    const times = rows.map(({ Received }) => Date.parse(String(Received)))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(rows.filter(isVendor)).toHaveLength(20)
    expect(rows.filter((row) => !isVendor(row))).toHaveLength(20)
    expect((await sandbox.control.now()).getTime() - (times[0] ?? 0)).toBeGreaterThanOrEqual(5 * minute)
  })

  it('shows scanned mail for eight minutes after the rule was disabled, and other mail on', async () => {
    await client.rows('Disable-TransportRule', redirect)
    await sandbox.control.clock(25 * minute)
    const rows = await lastMinutes(25)
    expect(rows.filter(isVendor).length).toBeGreaterThanOrEqual(7)
    expect(rows.filter(isVendor).length).toBeLessThanOrEqual(9)
    expect(rows.filter((row) => !isVendor(row))).toHaveLength(20)
    await sandbox.control.clock(25 * minute)
    expect((await lastMinutes(25)).filter(isVendor)).toHaveLength(0)
  })

  it('shows scanned mail again when the rule is enabled again', async () => {
    await client.rows('Disable-TransportRule', redirect)
    await sandbox.control.clock(60 * minute)
    await client.rows('Enable-TransportRule', redirect)
    await sandbox.control.clock(15 * minute)
    expect((await lastMinutes(15)).filter(isVendor).length).toBeGreaterThanOrEqual(9)
  })

  it('narrows to the address that delivered', async () => {
    const [address = ''] = vendorAddresses(['us'])
    const rows = await client.rows('Get-MessageTraceV2', { FromIP: address })
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map(({ FromIP }) => FromIP))).toEqual(new Set([address]))
  })

  it('is cut with a warning, and goes on from its last row, which comes again', async () => {
    const window = {
      StartDate: new Date((await sandbox.control.now()).getTime() - 60 * minute).toISOString(),
    }
    const whole = await client.rows('Get-MessageTraceV2', { ...window, ResultSize: 5000 })
    const seen = new Map<unknown, JsonObject>()
    let next: JsonObject = {}
    for (;;) {
      const answer = await client.call('Get-MessageTraceV2', { ...window, ResultSize: 30, ...next })
      for (const row of answer.rows) seen.set(row.MessageTraceId, row)
      if (answer.body['@adminapi.warnings'] === undefined) break
      const last = answer.rows.at(-1)
      next = { EndDate: String(last?.Received), StartingRecipientAddress: String(last?.RecipientAddress) }
    }
    expect([...seen.values()]).toEqual(whole)
  })

  it('gives the last 48 hours, 1000 rows, when nothing else is asked', async () => {
    const answer = await client.call('Get-MessageTraceV2')
    expect(answer.rows).toHaveLength(1000)
    expect(answer.body['@adminapi.warnings']).toHaveLength(1)
  })

  it.each<[string, JsonObject]>([
    ['more than 10 days', { StartDate: '2026-01-01T00:00:00Z', EndDate: '2026-01-12T00:00:00Z' }],
    ['an end before the start', { StartDate: '2026-01-02T00:00:00Z', EndDate: '2026-01-01T00:00:00Z' }],
    ['more than 90 days back', { StartDate: '2020-01-01T00:00:00Z', EndDate: '2020-01-02T00:00:00Z' }],
    ['too many rows', { ResultSize: 5001 }],
    ['no rows', { ResultSize: 0 }],
    ['a date in words', { StartDate: 'yesterday' }],
  ])('refuses %s', async (_what, parameters) => {
    const answer = await client.call('Get-MessageTraceV2', parameters)
    expect(answer.text).toMatch(/ArgumentException|ArgumentTransformationException/)
  })

  it('takes 100 requests in five minutes', async () => {
    for (let count = 0; count < 100; count += 1)
      expect((await client.call('Get-MessageTraceV2', { ResultSize: 1 })).status).toBe(200)
    const refused = await client.call('Get-MessageTraceV2', { ResultSize: 1 })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await sandbox.control.clock(5 * minute)
    expect((await client.call('Get-MessageTraceV2', { ResultSize: 1 })).status).toBe(200)
  })

  it.each([
    ['deleted-redirect', true, true],
    ['no-other-mail', true, false],
    ['clean', false, true],
    ['disabled-redirect', false, true],
  ])('in %s has scanned mail: %s, other mail: %s', async (scenario, scanned, other) => {
    await sandbox.control.reset({ scenario })
    const rows = await lastMinutes(20)
    expect(rows.some(isVendor)).toBe(scanned)
    expect(rows.some((row) => !isVendor(row))).toBe(other)
  })

  it('never ends where mail goes on', async () => {
    await sandbox.control.reset({ scenario: 'endless-mail' })
    await client.rows('Disable-TransportRule', redirect)
    await sandbox.control.clock(180 * minute)
    expect((await lastMinutes(20)).some(isVendor)).toBe(true)
  })
})
