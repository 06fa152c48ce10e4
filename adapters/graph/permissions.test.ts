import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operations } from '../../src/sandbox/graph/operations.ts'
import { callsOf, type GraphTestTenant, resourceIn, startGraphTenant } from '../../test/graph/tenant.ts'
import { type GraphRequest, requestFor, requests } from './permissions.ts'

let tenant: GraphTestTenant

beforeEach(async () => {
  tenant = await startGraphTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

/** Everything that the adapter can do, once. */
async function doEverything(): Promise<void> {
  const writer = await tenant.writer()
  for (const source of writer.sources.values()) await source.list()
  const [apps, roles, grants] = ['service-principal', 'app-role-assignment', 'delegated-grant'].map((kind) =>
    resourceIn(writer, kind),
  )
  if (apps === undefined || roles === undefined || grants === undefined) throw new TypeError('no resources')
  const [app] = await apps.list()
  if (app === undefined) throw new TypeError('no app')
  const held = { roles: await roles.list(), grants: await grants.list() }
  await apps.edit(app, [{ kind: 'set', property: 'accountEnabled', from: true, to: false }])
  await roles.remove(held.roles)
  await grants.remove(held.grants)
  await apps.remove([app])
  await apps.create(callsOf(apps, app))
  await apps.remove([app])
  await tenant.sandbox.control.clock(31 * 86_400_000)
  await apps.create(callsOf(apps, app))
  await roles.create(held.roles.flatMap((role) => callsOf(roles, role)))
  await grants.create(held.grants.flatMap((grant) => callsOf(grants, grant)))
}

function rowsSent(): readonly (GraphRequest | undefined)[] {
  return tenant.sent.map(({ method, url }) => requestFor(method, url.pathname.replace(/^\/v1\.0/, '')))
}

describe('the requests of the adapter', () => {
  it('have a row each, are all made, and are all of v1.0', async () => {
    await doEverything()
    expect(tenant.sent.filter(({ url }) => !url.pathname.startsWith('/v1.0/'))).toEqual([])
    expect(new Set(rowsSent())).toEqual(new Set(requests))
  })

  it('read with GET alone', () => {
    const reads = requests.filter(({ act }) => act === 'read')
    expect(reads).toEqual(requests.filter(({ method }) => method === 'GET'))
  })
})

/** The sandbox's table was made from the documentation for itself. */
const published = Object.entries(operations).map(([key, operation]) => ({
  key: key.replaceAll(/\{\w+\}/g, '{id}'),
  operation,
}))

describe('the permissions of a request', () => {
  it.each(requests.map((request) => [`${request.method} ${request.path}`, request] as const))(
    '%s: each set that we name is published, and its page too',
    (key, request) => {
      const found = published.find((one) => one.key === key)?.operation
      expect(found).toBeDefined()
      expect(request.documentation).toBe(
        `https://learn.microsoft.com/graph/api/${found?.page}?view=graph-rest-1.0`,
      )
      for (const kind of ['application', 'delegated'] as const) {
        const { least, accepted } = request[kind]
        const known: readonly string[] = found?.[kind] ?? []
        for (const names of [least, ...accepted]) expect(known).toContain(names.join(' and '))
      }
    },
  )

  it('for a dry run are covered by Directory.Read.All, and by the least ones together', () => {
    const reads = requests.filter(({ act }) => act === 'read')
    const covered = reads.filter(({ application: { least, accepted } }) =>
      [least, ...accepted].some((names) => names.join() === 'Directory.Read.All'),
    )
    expect(covered).toEqual(reads)
  })
})
