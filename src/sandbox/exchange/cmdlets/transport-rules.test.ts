import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../model/json.ts'
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

async function rule(Identity: string): Promise<JsonObject> {
  const [found = {}] = await client.rows('Get-TransportRule', { Identity })
  return found
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

describe('a rule', () => {
  it.each<[string, JsonObject, string]>([
    ['without an action', { Name: 'A', FromScope: 'InOrganization' }, 'at least one action'],
    ['with a name in use, in other case', { Name: redirect.toUpperCase(), ...action }, 'already in use'],
    ['with a name that is too long', { Name: 'n'.repeat(65), ...action }, 'maximum length is 64'],
    [
      'with half a pair',
      { Name: 'A', ...action, HeaderContainsMessageHeader: 'X-A' },
      "'HeaderContainsWords'",
    ],
    [
      'with the other half',
      { Name: 'A', ...action, ExceptIfHeaderMatchesPatterns: ['a'] },
      "'ExceptIfHeaderMatchesMessageHeader'",
    ],
    ['with a header name and no value', { Name: 'A', SetHeaderName: 'X-A' }, "'SetHeaderValue'"],
    [
      'with a place for a disclaimer and no text',
      { Name: 'A', ...action, ApplyHtmlDisclaimerLocation: 'Append' },
      "'ApplyHtmlDisclaimerText'",
    ],
    [
      'with a parameter of data loss prevention, even false',
      { Name: 'A', ...action, HasSenderOverride: false },
      'Data loss prevention',
    ],
    [
      'that routes to an absent connector',
      { Name: 'A', RouteMessageOutboundConnector: 'Nowhere' },
      'ManagementObjectNotFoundException',
    ],
    [
      'for an absent group',
      { Name: 'A', ...action, SentToMemberOf: ['gone@contoso.com'] },
      'ManagementObjectNotFoundException',
    ],
    [
      'that is too large',
      { Name: 'A', ...action, SubjectContainsWords: ['w'.repeat(9000)] },
      'larger than the limit',
    ],
  ])('is refused %s', async (_what, parameters, said) => {
    const before = await names()
    expect((await client.call('New-TransportRule', parameters)).text).toContain(said)
    expect(await names()).toEqual(before)
  })

  it('is refused when it routes to a disabled connector', async () => {
    await sandbox.control.act('set', {
      kind: 'outbound-connector',
      name: 'Outbound to on-premises',
      property: 'Enabled',
      value: false,
    })
    const answer = await client.call('New-TransportRule', {
      Name: 'A',
      RouteMessageOutboundConnector: 'Outbound to on-premises',
    })
    expect(answer.text).toContain('is disabled')
  })

  it('is refused beyond the limit of the tenant', async () => {
    await sandbox.control.reset({ scenario: 'rule-limit' })
    expect((await client.call('New-TransportRule', { Name: 'A', ...action })).text).toContain(
      'reached the limit',
    )
  })

  it('gets an id of its own and keeps the name of its connector', async () => {
    const old = await rule(redirect)
    const connector = (
      await client.rows('Get-OutboundConnector', { Identity: 'Perception Point Scanning' })
    )[0]
    await client.rows('Remove-TransportRule', { Identity: String(old.Guid) })
    const [made = {}] = await client.rows('New-TransportRule', {
      Name: redirect,
      RouteMessageOutboundConnector: String(connector?.Guid),
      ExceptIfSenderIpRanges: ['3.81.182.154'],
      Enabled: false,
    })
    expect(made.Guid).not.toBe(old.Guid)
    expect(made).toMatchObject({
      RouteMessageOutboundConnector: 'Perception Point Scanning',
      State: 'Disabled',
    })
  })

  it('drops an activation date that has passed', async () => {
    const [made = {}] = await client.rows('New-TransportRule', {
      Name: 'A',
      ...action,
      ActivationDate: '2020-01-01T00:00:00Z',
      ExpiryDate: '2040-01-01T00:00:00Z',
    })
    expect(made.ActivationDate).toBeNull()
    expect(made.ExpiryDate).toBe('2040-01-01T00:00:00Z')
  })

  it('is found by name and id, not by a pattern', async () => {
    const { Guid } = await rule(redirect)
    expect(await rule(String(Guid))).toEqual(await rule(redirect))
    for (const Identity of ['Perception*', '*'])
      expect((await client.call('Remove-TransportRule', { Identity })).text).toContain("couldn't be found")
  })

  it('is turned off and on, and a second time warns', async () => {
    const { Guid } = await rule(redirect)
    const Identity = String(Guid)
    expect(
      (await client.call('Disable-TransportRule', { Identity })).body['@adminapi.warnings'],
    ).toBeUndefined()
    expect((await rule(redirect)).State).toBe('Disabled')
    expect(
      (await client.call('Disable-TransportRule', { Identity })).body['@adminapi.warnings'],
    ).toHaveLength(1)
    await client.rows('Enable-TransportRule', { Identity, Mode: 'Audit' })
    expect(await rule(redirect)).toMatchObject({ State: 'Enabled', Mode: 'Audit' })
  })

  it('answers nothing to a write but a new rule', async () => {
    for (const cmdlet of ['Disable-TransportRule', 'Enable-TransportRule', 'Remove-TransportRule'])
      expect((await client.call(cmdlet, { Identity: redirect })).body.value).toEqual([])
  })

  it('is changed by Set-: null clears, lists are replaced, the last action stays', async () => {
    const Identity = 'Block executable attachments'
    await client.rows('Set-TransportRule', { Identity, SubjectContainsWords: ['a', 'b'] })
    await client.rows('Set-TransportRule', { Identity, SubjectContainsWords: ['c'] })
    expect((await rule(Identity)).SubjectContainsWords).toEqual(['c'])
    await client.rows('Set-TransportRule', {
      Identity,
      SubjectContainsWords: null,
      StopRuleProcessing: false,
    })
    expect(await rule(Identity)).toMatchObject({ SubjectContainsWords: null, StopRuleProcessing: false })
    const bare = await client.call('Set-TransportRule', {
      Identity,
      RejectMessageReasonText: null,
      RejectMessageEnhancedStatusCode: null,
    })
    expect(bare.text).toContain('at least one action')
  })

  it('warns when nothing was changed', async () => {
    const answer = await client.call('Set-TransportRule', {
      Identity: 'Perception Point Spam Rule',
      SetSCL: 6,
    })
    expect(answer.body['@adminapi.warnings']?.[0]).toContain('no settings of')
  })
})

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
