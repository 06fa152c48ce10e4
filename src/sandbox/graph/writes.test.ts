import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import { graphAppId } from '../scenarios/directory/microsoft.ts'
import { remediationApp } from '../scenarios/directory/remediation-app.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { servicePrincipalId } from '../tenant/directory.ts'
import { type RawGraph, rawGraph } from './test-graph.ts'

const id = servicePrincipalId(remediationApp.appId)
const graphId = servicePrincipalId(graphAppId)
const app = `/servicePrincipals/${id}`
const dayMs = 86_400_000

let sandbox: Sandbox
let graph: RawGraph

beforeAll(async () => {
  sandbox = await startSandbox()
  graph = await rawGraph(sandbox.endpoints)
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

async function send(method: string, path: string, body?: JsonObject): Promise<readonly [number, string?]> {
  const answer = await graph.call(path, { method, ...(body === undefined ? {} : { body }) })
  return answer.body.error === undefined ? [answer.status] : [answer.status, answer.body.error.code]
}

describe('disabling an app', () => {
  it('is answered with nothing, and is read back', async () => {
    expect(await send('PATCH', app, { accountEnabled: false })).toEqual([204])
    expect((await graph.call(app)).body.accountEnabled).toBe(false)
  })

  it.each([[{}], [{ accountEnabled: 'no' }], [{ appId: 'x' }]])('is refused with %j', async (body) => {
    expect(await send('PATCH', app, body)).toEqual([400, 'Request_BadRequest'])
  })

  it('is put down as a write, whether done or refused', async () => {
    await send('PATCH', app, { accountEnabled: false })
    await send('PATCH', '/servicePrincipals/11111111-2222-4333-8444-555555555555', { accountEnabled: false })
    const { writes, writesDone, counts } = await sandbox.control.show()
    expect(writes).toMatchObject([
      {
        cmdlet: 'PATCH servicePrincipals',
        parameters: { path: app, body: { accountEnabled: false } },
        result: 'done',
      },
      { cmdlet: 'PATCH servicePrincipals', result: 'refused' },
    ])
    expect(writesDone).toBe(1)
    expect(counts['PATCH servicePrincipals']).toBe(2)
  })
})

describe('deleting an app', () => {
  it('takes its grants with it, and it can be restored for 30 days, without them', async () => {
    expect(await send('DELETE', app)).toEqual([204])
    expect(await send('GET', app)).toEqual([404, 'Request_ResourceNotFound'])
    expect(await send('DELETE', app)).toEqual([404, 'Request_ResourceNotFound'])
    const { directory } = await sandbox.control.show()
    expect(JSON.stringify([directory.appRoleAssignments, directory.oauth2PermissionGrants])).not.toContain(id)
    const deleted = await graph.rows('/directory/deletedItems/microsoft.graph.servicePrincipal')
    expect(deleted).toMatchObject([{ id, deletedDateTime: expect.any(String) }])

    await sandbox.control.clock(29 * dayMs)
    const restored = await graph.call(`/directory/deletedItems/${id}/restore`, { method: 'POST' })
    expect(restored.status).toBe(200)
    expect(restored.body).toMatchObject({ id, accountEnabled: true, deletedDateTime: null })
    expect(await graph.rows(`${app}/appRoleAssignments`)).toEqual([])
    expect(await graph.rows('/directory/deletedItems/microsoft.graph.servicePrincipal')).toEqual([])
  })

  it('is for good after 30 days; then the app is made anew by its application id', async () => {
    await send('DELETE', app)
    await sandbox.control.clock(31 * dayMs)
    expect(await send('POST', `/directory/deletedItems/${id}/restore`)).toEqual([
      404,
      'Request_ResourceNotFound',
    ])
    const made = await graph.call('/servicePrincipals', {
      method: 'POST',
      body: { appId: remediationApp.appId },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...remediationApp, accountEnabled: true })
    expect(made.body.id).not.toBe(id)
  })

  it('leaves its name free: it cannot be restored when there is another by then', async () => {
    await send('DELETE', app)
    expect(await send('POST', '/servicePrincipals', { appId: remediationApp.appId })).toEqual([201])
    const conflict = [409, 'Request_MultipleObjectsWithSameKeyValue']
    expect(await send('POST', '/servicePrincipals', { appId: remediationApp.appId })).toEqual(conflict)
    expect(await send('POST', `/directory/deletedItems/${id}/restore`)).toEqual(conflict)
  })

  it('does not make an app of an application that nobody knows', async () => {
    const body = { appId: '11111111-2222-4333-8444-555555555555' }
    expect(await send('POST', '/servicePrincipals', body)).toEqual([400, 'Request_BadRequest'])
  })
})

describe('application permissions', () => {
  const assigned = (): Promise<readonly JsonObject[]> => graph.rows(`${app}/appRoleAssignments`)

  it('are taken away through the resource, and through the app', async () => {
    const [first, second, third] = await assigned()
    expect(await send('DELETE', `/servicePrincipals/${graphId}/appRoleAssignedTo/${first?.id}`)).toEqual([
      204,
    ])
    expect(await send('DELETE', `${app}/appRoleAssignments/${second?.id}`)).toEqual([204])
    expect(await assigned()).toEqual([third])
    expect(await send('DELETE', `/servicePrincipals/${graphId}/appRoleAssignedTo/${first?.id}`)).toEqual([
      404,
      'Request_ResourceNotFound',
    ])
  })

  it('are not there through another app', async () => {
    const [first] = await assigned()
    const missing = [404, 'Request_ResourceNotFound']
    expect(await send('DELETE', `${app}/appRoleAssignedTo/${first?.id}`)).toEqual(missing)
    expect(await send('DELETE', `/servicePrincipals/${graphId}/appRoleAssignments/${first?.id}`)).toEqual(
      missing,
    )
  })

  it('are given again, as another object, and only once', async () => {
    const [first] = await assigned()
    const path = `/servicePrincipals/${graphId}/appRoleAssignedTo`
    await send('DELETE', `${path}/${first?.id}`)
    const body = { principalId: id, resourceId: graphId, appRoleId: String(first?.appRoleId) }
    const made = await graph.call(path, { method: 'POST', body })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...body, resourceDisplayName: 'Microsoft Graph' })
    expect(made.body.id).not.toBe(first?.id)
    const again = await graph.call(path, { method: 'POST', body })
    expect(again.status).toBe(400)
    expect(again.body.error).toMatchObject({
      code: 'Request_BadRequest',
      message: 'Permission being assigned already exists on the object',
    })
  })

  it.each([
    ['a role that the resource does not have', { appRoleId: '11111111-2222-4333-8444-555555555555' }],
    ['another resource than the path names', { resourceId: id }],
    ['a principal that is not there', { principalId: '11111111-2222-4333-8444-555555555555' }],
  ])('are refused for %s', async (_what, wrong) => {
    const body = {
      principalId: id,
      resourceId: graphId,
      appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
      ...wrong,
    }
    expect(await send('POST', `/servicePrincipals/${graphId}/appRoleAssignedTo`, body)).toEqual([
      400,
      'Request_BadRequest',
    ])
  })
})

