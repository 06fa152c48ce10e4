import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import { makeJwt } from '../login/jwt.ts'
import { graphAppId } from '../scenarios/directory/microsoft.ts'
import { remediationApp } from '../scenarios/directory/remediation-app.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { servicePrincipalId } from '../tenant/directory.ts'
import { exchangeScope, getToken, graphScope } from '../test-client.ts'
import { operations } from './operations.ts'
import { type GraphAnswer, type RawGraph, rawGraph } from './test-graph.ts'

let sandbox: Sandbox
let graph: RawGraph

beforeAll(async () => {
  sandbox = await startSandbox()
  graph = await rawGraph(sandbox.endpoints)
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

function claims(given: JsonObject = {}): JsonObject {
  return {
    aud: 'https://graph.microsoft.com',
    tid: sandbox.endpoints.tenantId,
    exp: Math.floor(Date.now() / 1000) + 3600,
    roles: ['Application.Read.All'],
    ...given,
  }
}

function refusal({ status, body }: GraphAnswer): readonly [number, string?] {
  return body.error === undefined ? [status] : [status, body.error.code]
}

describe('a token', () => {
  it.each([
    ['none', undefined],
    ['one that is none', 'abc'],
    ['one for Exchange', { aud: 'https://outlook.office365.com' }],
    ['one that has expired', { exp: 1 }],
    ['one of another tenant', { tid: 'fab71ca4-0000-4b0c-8f00-00000000beef' }],
  ])('is refused: %s', async (_what, given) => {
    const token = typeof given === 'object' ? makeJwt(claims(given)) : given
    const answer = await graph.call('/servicePrincipals', { token })
    expect(refusal(answer)).toEqual([401, 'InvalidAuthenticationToken'])
  })

  it.each([
    '00000003-0000-0000-c000-000000000000',
    'https://graph.microsoft.com/',
    'https://graph.microsoft.us',
    'https://dod-graph.microsoft.us',
    'https://microsoftgraph.chinacloudapi.cn',
  ])('is taken for the audience %s', async (aud) => {
    const answer = await graph.call('/servicePrincipals', { token: makeJwt(claims({ aud })) })
    expect(answer.status).toBe(200)
  })

  it('of the login service for Exchange holds nothing on Graph, and one for Graph holds what is granted', async () => {
    const { endpoints } = sandbox
    const forExchange = await getToken(endpoints, endpoints.tenantId, exchangeScope)
    expect(JSON.parse(Buffer.from(forExchange.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      aud: 'https://outlook.office365.com',
      roles: ['Exchange.ManageAsApp'],
    })
    await sandbox.control.act('set-graph-permissions', { permissions: ['Domain.Read.All'] })
    const forGraph = await getToken(endpoints, endpoints.tenantId, graphScope)
    expect(JSON.parse(Buffer.from(forGraph.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      aud: 'https://graph.microsoft.com',
      roles: ['Domain.Read.All'],
    })
  })

  it('for the sandbox’s own address serves Graph too', async () => {
    const { endpoints } = sandbox
    const token = await getToken(endpoints, endpoints.tenantId, `${endpoints.graphUrl}/.default`)
    expect((await graph.call('/servicePrincipals', { token })).status).toBe(200)
  })
})

const id = servicePrincipalId(remediationApp.appId)
const graphId = servicePrincipalId(graphAppId)
const absent = '11111111-2222-4333-8444-555555555555'

/** A request for each operation, which is let in or not before it is looked at. */
function requestFor(key: string): { readonly method: string; readonly path: string } {
  const [method = '', template = ''] = key.split(' ')
  const isResource = template.includes('appRoleAssignedTo')
  return {
    method,
    path: template.replace('{app}', isResource ? graphId : id).replace('{id}', absent),
  }
}

describe.each(Object.entries(operations))('%s', (key, { application, delegated, page }) => {
  async function isAllowed(rights: JsonObject): Promise<boolean> {
    const { method, path } = requestFor(key)
    const token = makeJwt(claims({ roles: [], ...rights }))
    const permissions = [String(rights.scp ?? ''), ...(Array.isArray(rights.roles) ? rights.roles : [])]
    await sandbox.control.act('set-graph-permissions', {
      permissions: permissions.join(' ').trim().split(' '),
    })
    const body = method === 'POST' || method === 'PATCH' ? { body: {} } : {}
    return refusal(await graph.call(path, { method, token, ...body }))[1] !== 'Authorization_RequestDenied'
  }
  const isWrite = !key.startsWith('GET')
  const enough = (names: readonly string[]) =>
    names.filter((name) => !isWrite || name !== 'Application.ReadWrite.OwnedBy')

  it('is let in with each of the published permissions', async () => {
    for (const names of enough(application))
      expect(await isAllowed({ roles: names.split(' and ') })).toBe(true)
    for (const names of enough(delegated))
      expect(await isAllowed({ scp: names.replaceAll(' and ', ' ') })).toBe(true)
  })

  it('is denied without, with half of a pair, and with one on own apps only', async () => {
    expect(await isAllowed({ roles: ['Mail.Read'] })).toBe(false)
    expect(await isAllowed({ scp: 'Mail.Read' })).toBe(false)
    for (const pair of application.filter((names) => names.includes(' and ')))
      for (const name of pair.split(' and ')) expect(await isAllowed({ roles: [name] })).toBe(false)
    if (isWrite) expect(await isAllowed({ roles: ['Application.ReadWrite.OwnedBy'] })).toBe(false)
  })

  it('names the page that publishes them', () => {
    expect(page).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
  })
})

describe('a permission that is taken away', () => {
  it('is gone at once, although the token still names it', async () => {
    expect((await graph.call('/servicePrincipals')).status).toBe(200)
    await sandbox.control.act('set-graph-permissions', { permissions: ['Domain.Read.All'] })
    expect(refusal(await graph.call('/servicePrincipals'))).toEqual([403, 'Authorization_RequestDenied'])
    expect((await graph.call('/domains')).status).toBe(200)
  })
})
