import { describe, expect, it } from 'vitest'
import { isFromElsewhere, tenantOfToken } from './token-claims.ts'

const tenant = '0F000000-0000-4000-8000-000000000001'
const home = '0f000000-0000-4000-8000-000000000002'
const token = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`

describe('tenantOfToken', () => {
  it('reads the tenant of a token that can be read', () => {
    expect(tenantOfToken(token({ tid: tenant }))).toBe(tenant.toLowerCase())
  })

  it.each(['opaque', 'a.b.c', token([]), token({}), ''])('knows nothing of %s', (text) => {
    expect(tenantOfToken(text)).toBeUndefined()
  })
})

describe('isFromElsewhere', () => {
  const idp = (id: string) => `https://sts.windows.net/${id}/`

  it('is so for a person whose home is another tenant', () => {
    expect(isFromElsewhere(token({ tid: tenant, scp: 'Exchange.Manage', idp: idp(home) }))).toBe(true)
  })

  it.each([
    ['an application', { tid: tenant, idp: idp(home) }],
    ['a person of the tenant', { tid: tenant, scp: 'Exchange.Manage' }],
    [
      'a person of the tenant, said twice',
      { tid: tenant, scp: 'Exchange.Manage', idp: idp(tenant.toLowerCase()) },
    ],
    ['a token without a tenant', { scp: 'Exchange.Manage', idp: idp(home) }],
  ])('is not so for %s', (_, claims) => {
    expect(isFromElsewhere(token(claims))).toBe(false)
  })
})
