import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeJwt } from '../login/jwt.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { getToken, type RawClient, rawClient } from '../test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

afterAll(() => sandbox.close())

function token(claims: { aud?: string; tid?: string; exp?: number }): string {
  const exp = Math.floor(Date.now() / 1000) + 600
  return `Bearer ${makeJwt({ aud: 'https://outlook.office365.com', tid: sandbox.endpoints.tenantId, exp, ...claims })}`
}

describe('the door of Exchange', () => {
  it.each([
    ['no token', () => undefined, 401],
    ['something that is no token', () => 'Bearer secret', 401],
    ['an expired token', () => token({ exp: 1 }), 401],
    ['a token for something else', () => token({ aud: 'https://graph.microsoft.com' }), 401],
    ['a token of another tenant', () => token({ tid: 'fab71ca4-0000-4b0c-8f00-00000000beef' }), 403],
    ['a token that was issued elsewhere', () => token({}), 200],
    ['a token for the id of Exchange', () => token({ aud: '00000002-0000-0ff1-ce00-000000000000' }), 200],
  ])('answers to %s', async (_what, authorization, status) => {
    const answer = await client.call(
      'Get-AcceptedDomain',
      {},
      { headers: { authorization: authorization() } },
    )
    expect(answer.status).toBe(status)
  })

  it('knows the tenant by id and by any of its domains', async () => {
    for (const tenant of [sandbox.endpoints.tenantId, 'contoso.onmicrosoft.com', 'contoso.com'])
      expect((await client.call('Get-AcceptedDomain', {}, { tenant })).status).toBe(200)
    expect((await client.call('Get-AcceptedDomain', {}, { tenant: 'adatum.example' })).status).toBe(404)
  })

  it('refuses a header that names another cmdlet than the body', async () => {
    const headers = { 'x-cmdletname': 'Get-TransportRule' }
    const answer = await client.call('Remove-TransportRule', { Identity: 'Encrypt on demand' }, { headers })
    expect(answer.status).toBe(400)
    expect(await client.rows('Get-TransportRule', { Identity: 'Encrypt on demand' })).toHaveLength(1)
  })

  it('lets the header be left out', async () => {
    const answer = await client.call('Get-TransportRule', {}, { headers: { 'x-cmdletname': undefined } })
    expect(answer.status).toBe(200)
  })

  it('takes JSON only, in its own envelope', async () => {
    const text = await client.call('Get-TransportRule', {}, { headers: { 'content-type': 'text/plain' } })
    expect(text.status).toBe(415)
    expect(
      (await client.call('Get-TransportRule', {}, { rawBody: '{"CmdletName":"Get-TransportRule"}' })).status,
    ).toBe(400)
    expect((await client.call('Get-TransportRule', {}, { rawBody: '{' })).status).toBe(400)
  })

  it.each([
    undefined,
    'UPN:admin@contoso.com',
    'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@adatum.example',
  ])('writes connectors only with the anchor on the system mailbox, not on %s', async (anchor) => {
    const headers = { 'x-anchormailbox': anchor }
    const removed = await client.call(
      'Remove-InboundConnector',
      { Identity: 'Inbound from on-premises' },
      { headers },
    )
    expect(removed.text).toContain('ADServerSettingsChangedException')
    expect((await client.call('Get-InboundConnector', {}, { headers })).status).toBe(200)
    expect(await client.rows('Get-InboundConnector', { Identity: 'Inbound from on-premises' })).toHaveLength(
      1,
    )
  })

  it('says 404 where it has nothing', async () => {
    expect(
      (await fetch(`${sandbox.endpoints.exchangeUrl}/adminapi/beta/x/$batch`, { method: 'POST' })).status,
    ).toBe(404)
  })
})

describe('a missing right', () => {
  it('is answered with 403 and nothing to read', async () => {
    await sandbox.control.act('take-rights', {
      cmdlets: ['Remove-TransportRule', 'Get-JournalRule', 'Get-ArcConfig'],
    })
    for (const [cmdlet, parameters] of [
      ['Remove-TransportRule', { Identity: 'Encrypt on demand' }],
      ['Get-JournalRule', {}],
      ['Get-ArcConfig', {}],
    ] as const) {
      const answer = await client.call(cmdlet, parameters)
      expect(answer.status).toBe(403)
      expect(answer.text.replaceAll('\0', '')).toBe('')
    }
    expect(await client.rows('Get-TransportRule', { Identity: 'Encrypt on demand' })).toHaveLength(1)
  })

  it('shows in the list of cmdlets that the caller may run', async () => {
    const { endpoints } = sandbox
    const response = await fetch(
      `${endpoints.exchangeUrl}/adminapi/v1.0/${endpoints.tenantId}/EXOModuleFile?Version=3.9.2`,
      {
        headers: { authorization: token({}), commandname: '*' },
      },
    )
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toContain('Disable-TransportRule')
    expect(text).not.toContain('Remove-TransportRule')
  })
})
