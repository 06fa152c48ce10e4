import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RawGraph, rawGraph } from '../graph/test-graph.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { routesToScanner } from '../tenant/routing.ts'
import { vendorAddresses } from './addresses.ts'
import { appScenarios } from './apps.ts'
import { buildState } from './build.ts'
import { consoleScenarios } from './console.ts'
import { customerApps } from './directory/customer-apps.ts'
import { remediationApp } from './directory/remediation-app.ts'
import { vendorNames } from './vendor-setup.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

/** The tenant of a scenario, read with a token that it gives. */
async function tenantOf(scenario: string): Promise<RawGraph> {
  await sandbox.control.reset({ scenario })
  return rawGraph(sandbox.endpoints)
}

const appPath = `/servicePrincipals(appId='${remediationApp.appId}')`

async function names(graph: RawGraph): Promise<readonly unknown[]> {
  const apps = await graph.rows('/servicePrincipals?$select=displayName&$top=999')
  return apps.map(({ displayName }) => displayName)
}

/** What Exchange holds, ids aside, and who may do what there. */
function exchangeOf(scenario: string): unknown {
  const { objects, caller, trace, dns } = buildState(scenario, ['eu'])
  const held = Object.values(objects).map((list) => list.map(({ name, properties }) => [name, properties]))
  return { held, caller, trace, dns }
}

const likeDefault = Object.keys({ ...appScenarios, ...consoleScenarios }).filter(
  (name) => name !== 'api-only',
)

it.each(likeDefault)('%s is like the default tenant for Exchange', (scenario) => {
  expect(exchangeOf(scenario)).toEqual(exchangeOf('default'))
})

describe('the tenant of', () => {
  it('default has the app with rights on all mailboxes, among apps with like names', async () => {
    const graph = await tenantOf('default')
    expect(await names(graph)).toEqual(
      expect.arrayContaining([
        remediationApp.displayName,
        ...Object.values(customerApps).map((app) => app.displayName),
      ]),
    )
    const [microsoftGraph] = await graph.rows("/servicePrincipals?$filter=displayName eq 'Microsoft Graph'")
    const roles = new Map(
      [microsoftGraph?.appRoles].flat().flatMap((role) => {
        const isRole = role !== null && typeof role === 'object' && 'id' in role
        return isRole ? [[role.id, role.value] as const] : []
      }),
    )
    const assigned = await graph.rows(`${appPath}/appRoleAssignments`)
    expect(assigned.map(({ appRoleId }) => roles.get(appRoleId ?? ''))).toEqual([
      'Mail.ReadWrite',
      'User.Read.All',
      'Domain.Read.All',
    ])
  })

  it.each(['no-app', 'clean'])('%s has no app, and no grant of one', async (scenario) => {
    const graph = await tenantOf(scenario)
    expect(await names(graph)).not.toContain(remediationApp.displayName)
    expect((await graph.call(appPath)).status).toBe(404)
    expect(JSON.stringify((await sandbox.control.show()).directory)).not.toContain(
      'Perception Point Remediation',
    )
  })

  it('app-disabled has it disabled, with its grants', async () => {
    const graph = await tenantOf('app-disabled')
    expect((await graph.call(appPath)).body.accountEnabled).toBe(false)
    expect(await graph.rows(`${appPath}/appRoleAssignments`)).toHaveLength(3)
  })

  it('app-many-apps has 2,500 apps, and the vendor’s on a late page', async () => {
    const graph = await tenantOf('app-many-apps')
    const all = await names(graph)
    expect(all).toHaveLength(2500)
    expect(all.indexOf(remediationApp.displayName)).toBeGreaterThan(999)
  })

  it('app-lookalikes has three more names like the vendor’s, each of another publisher', async () => {
    const graph = await tenantOf('app-lookalikes')
    const apps = await graph.rows('/servicePrincipals?$top=999')
    const like = apps.filter(({ displayName }) =>
      /^(Perception Point X-Ray|FortiMail Workspace|Acronis)/.test(String(displayName)),
    )
    expect(new Set(like.map(({ publisherName }) => publisherName)).size).toBe(3)
  })

  it('graph-denied refuses to list apps, and tells of domains', async () => {
    const graph = await tenantOf('graph-denied')
    expect((await graph.call('/servicePrincipals')).status).toBe(403)
    expect((await graph.call('/organization')).status).toBe(200)
  })

  it('graph-read-only refuses every write', async () => {
    const graph = await tenantOf('graph-read-only')
    const [grant] = await graph.rows(`${appPath}/oauth2PermissionGrants`)
    for (const [method, path] of [
      ['PATCH', appPath],
      ['DELETE', appPath],
      ['DELETE', `/oauth2PermissionGrants/${grant?.id}`],
    ] as const)
      expect((await graph.call(path, { method, body: { accountEnabled: false } })).status).toBe(403)
  })

  it('grant-denied refuses one of the grants', async () => {
    const graph = await tenantOf('grant-denied')
    const statuses = []
    for (const { id } of await graph.rows(`${appPath}/appRoleAssignments`))
      statuses.push((await graph.call(`${appPath}/appRoleAssignments/${id}`, { method: 'DELETE' })).status)
    expect(statuses).toEqual([204, 403, 204])
  })

  it('wrong-directory answers for another organization', async () => {
    const graph = await tenantOf('wrong-directory')
    const [organization] = await graph.rows('/organization')
    expect(organization?.id).not.toBe(sandbox.endpoints.tenantId)
    expect(JSON.stringify(organization)).not.toContain('contoso')
  })

  it('api-only has the app and the channel, and nothing in the mail flow', () => {
    const state = buildState('api-only', ['eu'])
    expect(routesToScanner(state)).toBe(false)
    const text = JSON.stringify(state.objects)
    for (const name of [...Object.values(vendorNames), ...vendorAddresses(['eu'])])
      expect(text).not.toContain(`"${name}"`)
    expect(JSON.stringify(state.directory.servicePrincipals)).toContain(remediationApp.appId)
    expect(state.vendor).toMatchObject({ method: 'api', channel: [{ to: null }] })
  })
})
