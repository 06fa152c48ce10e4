import { describe, expect, it } from 'vitest'
import { RefusedError, ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { type AskedTenant, tenantIdentity } from './identity.ts'
import { exchangeReader, type TenantClaim, type Transport } from './transport.ts'

const ours = '0f000000-0000-4000-8000-000000000001'
const theirs = '0f000000-0000-4000-8000-000000000002'
const contoso: readonly JsonObject[] = [
  { Name: 'contoso.onmicrosoft.com', DomainName: 'Contoso.onmicrosoft.com', InitialDomain: true },
  { Name: 'contoso.com', DomainName: 'contoso.com', InitialDomain: false },
]

interface Given {
  readonly asked?: AskedTenant
  readonly domains?: readonly JsonObject[]
  readonly claims?: readonly TenantClaim[]
  readonly owner?: string
}

function identify({ asked = { id: ours }, domains = contoso, claims = [], owner = ours }: Given) {
  const transport: Transport = {
    invoke: async () => ({ items: domains, warnings: [] }),
    claims: async () => claims,
    allowedCmdlets: async () => new Set(),
    close: async () => {},
  }
  return tenantIdentity({ reader: exchangeReader(transport), transport, resolve: async () => owner, asked })
}

const token = (tenantId: string) => [{ by: 'the access token', tenantId }]

describe('who we are', () => {
  it('is told when all that can be read agrees', async () => {
    const identity = { id: ours, name: 'contoso.onmicrosoft.com' }
    expect(await identify({ claims: token(ours.toUpperCase()) })).toMatchObject(identity)
    expect(await identify({ asked: { id: ours, domain: 'contoso.com' } })).toMatchObject(identity)
  })

  it('a token that agrees proves nothing when what answers is another tenant', async () => {
    const refused = identify({ claims: token(ours), owner: theirs })
    await expect(refused).rejects.toBeInstanceOf(RefusedError)
    await expect(refused).rejects.toThrow(
      `the tenant asked for is ${ours}, the access token is ${ours}, the owner of contoso.onmicrosoft.com, which answers, is ${theirs}`,
    )
  })

  it.each<[string, Given]>([
    ['the tenant asked for is another', { asked: { id: theirs } }],
    ['the token is for another', { claims: token(theirs) }],
    ['the domain asked for is none of its', { asked: { id: ours, domain: 'fabrikam.com' } }],
    ['there is no initial domain', { domains: contoso.slice(1) }],
    ['there are two initial domains', { domains: [...contoso, ...contoso] }],
  ])('is refused when %s', async (_, given) => {
    await expect(identify(given)).rejects.toBeInstanceOf(RefusedError)
  })

  it('is not known when the domains cannot be read', async () => {
    await expect(identify({ domains: [{ Name: 'x' }] })).rejects.toBeInstanceOf(ServiceError)
  })
})
