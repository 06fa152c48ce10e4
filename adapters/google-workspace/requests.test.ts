import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { googleOperations } from '../../src/sandbox/google/operations.ts'
import { type GoogleTestTenant, resourceIn, startGoogleTenant, vendorRule } from '../../test/google/tenant.ts'
import { type GoogleRequest, requestFor, requests } from './requests.ts'

let tenant: GoogleTestTenant

beforeEach(async () => {
  tenant = await startGoogleTenant('google-policy-writes')
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

/** Everything that the adapter can do, once. */
async function doEverything(): Promise<void> {
  const writer = await tenant.writer()
  for (const source of writer.sources.values()) await source.list()
  const rules = resourceIn(writer, 'compliance-rule')
  const rule = await vendorRule(rules)
  const calls = rules.rebuild(rule)
  await rules.remove([rule])
  if (!('notRebuildable' in calls)) await rules.create(calls)
  const tokens = resourceIn(writer, 'user-token')
  await tokens.remove(await tokens.list())
}

function scopesIn(authorization: string | null): readonly string[] {
  const [, body = ''] = authorization?.split('ya29.') ?? []
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')).scopes
}

describe('the requests of the adapter', () => {
  it('have a row each, are all made, and are sent with its scope alone', async () => {
    await doEverything()
    const rows = tenant.sent.map(({ method, url }) => requestFor(method, url.pathname))
    expect(new Set(rows)).toEqual(new Set(requests))
    const scopes = tenant.sent.map(({ authorization }) => scopesIn(authorization))
    expect(scopes).toEqual(rows.map((row) => [row?.scope]))
  })

  it('read with GET alone, and with scopes that cannot write policies', () => {
    const reads = requests.filter(({ purpose }) => !/^(?:remove|write)-/.test(purpose))
    expect(reads).toEqual(requests.filter(({ method }) => method === 'GET'))
    expect(reads.filter(({ scope }) => /cloud-identity\.policies$/.test(scope))).toEqual([])
  })
})

/** The sandbox's table was made from the documentation for itself. */
const published = Object.entries(googleOperations).map(([key, operation]) => ({
  key: key.replaceAll(/\{\w+\}/g, '{id}'),
  operation,
}))

describe('the scopes of a request', () => {
  it.each(requests.map((request) => [`${request.method} ${request.path}`, request] as const))(
    '%s: are those that are published, with their page',
    (key, { scope, broader, documentation }: GoogleRequest) => {
      const found = published.find((one) => one.key === key)?.operation
      expect(found?.page).toBe(documentation)
      const known: readonly string[] = found?.scopes ?? []
      expect(known).toEqual([scope, ...broader])
    },
  )
})

describe('the preflight', () => {
  it('tells scope by scope what is delegated, and asks the APIs for nothing', async () => {
    await tenant.sandbox.control.reset({ scenario: 'google-scopes-missing' })
    const checks = await tenant.adapter().preflight(['identity', 'policies', 'places', 'audit', 'tokens'])
    const missing = checks.filter(({ allowed }) => allowed === 'no').map(({ scope }) => scope)
    expect(missing.toSorted()).toEqual([
      'https://www.googleapis.com/auth/admin.directory.user.security',
      'https://www.googleapis.com/auth/admin.reports.audit.readonly',
    ])
    expect(checks.filter(({ allowed }) => allowed === 'yes')).toHaveLength(5)
    expect(tenant.sent).toEqual([])
  })

  it('knows nothing of a token that was given', async () => {
    const [check] = await tenant.adapter({ isScoped: async () => false }).preflight(['identity'])
    expect(check?.allowed).toBe('unknown')
  })
})
