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
