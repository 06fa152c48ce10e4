import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PermissionError, RefusedError, ServiceError, UsageError } from '../../src/model/errors.ts'
import {
  approvalFor,
  type GraphTestTenant,
  madeUpToken,
  resourceIn,
  startGraphTenant,
  vendorApp,
} from '../../test/graph/tenant.ts'

let tenant: GraphTestTenant

beforeEach(async () => {
  tenant = await startGraphTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

const contoso = { asked: 'contoso.onmicrosoft.com' }
const otherTenant = '11111111-2222-4333-8444-555555555555'

describe('a survey', () => {
  it('reads the wanted app whole, with its grants, and writes nothing', async () => {
    const reader = await tenant.reader()
    const kinds = [...reader.resources.values(), ...reader.sources.values()]
    const found = new Map(
      await Promise.all(kinds.map(async (kind) => [kind.kind, await kind.list()] as const)),
    )
    const [app, ...others] = found.get('service-principal') ?? []
    expect(others).toEqual([])
    expect(app).toMatchObject({
      name: vendorApp.name,
      properties: {
        appId: vendorApp.appId,
        accountEnabled: true,
        publisherName: 'Perception Point Ltd',
        replyUrls: [expect.stringContaining('perception-point')],
        appRoleAssignments: [{}, {}, {}],
        oauth2PermissionGrants: [{ scope: 'User.Read', consentType: 'AllPrincipals' }],
      },
    })
    expect(
      found
        .get('app-role-assignment')
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual([
      'Domain.Read.All (Microsoft Graph) of Perception Point Remediation',
      'Mail.ReadWrite (Microsoft Graph) of Perception Point Remediation',
      'User.Read.All (Microsoft Graph) of Perception Point Remediation',
    ])
    expect(found.get('delegated-grant')).toMatchObject([
      {
        name: 'User.Read (Microsoft Graph, everyone) of Perception Point Remediation',
        properties: { appId: vendorApp.appId },
      },
    ])
    expect(found.get('verified-domain')?.map(({ name }) => name)).toEqual([
      'contoso.com',
      'contoso.onmicrosoft.com',
      'fabrikam.com',
    ])
    expect(JSON.stringify([...found.values()])).not.toMatch(/@odata\./)
    expect(await tenant.writes()).toEqual([])
    expect(new Set(tenant.sent.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('holds no way to write', async () => {
    const reader = await tenant.reader()
    const methods = [...reader.resources.values()].flatMap((resource) => Object.keys(resource))
    expect(new Set(methods)).toEqual(
      new Set(['kind', 'replicated', 'identifying', 'list', 'writable', 'rebuild']),
    )
  })

  it('says what a role means, and asks each API once', async () => {
    const roles = await resourceIn(await tenant.reader(), 'app-role-assignment').list()
    const mail = roles.find(({ name }) => name.startsWith('Mail.ReadWrite'))
    expect(mail?.properties.role).toEqual({
      value: 'Mail.ReadWrite',
      displayName: 'Read and write mail in all mailboxes',
    })
    const lookups = tenant.sent.filter(({ url }) => url.search.includes('appRoles'))
    expect(lookups).toHaveLength(1)
  })

  it('reads pages to the end', async () => {
    const act = (name: string) => tenant.sandbox.control.act('add-customer-app', { name })
    await Promise.all(Array.from({ length: 8 }, (_, index) => act(`Training ${index}`)))
    const smallPages: typeof fetch = (input, init) => {
      const url = new URL(String(input))
      if (url.searchParams.has('$top')) url.searchParams.set('$top', '3')
      return fetch(url, init)
    }
    const wanted = ({ displayName }: { displayName: string }) => displayName.startsWith('Training')
    const reader = await tenant.reader({ wanted, fetch: smallPages })
    expect(await resourceIn(reader, 'service-principal').list()).toHaveLength(8)
  })

  it('tells two apps of one name apart', async () => {
    await tenant.sandbox.control.act('add-customer-app', { name: 'perception point  remediation' })
    const reader = await tenant.reader({ wanted: ({ displayName }) => /remediation/i.test(displayName) })
    const names = (await resourceIn(reader, 'service-principal').list()).map(({ name }) => name)
    expect(names.sort()).toEqual([
      `Perception Point Remediation [${vendorApp.appId}]`,
      expect.stringMatching(/^perception point {2}remediation \[[0-9a-f-]{36}\]$/),
    ])
  })
})

describe('identity', () => {
  it.each(['contoso.onmicrosoft.com', 'CONTOSO.com', ''])(
    'is told for the tenant asked for as "%s"',
    async (asked) => {
      const { tenantId } = tenant.sandbox.endpoints
      const reader = await tenant.adapter().open({ asked: asked || tenantId })
      expect(await reader.identity()).toEqual({
        id: tenantId,
        name: 'contoso.onmicrosoft.com',
        domains: [
          { name: 'contoso.com', initial: false },
          { name: 'contoso.onmicrosoft.com', initial: true },
          { name: 'fabrikam.com', initial: false },
        ],
      })
    },
  )

  it('refuses a token of another directory before anything is sent', async () => {
    const reader = await tenant.adapter().open({ asked: otherTenant })
    const ids = new RegExp(`${otherTenant}.*${tenant.sandbox.endpoints.tenantId}`)
    for (const read of [() => reader.identity(), () => resourceIn(reader, 'service-principal').list()]) {
      await expect(read()).rejects.toBeInstanceOf(RefusedError)
      await expect(read()).rejects.toThrow(ids)
    }
    expect(tenant.sent).toEqual([])
  })

  it('asks for no token before the first read', async () => {
    let asked = 0
    const tokens = {
      async token() {
        asked += 1
        throw new UsageError({ tried: 'get a token', said: 'none is set' })
      },
    }
    const reader = await tenant.adapter({ tokens }).open(contoso)
    expect(asked).toBe(0)
    await expect(resourceIn(reader, 'service-principal').list()).rejects.toThrow('none is set')
    expect(tenant.sent).toEqual([])
  })

  it('is proven before the first list when it was asked for by a domain', async () => {
    const reader = await tenant.adapter().open({ asked: 'fabrikam.onmicrosoft.com' })
    await expect(resourceIn(reader, 'service-principal').list()).rejects.toBeInstanceOf(RefusedError)
    expect(tenant.sent.map(({ url }) => url.pathname)).toEqual(['/v1.0/organization'])
  })

  it.each(['not a tenant', 'contoso', '../contoso.com', 'a.b/../c', ''])(
    'refuses "%s" as a tenant',
    async (asked) => {
      await expect(tenant.adapter().open({ asked })).rejects.toBeInstanceOf(UsageError)
    },
  )

  it('that cannot be read is asked for again by the next read', async () => {
    const apps = resourceIn(await tenant.reader(), 'service-principal')
    await tenant.sandbox.control.fail({ kind: 'outage', cmdlet: 'GET organization' })
    await expect(apps.list()).rejects.toBeInstanceOf(ServiceError)
    expect(await apps.list()).toHaveLength(1)
  })
})

describe('a service that answers for another directory', () => {
  it('is refused by reader and writer, whatever the token says, and nothing was written', async () => {
    await tenant.sandbox.control.reset({ scenario: 'wrong-directory' })
    const apps = resourceIn(await tenant.reader(), 'service-principal')
    await expect(apps.list()).rejects.toBeInstanceOf(RefusedError)
    await expect(tenant.writer()).rejects.toBeInstanceOf(RefusedError)
    expect(await tenant.writes()).toEqual([])
  })
})

describe('opening for writing', () => {
  it('is refused when the plan is for another tenant, and nothing was written', async () => {
    const opened = tenant.adapter().openForWriting(contoso, approvalFor(otherTenant))
    await expect(opened).rejects.toBeInstanceOf(RefusedError)
    expect(await tenant.writes()).toEqual([])
  })

  it('is refused when the directory that answers is not the one of the token', async () => {
    const { tenantId } = tenant.sandbox.endpoints
    const elsewhere: typeof fetch = async () =>
      Response.json({
        value: [{ id: otherTenant, verifiedDomains: [{ name: 'contoso.onmicrosoft.com', isInitial: true }] }],
      })
    const tokens = madeUpToken({ tid: tenantId })
    const opened = tenant.adapter({ fetch: elsewhere, tokens }).openForWriting(contoso, approvalFor(tenantId))
    await expect(opened).rejects.toBeInstanceOf(RefusedError)
    await expect(opened).rejects.toThrow(otherTenant)
  })
})

describe('preflight', () => {
  it('compares the token with what the requests need, and sends nothing', async () => {
    const tid = tenant.sandbox.endpoints.tenantId
    const tokens = madeUpToken({ tid, roles: ['Directory.Read.All', 'AppRoleAssignment.ReadWrite.All'] })
    const checks = await tenant.adapter({ tokens }).preflight({ asked: tid }, ['read', 'switch', 'grant'])
    const answers = checks.map(({ request, allowed, missing }) => [
      `${request.method} ${request.path}`,
      allowed,
      ...missing,
    ])
    expect(answers).toEqual([
      ['GET /organization', 'yes'],
      ['GET /domains', 'yes'],
      ['GET /servicePrincipals', 'yes'],
      ['GET /servicePrincipals/{id}', 'yes'],
      ['GET /servicePrincipals/{id}/appRoleAssignments', 'yes'],
      ['GET /oauth2PermissionGrants', 'yes'],
      ['PATCH /servicePrincipals/{id}', 'no', 'Application.ReadWrite.All'],
      ['POST /servicePrincipals/{id}/appRoleAssignedTo', 'yes'],
      ['POST /oauth2PermissionGrants', 'no', 'DelegatedPermissionGrant.ReadWrite.All'],
    ])
    expect(tenant.sent).toEqual([])
  })

  it('knows what a person was granted from the scopes, and nothing from a token that names none', async () => {
    const tid = tenant.sandbox.endpoints.tenantId
    const person = madeUpToken({ tid, scp: 'User.Read Application.ReadWrite.All' })
    const checks = await tenant.adapter({ tokens: person }).preflight({ asked: tid }, ['switch'])
    expect(checks.map(({ allowed }) => allowed)).toEqual(['yes'])
    const silent = await tenant
      .adapter({ tokens: madeUpToken({ tid }) })
      .preflight({ asked: tid }, ['switch'])
    expect(silent.map(({ allowed }) => allowed)).toEqual(['unknown'])
  })

  it('agrees with what the service refuses', async () => {
    await tenant.sandbox.control.act('set-graph-permissions', { permissions: ['Application.Read.All'] })
    const apps = resourceIn(await tenant.reader(), 'service-principal')
    const refused = apps.list()
    await expect(refused).rejects.toBeInstanceOf(PermissionError)
    await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('Organization.Read.All') })
  })
})
