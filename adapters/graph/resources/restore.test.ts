import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConflictError, ServiceError } from '../../../src/model/errors.ts'
import {
  callsOf,
  firstOf,
  type GraphTestTenant,
  resourceIn,
  startGraphTenant,
  vendorApp,
} from '../../../test/graph/tenant.ts'

let tenant: GraphTestTenant

beforeEach(async () => {
  tenant = await startGraphTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

const fail = (kind: 'lost-answer' | 'throttle', cmdlet: string) =>
  tenant.sandbox.control.fail({ kind, cmdlet })
const day = 86_400_000

describe('an app that was deleted', () => {
  it('comes back from the deleted items with its id, disabled or enabled as it was', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    await tenant.sandbox.control.act('disable-app')
    const before = await firstOf(apps)
    await apps.remove([before])
    await apps.create(callsOf(apps, before))
    const back = await firstOf(apps)
    expect(back.guid).toBe(before.guid)
    expect(apps.writable(back)).toEqual(apps.writable(before))
    expect(back.properties.accountEnabled).toBe(false)
    expect(await tenant.writes()).toEqual([
      'DELETE servicePrincipals',
      'POST restore',
      'PATCH servicePrincipals',
    ])
  })

  it('is made anew when it is no longer kept there, and is known by its name', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    await tenant.sandbox.control.act('disable-app')
    const before = await firstOf(apps)
    await apps.remove([before])
    await tenant.sandbox.control.clock(31 * day)
    await apps.create(callsOf(apps, before))
    const back = await firstOf(apps)
    expect(back.guid).not.toBe(before.guid)
    expect(back.name).toBe(before.name)
    expect(apps.writable(back)).toEqual(apps.writable(before))
    expect(await tenant.writes()).toContain('POST servicePrincipals')
  })

  it.each(['POST restore', 'PATCH servicePrincipals'])(
    'comes back once when the answer to %s is lost',
    async (cmdlet) => {
      const apps = resourceIn(await tenant.writer(), 'service-principal')
      const before = await firstOf(apps)
      const calls = callsOf(apps, before)
      await apps.remove([before])
      await fail('lost-answer', cmdlet)
      await expect(apps.create(calls)).rejects.toBeInstanceOf(ServiceError)
      await apps.create(calls)
      expect(apps.writable(await firstOf(apps))).toEqual(apps.writable(before))
      expect((await tenant.writes()).filter((name) => name === 'POST restore')).toHaveLength(1)
    },
  )

  it('that is not seen yet when it is switched is asked about again, and not given up', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    const before = await firstOf(apps)
    const [, update] = callsOf(apps, before)
    await apps.remove([before])
    await expect(apps.create(update === undefined ? [] : [update])).rejects.toBeInstanceOf(ServiceError)
  })

  it('of another type cannot be made again, and it is said why', async () => {
    const apps = resourceIn(await tenant.reader(), 'service-principal')
    const app = await firstOf(apps)
    const managed = { ...app, properties: { ...app.properties, servicePrincipalType: 'ManagedIdentity' } }
    expect(apps.rebuild(managed)).toEqual({ notRebuildable: [expect.stringContaining('managed identity')] })
  })
})

describe.each(['app-role-assignment', 'delegated-grant'])('grants that were taken away (%s)', (kind) => {
  it('come back as they were, under ids of their own', async () => {
    const grants = resourceIn(await tenant.writer(), kind)
    const before = await grants.list()
    await grants.remove(before)
    expect(await grants.list()).toEqual([])
    for (const grant of before) await grants.create(callsOf(grants, grant))
    const back = await grants.list()
    const shown = (objects: typeof before) =>
      objects.map((object) => JSON.stringify([object.name, grants.writable(object)])).sort()
    expect(shown(back)).toEqual(shown(before))
    expect(back.map(({ guid }) => guid)).not.toEqual(before.map(({ guid }) => guid))
  })

  it('come back to an app that has another id now', async () => {
    const writer = await tenant.writer()
    const [apps, grants] = [resourceIn(writer, 'service-principal'), resourceIn(writer, kind)]
    const [app, before] = [await firstOf(apps), await grants.list()]
    await apps.remove([app])
    await tenant.sandbox.control.clock(31 * day)
    await apps.create(callsOf(apps, app))
    for (const grant of before) await grants.create(callsOf(grants, grant))
    const back = await grants.list()
    expect(back.map(({ name }) => name).sort()).toEqual(before.map(({ name }) => name).sort())
  })

  it('that are there already are a success, and not made twice', async () => {
    const grants = resourceIn(await tenant.writer(), kind)
    const before = await grants.list()
    for (const grant of before) await grants.create(callsOf(grants, grant))
    expect(await grants.list()).toEqual(before)
  })

  it('come back once when an answer is lost', async () => {
    const grants = resourceIn(await tenant.writer(), kind)
    const first = await firstOf(grants)
    const before = await grants.list()
    await grants.remove([first])
    await fail(
      'lost-answer',
      kind === 'delegated-grant' ? 'POST oauth2PermissionGrants' : 'POST appRoleAssignedTo',
    )
    await expect(grants.create(callsOf(grants, first))).rejects.toBeInstanceOf(ServiceError)
    await grants.create(callsOf(grants, first))
    expect(await grants.list()).toHaveLength(before.length)
  })

  it('wait for the app to be there', async () => {
    const writer = await tenant.writer()
    const grants = resourceIn(writer, kind)
    const first = await firstOf(grants)
    const apps = resourceIn(writer, 'service-principal')
    await apps.remove([await firstOf(apps)])
    await expect(grants.create(callsOf(grants, first))).rejects.toBeInstanceOf(ServiceError)
  })
})

describe('a delegated grant', () => {
  it('does not count as there when it gives less than it did', async () => {
    const grants = resourceIn(await tenant.writer(), 'delegated-grant')
    const [call] = callsOf(grants, await firstOf(grants))
    if (call === undefined) throw new TypeError('no call')
    const more = { ...call, parameters: { ...call.parameters, scope: 'User.Read profile' } }
    await expect(grants.create([more])).rejects.toBeInstanceOf(ConflictError)
  })

  it('has one form, in whatever order its scopes are', async () => {
    const grants = resourceIn(await tenant.reader(), 'delegated-grant')
    const grant = await firstOf(grants)
    const other = { ...grant, properties: { ...grant.properties, scope: ' profile  User.Read profile' } }
    expect(grants.writable(other)).toMatchObject({ scope: 'User.Read profile', appId: vendorApp.appId })
  })
})
