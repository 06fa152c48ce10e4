import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start.ts'
import { getToken, type RawClient, rawClient } from '../test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

describe('the list of rules', () => {
  it('is cut at 1000 with a warning, unless all are asked for', async () => {
    await sandbox.control.reset({ scenario: 'many-rules' })
    const cut = await client.call('Get-TransportRule')
    expect(cut.rows).toHaveLength(1000)
    expect(cut.body['@adminapi.warnings']?.[0]).toContain('Unlimited')
  })

  it('comes in pages of the size that is preferred', async () => {
    await sandbox.control.reset({ scenario: 'many-rules' })
    const parameters = { ResultSize: 'Unlimited' }
    const headers = { prefer: 'odata.maxpagesize=500' }
    const sizes: number[] = []
    const seen = new Set<string>()
    let answer = await client.call('Get-TransportRule', parameters, { headers })
    for (;;) {
      sizes.push(answer.rows.length)
      for (const row of answer.rows) seen.add(String(row.Guid))
      const url = answer.body['@odata.nextLink']
      if (url === undefined) break
      answer = await client.call('Get-TransportRule', parameters, { headers, url })
    }
    expect(sizes).toEqual([500, 500, 300])
    expect(seen.size).toBe(1300)
  })

  it('has links that hold for half an hour and for the same request', async () => {
    const headers = { prefer: 'odata.maxpagesize=5' }
    const first = await client.call('Get-TransportRule', {}, { headers })
    const url = first.body['@odata.nextLink'] ?? ''
    const other = await client.call('Get-TransportRule', { State: 'Enabled' }, { url })
    expect(other.text).toContain('Expired or Invalid pagination request')
    expect((await client.call('Get-TransportRule', {}, { url })).rows).toHaveLength(5)
    await sandbox.control.clock(31 * 60_000)
    expect((await client.call('Get-TransportRule', {}, { url })).text).toContain(
      'Expired or Invalid pagination request',
    )
  })

  it('can be narrowed to a state', async () => {
    const rows = await client.rows('Get-TransportRule', { State: 'Disabled' })
    expect(rows.map(({ Name }) => Name)).toEqual([
      'Encrypt on demand',
      'Perception Point/FortiMail Redirect Rule',
    ])
  })
})
