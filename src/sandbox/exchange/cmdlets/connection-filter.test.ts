import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../model/json.ts'
import { vendorAddresses } from '../../scenarios/addresses.ts'
import { type Sandbox, startSandbox } from '../../start.ts'
import { getToken, hashTable, type RawAnswer, type RawClient, rawClient } from '../../test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox({ regions: ['eu'] })
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

function set(parameters: JsonObject): Promise<RawAnswer> {
  return client.call('Set-HostedConnectionFilterPolicy', { Identity: 'Default', ...parameters })
}

async function policy(): Promise<JsonObject> {
  const [found = {}] = await client.rows('Get-HostedConnectionFilterPolicy')
  return found
}

describe('the connection filter', () => {
  it('allows exactly the addresses of the region, with the safe list on', async () => {
    expect(await policy()).toMatchObject({
      IPAllowList: vendorAddresses(['eu']),
      EnableSafeList: true,
      IsDefault: true,
    })
  })

  it('is changed by difference, more than one thing in a call', async () => {
    const [first = '', ...rest] = vendorAddresses(['eu'])
    const answer = await set({
      IPAllowList: hashTable({ Remove: [first], Add: ['203.0.113.9'] }),
      EnableSafeList: false,
    })
    expect(answer.body.value).toEqual([])
    expect(await policy()).toMatchObject({ IPAllowList: [...rest, '203.0.113.9'], EnableSafeList: false })
  })

  it('takes adding what is there and removing what is not as done, with a warning', async () => {
    const before = await policy()
    const answer = await set({
      IPAllowList: hashTable({ Remove: ['203.0.113.9'], Add: vendorAddresses(['eu']).slice(0, 1) }),
    })
    expect(answer.body['@adminapi.warnings']?.[0]).toContain('no settings of')
    expect(await policy()).toEqual(before)
  })

  it('is replaced by a plain list, and emptied by an empty one', async () => {
    await set({ IPAllowList: ['203.0.113.0/24', '198.51.100.1-198.51.100.20'] })
    expect((await policy()).IPAllowList).toEqual(['203.0.113.0/24', '198.51.100.1-198.51.100.20'])
    await set({ IPAllowList: [] })
    expect((await policy()).IPAllowList).toEqual([])
  })

  it.each([
    '203.0.113.0/23',
    '203.0.113.1-203.0.114.200',
    '203.0.113.9-203.0.113.1',
    '2001:db8::1',
    'scanner.example',
  ])('refuses the entry %s and changes nothing', async (entry) => {
    const before = await policy()
    expect((await set({ IPAllowList: hashTable({ Add: [entry] }) })).text).toContain(
      'DataValidationException',
    )
    expect(await policy()).toEqual(before)
  })

  it('holds 1273 entries', async () => {
    const many = Array.from({ length: 1274 }, (_, index) => `10.${index >> 8}.${index & 255}.1`)
    expect((await set({ IPBlockList: many })).text).toContain('1273')
    expect((await set({ IPBlockList: many.slice(1) })).status).toBe(200)
  })
})
