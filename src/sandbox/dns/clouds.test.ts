import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askToken } from '../google/test-google.ts'
import { readJwt } from '../login/jwt.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { getToken } from '../test-client.ts'
import { azureSubscription } from './azure/admission.ts'
import { cloudDnsProject } from './google/admission.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

async function ask(path: string, token: string) {
  const answer = await fetch(new URL(path, sandbox.endpoints.loginUrl), {
    headers: { authorization: `Bearer ${token}` },
  })
  return { status: answer.status, text: await answer.text() }
}

describe('Azure DNS of the sandbox', () => {
  const path = `/subscriptions/${azureSubscription}/providers/Microsoft.Network/dnszones?api-version=2018-05-01`

  it('takes the token of the sign-in for its own audience, which opens nothing else', async () => {
    const token = await getToken(sandbox.endpoints, undefined, 'https://management.azure.com/.default')
    expect(readJwt(token)?.roles).toEqual([])
    const { status, text } = await ask(path, token)
    expect(status).toBe(200)
    expect(text).toContain('"name":"contoso.com"')
    expect((await ask('/v1.0/organization', token)).status).toBe(401)
  })

  it('refuses a token for Exchange, and a request without a version of the API', async () => {
    expect((await ask(path, await getToken(sandbox.endpoints))).status).toBe(401)
    const token = await getToken(sandbox.endpoints, undefined, 'https://management.azure.com/.default')
    expect((await ask(path.replace(/\?.*/, ''), token)).status).toBe(400)
  })
})

describe('Cloud DNS of the sandbox', () => {
  const path = `/dns/v1/projects/${cloudDnsProject}/managedZones`
  const scope = 'https://www.googleapis.com/auth/ndev.clouddns.readonly'

  it('takes the token of a service account that acts for itself', async () => {
    const { body } = await askToken(sandbox, [scope], { sub: undefined })
    const { status, text } = await ask(path, body.access_token ?? '')
    expect(status).toBe(200)
    expect(text).toContain('"dnsName":"contoso.com."')
  })

  it('refuses a token for other scopes', async () => {
    const { body } = await askToken(sandbox, ['https://www.googleapis.com/auth/gmail.readonly'], {
      sub: undefined,
    })
    expect((await ask(path, body.access_token ?? '')).status).toBe(403)
  })
})
