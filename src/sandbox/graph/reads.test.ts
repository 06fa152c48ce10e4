import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { remediationApp } from '../scenarios/directory/remediation-app.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { servicePrincipalId } from '../tenant/directory.ts'
import { type RawGraph, rawGraph } from './test-graph.ts'

let sandbox: Sandbox
let graph: RawGraph
const appPath = `/servicePrincipals/${servicePrincipalId(remediationApp.appId)}`

beforeAll(async () => {
  sandbox = await startSandbox()
  graph = await rawGraph(sandbox.endpoints)
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

describe('the organization', () => {
  it('has the tenant’s id and its verified domains', async () => {
    const [organization] = await graph.rows('/organization')
    expect(organization).toMatchObject({
      id: sandbox.endpoints.tenantId,
      verifiedDomains: [
        { name: 'contoso.com', isDefault: true, isInitial: false },
        { name: 'contoso.onmicrosoft.com', isDefault: false, isInitial: true },
        { name: 'fabrikam.com' },
      ],
    })
  })

  it('lists the domains with those that are not verified', async () => {
    const domains = await graph.rows('/domains')
    expect(domains.map(({ id, isVerified }) => [id, isVerified])).toEqual([
      ['contoso.com', true],
      ['contoso.onmicrosoft.com', true],
      ['fabrikam.com', true],
      ['pending.contoso.com', false],
    ])
  })
})

describe('service principals', () => {
  it('are listed with the selected properties only', async () => {
    const apps = await graph.rows('/servicePrincipals?$select=id,appId,displayName&$top=999')
    expect(apps.length).toBeGreaterThanOrEqual(15)
    for (const app of apps) expect(Object.keys(app)).toEqual(['id', 'appId', 'displayName'])
    expect(apps.map(({ displayName }) => displayName)).toEqual(
      expect.arrayContaining([
        'Microsoft Graph',
        'Office 365 Exchange Online',
        'Perception Point Remediation',
        'Perception Points Survey',
        'FortiMail Relay Monitor',
      ]),
    )
  })

  it('come in pages of at most $top, over nextLink to the end, each once', async () => {
    const first = await graph.call('/servicePrincipals?$top=4&$select=id')
    expect(first.body.value).toHaveLength(4)
    expect(first.body['@odata.nextLink']).toContain('skiptoken')
    const paged = await graph.rows('/servicePrincipals?$top=4&$select=id')
    const whole = await graph.rows('/servicePrincipals?$top=999&$select=id')
    expect(paged).toEqual(whole)
  })

  it.each(['0', '1000', 'many'])('refuse a page size of %s', async (top) => {
    const { status, body } = await graph.call(`/servicePrincipals?$top=${top}`)
    expect([status, body.error?.code]).toEqual([400, 'Request_UnsupportedQuery'])
  })

  it.each([
    [`appId eq '${remediationApp.appId}'`],
    [`displayName eq 'perception point remediation'`],
    [`appId eq '${remediationApp.appId}' and displayName eq 'Perception Point Remediation'`],
  ])('are found by %s', async (filter) => {
    const found = await graph.rows(`/servicePrincipals?$filter=${encodeURIComponent(filter)}`)
    expect(found.map(({ appId }) => appId)).toEqual([remediationApp.appId])
  })

  it('are not found by a name that only begins so, and a quote in a value is doubled', async () => {
    for (const filter of ["displayName eq 'Perception Point'", "displayName eq 'and '' eq and '"])
      expect(await graph.rows(`/servicePrincipals?$filter=${encodeURIComponent(filter)}`)).toEqual([])
  })

  it.each([
    "homepage eq 'x'",
    "contains(displayName,'Point')",
    "appId eq 'x' or appId eq 'y'",
    'displayName ne null',
  ])('cannot be filtered by %s', async (filter) => {
    const { status, body } = await graph.call(`/servicePrincipals?$filter=${encodeURIComponent(filter)}`)
    expect([status, body.error?.code]).toEqual([400, 'Request_UnsupportedQuery'])
  })

  it('have no property that v1.0 does not have', async () => {
    const { status, body } = await graph.call('/servicePrincipals?$select=id,signInActivity')
    expect([status, body.error?.code]).toEqual([400, 'BadRequest'])
  })

  it('are read whole by object id and by application id', async () => {
    const byId = await graph.call(appPath)
    const byAppId = await graph.call(`/servicePrincipals(appId='${remediationApp.appId}')`)
    expect(byId.body).toEqual(byAppId.body)
    expect(byId.body).toMatchObject({
      ...remediationApp,
      accountEnabled: true,
      publisherName: 'Perception Point Ltd',
      verifiedPublisher: { displayName: null },
      servicePrincipalType: 'Application',
    })
  })

  it('are not there under another id', async () => {
    const absent = await graph.call('/servicePrincipals/11111111-2222-4333-8444-555555555555')
    expect([absent.status, absent.body.error?.code]).toEqual([404, 'Request_ResourceNotFound'])
    const malformed = await graph.call('/servicePrincipals/abc')
    expect([malformed.status, malformed.body.error?.code]).toEqual([400, 'Request_BadRequest'])
  })
})

describe('grants', () => {
  it('are read from the app, with the names of the resource', async () => {
    const assignments = await graph.rows(`${appPath}/appRoleAssignments`)
    expect(assignments).toHaveLength(3)
    const [microsoftGraph] = await graph.rows("/servicePrincipals?$filter=displayName eq 'Microsoft Graph'")
    for (const assignment of assignments)
      expect(assignment).toMatchObject({
        principalDisplayName: 'Perception Point Remediation',
        resourceDisplayName: 'Microsoft Graph',
        resourceId: microsoftGraph?.id,
      })
    expect(assignments.map(({ appRoleId }) => appRoleId)).toContain('e2a3a72e-5f79-4c64-b1b1-878b674786c9')
  })

  it('are read from the resource, those of all apps', async () => {
    const assigned = await graph.rows(
      "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/appRoleAssignedTo",
    )
    const principals = new Set(assigned.map(({ principalDisplayName }) => principalDisplayName))
    expect(principals).toEqual(
      new Set(['Perception Point Remediation', 'Veeam Backup for Microsoft 365', 'FortiMail Relay Monitor']),
    )
  })

  it('that are delegated are read from the app and by client', async () => {
    const own = await graph.rows(`${appPath}/oauth2PermissionGrants`)
    expect(own).toMatchObject([{ scope: 'User.Read', consentType: 'AllPrincipals', principalId: null }])
    const filter = encodeURIComponent(`clientId eq '${servicePrincipalId(remediationApp.appId)}'`)
    expect(await graph.rows(`/oauth2PermissionGrants?$filter=${filter}`)).toEqual(own)
    expect((await graph.rows('/oauth2PermissionGrants')).length).toBeGreaterThan(1)
  })

  it('of an app that is not there are not there either', async () => {
    const absent = '/servicePrincipals/11111111-2222-4333-8444-555555555555'
    for (const path of ['appRoleAssignments', 'appRoleAssignedTo', 'oauth2PermissionGrants'])
      expect((await graph.call(`${absent}/${path}`)).status).toBe(404)
  })
})

describe('an address that is not Graph’s', () => {
  it('is refused in Graph’s envelope', async () => {
    const { status, body } = await graph.call('/users')
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'Request_BadRequest', innerError: { date: expect.any(String) } })
    const put = await graph.call(appPath, { method: 'PUT', body: {} })
    expect(put.status).toBe(405)
  })
})
