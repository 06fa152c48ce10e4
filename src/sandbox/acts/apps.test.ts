import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RawGraph, rawGraph } from '../graph/test-graph.ts'
import { remediationApp } from '../scenarios/directory/remediation-app.ts'
import { type Sandbox, startSandbox } from '../start.ts'

let sandbox: Sandbox
let graph: RawGraph
const app = `/servicePrincipals(appId='${remediationApp.appId}')`

beforeAll(async () => {
  sandbox = await startSandbox()
  graph = await rawGraph(sandbox.endpoints)
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

async function ids(path: string): Promise<readonly unknown[]> {
  return (await graph.rows(path)).map(({ id }) => id)
}

describe('in the Entra portal', () => {
  it('an app is disabled and enabled', async () => {
    await sandbox.control.act('disable-app')
    expect((await graph.call(app)).body.accountEnabled).toBe(false)
    await sandbox.control.act('enable-app')
    expect((await graph.call(app)).body.accountEnabled).toBe(true)
  })

  it('a deleted app can be restored, its grants are gone', async () => {
    const { id } = (await graph.call(app)).body
    await sandbox.control.act('delete-app')
    expect((await graph.call(app)).status).toBe(404)
    const restored = await graph.call(`/directory/deletedItems/${String(id)}/restore`, { method: 'POST' })
    expect(restored.status).toBe(200)
    expect(await ids(`${app}/oauth2PermissionGrants`)).toEqual([])
  })

  it('a role is granted, or other scopes in place of those before', async () => {
    await sandbox.control.act('add-grant')
    await sandbox.control.act('add-grant', { scope: 'User.Read Mail.Read' })
    expect(await ids(`${app}/appRoleAssignments`)).toHaveLength(4)
    expect(await graph.rows(`${app}/oauth2PermissionGrants`)).toMatchObject([
      { scope: 'User.Read Mail.Read' },
    ])
    await expect(sandbox.control.act('add-grant', { role: 'No.Such' })).rejects.toThrow(/no such role/)
  })

  it('the app is consented to again: another object with other grants', async () => {
    const before = (await graph.call(app)).body
    const grants = await ids(`${app}/appRoleAssignments`)
    await sandbox.control.act('delete-app')
    await sandbox.control.act('put-app-back')
    const after = (await graph.call(app)).body
    expect(after).toMatchObject({ ...remediationApp, accountEnabled: true })
    expect(after.id).not.toBe(before.id)
    const made = await ids(`${app}/appRoleAssignments`)
    expect(made).toHaveLength(3)
    expect(made.filter((id) => grants.includes(id))).toEqual([])
  })

  it('only what is missing is made anew', async () => {
    const before = await ids(`${app}/appRoleAssignments`)
    await graph.call(`${app}/appRoleAssignments/${before[0]}`, { method: 'DELETE' })
    await sandbox.control.act('put-app-back')
    const after = await ids(`${app}/appRoleAssignments`)
    expect(after).toHaveLength(3)
    expect(after.filter((id) => before.includes(id))).toEqual(before.slice(1))
  })

  it('an app of the customer’s own is made', async () => {
    await sandbox.control.act('add-customer-app')
    const filter = encodeURIComponent("displayName eq 'Perception Point Training'")
    expect(await graph.rows(`/servicePrincipals?$filter=${filter}`)).toMatchObject([
      { appOwnerOrganizationId: sandbox.endpoints.tenantId },
    ])
  })

  it('nothing of it is a write on the wire', async () => {
    for (const act of ['disable-app', 'add-grant', 'delete-app', 'put-app-back', 'deactivate-channel'])
      await sandbox.control.act(act)
    expect((await sandbox.control.show()).writes).toEqual([])
  })

  it('an app that is not there is said to be so', async () => {
    await expect(sandbox.control.act('disable-app', { app: 'No such' })).rejects.toThrow(/there is none/)
  })
})
