import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

const redirect = 'Perception Point Redirect Rule'
const action = { PrependSubject: '[x] ' }

async function names(): Promise<readonly string[]> {
  return (await client.rows('Get-TransportRule', { ResultSize: 'Unlimited' })).map(({ Name }) => String(Name))
}

describe('the order of rules', () => {
  it('has no gaps: priorities are places', async () => {
    await client.rows('Remove-TransportRule', { Identity: 'Perception Point Spam Rule' })
    const rows = await client.rows('Get-TransportRule')
    expect(rows.map(({ Priority }) => Priority)).toEqual(rows.map((_, index) => index))
  })

  it('opens where a new rule is put, and closes where one is removed', async () => {
    const before = await names()
    await client.rows('New-TransportRule', { Name: 'New', ...action, Priority: 2 })
    expect(await names()).toEqual([...before.slice(0, 2), 'New', ...before.slice(2)])
    await client.rows('Remove-TransportRule', { Identity: 'New' })
    expect(await names()).toEqual(before)
  })

  it('puts a rule last without a priority, and moves one that gets another', async () => {
    const before = await names()
    await client.rows('New-TransportRule', { Name: 'New', ...action })
    expect(await names()).toEqual([...before, 'New'])
    await client.rows('Set-TransportRule', { Identity: 'New', Priority: 0 })
    expect(await names()).toEqual(['New', ...before])
  })

  it('takes the place after the last one, and none behind it', async () => {
    const count = (await names()).length
    const out = await client.call('New-TransportRule', { Name: 'Out', ...action, Priority: count + 1 })
    expect(out.text).toContain('The specified rule priority is invalid')
    await client.rows('New-TransportRule', { Name: 'Last', ...action, Priority: count })
    expect((await names()).at(-1)).toBe('Last')
    const set = await client.call('Set-TransportRule', { Identity: 'Last', Priority: count + 1 })
    expect(set.text).toContain('The specified rule priority is invalid')
  })

  it('is the same after any row of removals and re-creations at the old places', async () => {
    const before = await names()
    const customers = before.filter((name) => !name.includes('Route') && name !== redirect)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...customers), { minLength: 1, maxLength: 4 }),
        async (chosen) => {
          for (const Identity of chosen) await client.rows('Remove-TransportRule', { Identity })
          const gone = before.filter((name) => chosen.includes(name))
          for (const Name of gone)
            await client.rows('New-TransportRule', { Name, ...action, Priority: before.indexOf(Name) })
          expect(await names()).toEqual(before)
        },
      ),
      { numRuns: 10 },
    )
  })
})
