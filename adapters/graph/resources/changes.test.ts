import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InternalError, PermissionError, ServiceError } from '../../../src/model/errors.ts'
import type { Edit } from '../../../src/model/resource.ts'
import { firstOf, type GraphTestTenant, resourceIn, startGraphTenant } from '../../../test/graph/tenant.ts'

let tenant: GraphTestTenant

beforeEach(async () => {
  tenant = await startGraphTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

const disable: Edit = { kind: 'set', property: 'accountEnabled', from: true, to: false }
const enable: Edit = { kind: 'set', property: 'accountEnabled', from: false, to: true }

describe('an app', () => {
  it('is disabled and enabled again, and nothing else of it changes', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    const before = await firstOf(apps)
    await apps.edit(before, [disable])
    expect(await firstOf(apps)).toEqual({
      ...before,
      properties: { ...before.properties, accountEnabled: false },
    })
    await apps.edit({ guid: '', name: before.name }, [enable])
    expect(await firstOf(apps)).toEqual(before)
    expect(await tenant.writes()).toEqual(['PATCH servicePrincipals', 'PATCH servicePrincipals'])
  })

  it('keeps its fingerprint whatever it is granted: grants are of kinds of their own', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    const before = await firstOf(apps)
    await tenant.sandbox.control.act('add-grant', { role: 'Mail.Send' })
    const after = await firstOf(apps)
    expect(after.properties.appRoleAssignments).toHaveLength(4)
    expect(apps.writable(after)).toEqual(apps.writable(before))
  })

  it('is deleted, and deleting it again is a success', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    const app = await firstOf(apps)
    await apps.remove([app])
    expect(await apps.list()).toEqual([])
    await apps.remove([app])
  })

  it('is not changed in any other way', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    const app = await firstOf(apps)
    const others: readonly Edit[] = [
      { kind: 'set', property: 'displayName', from: 'a', to: 'b' },
      { kind: 'set', property: 'accountEnabled', from: true, to: 'no' },
      { kind: 'add-entry', property: 'tags', entry: 'x' },
    ]
    for (const edit of others) await expect(apps.edit(app, [edit])).rejects.toBeInstanceOf(InternalError)
    await expect(apps.create([{ command: 'grant-app-role', parameters: {} }])).rejects.toBeInstanceOf(
      InternalError,
    )
    await expect(
      apps.create([{ command: 'restore-service-principal', parameters: { id: '../users', appId: 'x' } }]),
    ).rejects.toBeInstanceOf(InternalError)
    expect(await tenant.writes()).toEqual([])
  })

  it('is never named by a text that is no id', async () => {
    const writer = await tenant.writer()
    for (const kind of ['service-principal', 'app-role-assignment', 'delegated-grant'])
      for (const guid of ['', '..', 'a/b', "x' or 'a"])
        await expect(resourceIn(writer, kind).remove([{ guid, name: 'X' }])).rejects.toBeInstanceOf(
          InternalError,
        )
    expect(await tenant.writes()).toEqual([])
  })
})

describe.each(['app-role-assignment', 'delegated-grant'])('a grant (%s)', (kind) => {
  it('is taken away, alone, and taking it away again is a success', async () => {
    const grants = resourceIn(await tenant.writer(), kind)
    const [first, ...others] = await grants.list()
    if (first === undefined) throw new TypeError('no grant')
    await grants.remove([first])
    expect(await grants.list()).toEqual(others)
    await grants.remove([first])
  })

  it('is taken away by a writer that has not listed it', async () => {
    const first = await firstOf(resourceIn(await tenant.reader(), kind))
    const grants = resourceIn(await tenant.writer(), kind)
    await grants.remove([first])
    expect((await grants.list()).map(({ guid }) => guid)).not.toContain(first.guid)
  })

  it('cannot be edited', async () => {
    const grants = resourceIn(await tenant.writer(), kind)
    await expect(grants.edit(await firstOf(grants), [disable])).rejects.toBeInstanceOf(InternalError)
  })
})

describe('one grant that may not be taken away', () => {
  it('is told with what Graph said, and the others can be', async () => {
    const grants = resourceIn(await tenant.writer(), 'app-role-assignment')
    const [first, second] = await grants.list()
    if (first === undefined || second === undefined) throw new TypeError('too few grants')
    await tenant.sandbox.control.fail({ kind: 'denied', cmdlet: 'DELETE appRoleAssignedTo' })
    const refused = grants.remove([first])
    await expect(refused).rejects.toBeInstanceOf(PermissionError)
    await expect(refused).rejects.toThrow(/Authorization_RequestDenied: .*\(request [0-9a-f-]+\)/)
    await grants.remove([second])
    expect(await grants.list()).toHaveLength(2)
  })
})

describe('a lost answer', () => {
  it.each([
    ['lost-answer', 'PATCH servicePrincipals', false],
    ['outage', 'PATCH servicePrincipals', true],
    ['empty-body', 'PATCH servicePrincipals', false],
  ] as const)(
    '(%s) is told as such, and only a read tells what came of it',
    async (kind, cmdlet, accountEnabled) => {
      const apps = resourceIn(await tenant.writer(), 'service-principal')
      const app = await firstOf(apps)
      await tenant.sandbox.control.fail({ kind, cmdlet })
      await expect(apps.edit(app, [disable])).rejects.toBeInstanceOf(ServiceError)
      expect((await firstOf(apps)).properties.accountEnabled).toBe(accountEnabled)
    },
  )
})

describe('replication', () => {
  it('shows what was before once more, and the adapter says what it saw', async () => {
    const apps = resourceIn(await tenant.writer(), 'service-principal')
    const app = await firstOf(apps)
    await tenant.sandbox.control.fail({ kind: 'stale-reads', cmdlet: 'DELETE servicePrincipals' })
    await apps.remove([app])
    expect(await apps.list()).toEqual([])
    // The list is behind, and the app itself is gone: it does not count as there.
    expect(await apps.list()).toEqual([])
  })
})
