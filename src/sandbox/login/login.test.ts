import { ClientSecretCredential, DeviceCodeCredential } from '@azure/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start.ts'
import { tenantIds } from '../tenant/ids.ts'
import { clientId, exchangeScope, rawClient } from '../test-client.ts'
import { readJwt } from './jwt.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

async function token(
  tenant: string,
  form: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${sandbox.endpoints.loginUrl}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return { status: response.status, text: await response.text() }
}

const good = {
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: 's',
  scope: exchangeScope,
}

describe('the tenant behind a domain', () => {
  it.each([
    ['contoso.onmicrosoft.com', tenantIds['contoso.onmicrosoft.com']],
    ['CONTOSO.com', tenantIds['contoso.onmicrosoft.com']],
    ['fabrikam.com', tenantIds['contoso.onmicrosoft.com']],
    [tenantIds['contoso.onmicrosoft.com'], tenantIds['contoso.onmicrosoft.com']],
    ['fabrikam-other.onmicrosoft.com', tenantIds['fabrikam-other.onmicrosoft.com']],
  ])('%s is %s', async (name, id) => {
    const response = await fetch(
      `${sandbox.endpoints.loginUrl}/${name}/v2.0/.well-known/openid-configuration`,
    )
    expect(await response.json()).toMatchObject({
      issuer: `${sandbox.endpoints.loginUrl}/${id}/v2.0`,
      token_endpoint: `${sandbox.endpoints.loginUrl}/${id}/oauth2/v2.0/token`,
    })
  })

  it('is unknown for others', async () => {
    const response = await fetch(
      `${sandbox.endpoints.loginUrl}/adatum.example/v2.0/.well-known/openid-configuration`,
    )
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('AADSTS90002')
  })
})

describe('a token', () => {
  it('says for whom, by whom and until when', async () => {
    const { text } = await token('contoso.com', good)
    const claims = readJwt(JSON.parse(text).access_token)
    expect(claims).toMatchObject({
      aud: 'https://outlook.office365.com',
      tid: sandbox.endpoints.tenantId,
      appid: clientId,
    })
    expect(claims?.exp).toBeGreaterThan(Date.now() / 1000)
  })

  it('is given for a signed assertion too', async () => {
    const { text } = await token('contoso.com', good)
    const { client_secret: _, ...rest } = good
    const assertion = { ...rest, client_assertion: JSON.parse(text).access_token }
    expect((await token('contoso.com', assertion)).status).toBe(200)
    expect((await token('contoso.com', { ...assertion, client_assertion: 'x' })).text).toContain(
      'AADSTS50027',
    )
  })

  it.each<[string, Record<string, string>, string]>([
    ['a wrong secret', { client_secret: 'wrong' }, 'AADSTS7000215'],
    ['an application that is none', { client_id: 'app' }, 'AADSTS700016'],
    ['a scope that is none', { scope: 'https://outlook.office365.com/Mail.Read' }, 'AADSTS1002012'],
    ['another grant', { grant_type: 'password' }, 'AADSTS70003'],
  ])('is refused for %s', async (_what, change, code) => {
    const { status, text } = await token('contoso.com', { ...good, ...change })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(text).toContain(code)
  })

  it('is refused without a proof', async () => {
    const { client_secret: _, ...rest } = good
    expect((await token('contoso.com', rest)).text).toContain('AADSTS7000218')
  })
})

describe('the clients of Azure', () => {
  /** Sends what is meant for the real login service to the sandbox. */
  function options() {
    const httpClient: NonNullable<ConstructorParameters<typeof ClientSecretCredential>[3]>['httpClient'] = {
      async sendRequest(request) {
        const { pathname, search } = new URL(request.url)
        const response = await fetch(`${sandbox.endpoints.loginUrl}${pathname}${search}`, {
          method: request.method,
          headers: request.headers.toJSON(),
          body: typeof request.body === 'string' ? request.body : null,
        })
        const headers = request.headers
        for (const [name] of headers) headers.delete(name)
        for (const [name, value] of response.headers) headers.set(name, value)
        return { request, status: response.status, headers, bodyAsText: await response.text() }
      },
    }
    return { httpClient, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } }
  }

  it('get a token for a secret that Exchange takes', async () => {
    const credential = new ClientSecretCredential('contoso.onmicrosoft.com', clientId, 's', options())
    const { token } = await credential.getToken(exchangeScope)
    expect((await rawClient(sandbox.endpoints, token).call('Get-AcceptedDomain')).status).toBe(200)
  })

  it('get a token for a code that a person enters', async () => {
    const shown: string[] = []
    const credential = new DeviceCodeCredential({
      ...options(),
      tenantId: sandbox.endpoints.tenantId,
      clientId,
      userPromptCallback: ({ userCode }) => {
        shown.push(userCode)
      },
    })
    const { token } = await credential.getToken(exchangeScope)
    expect(shown).toEqual(['SANDBOX99'])
    expect((await rawClient(sandbox.endpoints, token).call('Get-AcceptedDomain')).status).toBe(200)
  })
})
