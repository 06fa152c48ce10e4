import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultKind } from '../faults.ts'
import { remediationApp } from '../scenarios/directory/remediation-app.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { servicePrincipalId } from '../tenant/directory.ts'
import { type RawGraph, rawGraph } from './test-graph.ts'

const app = `/servicePrincipals/${servicePrincipalId(remediationApp.appId)}`
const disabled = { method: 'PATCH', body: { accountEnabled: false } } as const

let sandbox: Sandbox
let graph: RawGraph

beforeAll(async () => {
  sandbox = await startSandbox()
  graph = await rawGraph(sandbox.endpoints)
})

beforeEach(() => sandbox.control.reset({ scenario: 'default' }))

afterAll(() => sandbox.close())

async function isEnabled(): Promise<unknown> {
  return (await graph.call(app)).body.accountEnabled
}

describe('a fault at a write', () => {
  const looks: readonly (readonly [FaultKind, number, string | undefined, boolean])[] = [
    ['throttle', 429, 'TooManyRequests', false],
    ['outage', 503, undefined, false],
    ['denied', 403, 'Authorization_RequestDenied', false],
    ['empty-body', 200, undefined, true],
    ['ignored-write', 204, undefined, false],
  ]
  it.each(looks)('%s is answered with %i', async (kind, status, code, isDone) => {
    await sandbox.control.fail({ kind, cmdlet: 'PATCH servicePrincipals' })
    const answer = await graph.call(app, disabled)
    expect([answer.status, answer.body.error?.code]).toEqual([status, code])
    expect(await isEnabled()).toBe(!isDone)
    const { writes } = await sandbox.control.show()
    expect(writes).toMatchObject([{ result: isDone ? 'done' : 'lost' }])
  })

  it('throttle says how long to wait', async () => {
    await sandbox.control.fail({ kind: 'throttle' })
    expect((await graph.call(app)).headers.get('retry-after')).toBe('1')
  })

  it('lost-answer does it and cuts the connection', async () => {
    await sandbox.control.fail({ kind: 'lost-answer' })
    await expect(graph.call(app, disabled)).rejects.toThrow(TypeError)
    expect(await isEnabled()).toBe(false)
  })

  it('ignored-write looks like an object that was made', async () => {
    await sandbox.control.fail({ kind: 'ignored-write' })
    const answer = await graph.call('/oauth2PermissionGrants', { method: 'POST', body: { scope: 'x' } })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ scope: 'x', id: expect.any(String) })
  })

  it('is aimed at a name, and leaves other requests alone', async () => {
    await sandbox.control.fail({ kind: 'outage', cmdlet: 'DELETE appRoleAssignedTo' })
    expect((await graph.call(app)).status).toBe(200)
    expect((await graph.call(app, disabled)).status).toBe(204)
    expect((await sandbox.control.show()).faults).toHaveLength(1)
  })
})

describe('stale reads', () => {
  async function isListed(): Promise<boolean> {
    const rows = await graph.rows('/servicePrincipals?$select=appId&$top=999')
    return rows.some(({ appId }) => appId === remediationApp.appId)
  }

  it('show a deleted app as gone, then back, then gone', async () => {
    await sandbox.control.fail({ kind: 'stale-reads', cmdlet: 'DELETE servicePrincipals' })
    await graph.call(app, { method: 'DELETE' })
    expect([await isListed(), await isListed(), await isListed()]).toEqual([false, true, false])
  })

  it('show a disabled app as disabled, then enabled, then disabled', async () => {
    await sandbox.control.fail({ kind: 'stale-reads' })
    await graph.call(app, disabled)
    expect([await isEnabled(), await isEnabled(), await isEnabled()]).toEqual([false, true, false])
  })

  it('are those of the kind that was written, whoever reads it', async () => {
    const [grant] = await graph.rows(`${app}/oauth2PermissionGrants`)
    await sandbox.control.fail({ kind: 'stale-reads' })
    await graph.call(`/oauth2PermissionGrants/${grant?.id}`, { method: 'DELETE' })
    expect(await isListed()).toBe(true)
    expect(await graph.rows(`${app}/appRoleAssignments`)).toHaveLength(3)
    const counts = []
    for (const path of [
      `${app}/oauth2PermissionGrants`,
      '/oauth2PermissionGrants',
      '/oauth2PermissionGrants',
    ])
      counts.push((await graph.rows(path)).filter(({ id }) => id === grant?.id).length)
    expect(counts).toEqual([0, 1, 0])
  })

  it('go over the pages of a list as one read', async () => {
    await sandbox.control.fail({ kind: 'stale-reads' })
    await graph.call(app, { method: 'DELETE' })
    const ids = async (): Promise<number> => (await graph.rows('/servicePrincipals?$top=3&$select=id')).length
    const [gone, back] = [await ids(), await ids()]
    expect(back).toBe(gone + 1)
  })

  it('follow no write that was refused', async () => {
    await sandbox.control.fail({ kind: 'stale-reads' })
    await graph.call(app, { method: 'PATCH', body: { accountEnabled: 'x' } })
    await graph.call(app, disabled)
    expect([await isEnabled(), await isEnabled()]).toEqual([false, false])
  })
})