describe('delegated permissions', () => {
  it('are taken away and given again, one for each client, resource and user', async () => {
    const [grant] = await graph.rows(`${app}/oauth2PermissionGrants`)
    expect(await send('DELETE', `/oauth2PermissionGrants/${grant?.id}`)).toEqual([204])
    expect(await graph.rows(`${app}/oauth2PermissionGrants`)).toEqual([])
    const { id: _, ...body } = grant ?? {}
    expect(await send('POST', '/oauth2PermissionGrants', body)).toEqual([201])
    expect(await send('POST', '/oauth2PermissionGrants', body)).toEqual([
      409,
      'Request_MultipleObjectsWithSameKeyValue',
    ])
    const principalId = '99999999-2222-4333-8444-555555555555'
    const forOne = { ...body, consentType: 'Principal', principalId }
    expect(await send('POST', '/oauth2PermissionGrants', forOne)).toEqual([201])
    expect(await graph.rows(`${app}/oauth2PermissionGrants`)).toHaveLength(2)
  })

  it('for one user need the user', async () => {
    const body = { clientId: id, consentType: 'Principal', resourceId: graphId, scope: 'User.Read' }
    expect(await send('POST', '/oauth2PermissionGrants', body)).toEqual([400, 'Request_BadRequest'])
  })
})
