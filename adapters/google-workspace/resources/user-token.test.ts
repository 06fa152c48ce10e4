import { afterEach, describe, expect, it } from 'vitest'
import { InternalError, PermissionError, ThrottledError } from '../../../src/model/errors.ts'
import { createAttempt } from '../../../src/run/retry.ts'
import { googleVendor } from '../../../src/sandbox/google/account.ts'
import { type GoogleTestTenant, resourceIn, startGoogleTenant } from '../../../test/google/tenant.ts'

const open: GoogleTestTenant[] = []

afterEach(async () => {
  for (const tenant of open.splice(0)) await tenant[Symbol.asyncDispose]()
})

async function start(scenario?: string): Promise<GoogleTestTenant> {
  const tenant = await startGoogleTenant(scenario)
  open.push(tenant)
  return tenant
}

describe('what users consented to', () => {
  it('is listed of the apps that are wanted, whole, of all users', async () => {
    const tenant = await start('google-many-users')
    let [now, most] = [0, 0]
    const reader = await tenant.reader({
      async fetch(input, init) {
        now += 1
        most = Math.max(most, now)
        return fetch(input, init).finally(() => {
          now -= 1
        })
      },
    })
    const tokens = await resourceIn(reader, 'user-token').list()
    expect(tokens.map(({ name }) => name).toSorted()).toEqual(
      ['admin', 'petra', 'sara'].map((user) => `${user}@contoso.com/${googleVendor.appId}`),
    )
    expect(tokens.map(({ properties }) => properties.displayText)).toContain(googleVendor.appName)
    expect(most).toBe(10)
  })

  it('can be told by what an app calls itself', async () => {
    const wantedToken = ({ displayText }: { readonly displayText: string }) =>
      /^perception/i.test(displayText)
    const reader = await (await start()).reader({ wantedToken })
    const apps = (await resourceIn(reader, 'user-token').list()).map(
      ({ properties }) => properties.displayText,
    )
    expect(new Set(apps)).toEqual(new Set(['Perception Point X-Ray', 'Perception Points Survey']))
  })

  it('is taken away, once and again, and of nobody else', async () => {
    const tenant = await start()
    const tokens = resourceIn(await tenant.writer({ wantedToken: () => true }), 'user-token')
    const before = await tokens.list()
    const [first] = before.filter(({ properties }) => properties.clientId === googleVendor.appId)
    if (first === undefined) throw new TypeError('no consent')
    await tokens.remove([first])
    await tokens.remove([first])
    expect(await tokens.list()).toEqual(before.filter(({ guid }) => guid !== first.guid))
    expect(await tenant.writes()).toEqual(['DELETE tokens'])
  })

  it('cannot be made again, nor be removed by something that is no id of it', async () => {
    const tokens = resourceIn(await (await start()).writer(), 'user-token')
    const [first] = await tokens.list()
    if (first === undefined) throw new TypeError('no consent')
    expect(tokens.rebuild(first)).toEqual({ notRebuildable: ['the user would have to consent again'] })
    for (const guid of ['', 'user', 'user/', '/client', 'a/b/c'])
      await expect(tokens.remove([{ guid, name: 'x' }])).rejects.toBeInstanceOf(InternalError)
  })

  it('is asked for again when the directory is throttled, after the wait', async () => {
    const tenant = await start()
    const fault = { kind: 'throttle', cmdlet: 'GET tokens' } as const
    await tenant.sandbox.control.fail(fault)
    const refused = resourceIn(await tenant.reader(), 'user-token').list()
    await expect(refused).rejects.toBeInstanceOf(ThrottledError)
    await tenant.sandbox.control.fail({ ...fault, times: 3 })
    const attempt = createAttempt({ clock: tenant.clock, signal: new AbortController().signal })
    expect(await resourceIn(await tenant.reader({ attempt }), 'user-token').list()).toHaveLength(3)
  })

  it('is not read where its scope is not delegated, and the rest is', async () => {
    const reader = await (await start('google-scopes-missing')).reader()
    await expect(resourceIn(reader, 'user-token').list()).rejects.toBeInstanceOf(PermissionError)
    expect(await resourceIn(reader, 'compliance-rule').list()).toHaveLength(6)
  })
})
