import { afterEach, describe, expect, it } from 'vitest'
import { InternalError } from '../../../src/model/errors.ts'
import { closeServed, json, serveGoogle } from '../../../test/google/wire.ts'
import { type Call, callsOver } from './clients.ts'
import { exchangeOver } from './exchange.ts'
import { type Role, rootsOf } from './guard.ts'

afterEach(closeServed)

type Act = Parameters<Call>[1]

async function sent(role: Role, act: Act): Promise<{ outcome: unknown; requests: readonly string[] }> {
  const { served, options } = await serveGoogle(json(200, {}))
  const call = callsOver(exchangeOver(options, role).normal, options.roots)
  const outcome = await call('try it', act).catch((error: unknown) => error)
  return { outcome, requests: served.requests }
}

const policy = { name: 'policies/a', requestBody: {} }
const writes: Readonly<Record<string, Act>> = {
  'patch a policy': ({ policies }, options) => policies.patch(policy, options),
  'make a policy': ({ policies }, options) => policies.create({ requestBody: {} }, options),
  'delete a policy': ({ policies }, options) => policies.delete({ name: 'policies/a' }, options),
  'delete a token': ({ directory }, options) =>
    directory.tokens.delete({ userKey: 'a', clientId: 'b' }, options),
  'change a user': ({ directory }, options) =>
    directory.users.update({ userKey: 'a', requestBody: {} }, options),
  'change the customer': ({ directory }, options) =>
    directory.customers.patch({ customerKey: 'my_customer', requestBody: {} }, options),
}

describe('the wire of a reader', () => {
  it.each(Object.entries(writes))('does not %s: nothing reaches the server', async (_name, act) => {
    const { outcome, requests } = await sent('reader', act)
    expect(outcome).toBeInstanceOf(InternalError)
    expect(requests).toEqual([])
  })

  it('lets the reads of the table pass, and no others', async () => {
    const known = await sent('reader', ({ directory }, options) =>
      directory.customers.get({ customerKey: 'my_customer' }, options),
    )
    expect(known.requests).toEqual(['GET /admin/directory/v1/customers/my_customer'])
    const other = await sent('reader', ({ directory }, options) =>
      directory.domains.list({ customer: 'my_customer' }, options),
    )
    expect(other.outcome).toBeInstanceOf(InternalError)
    expect(other.requests).toEqual([])
  })
})

describe('the wire of a writer', () => {
  it('lets the writes of the table pass, and no others', async () => {
    const reached = await Promise.all(
      Object.values(writes).map(async (act) => (await sent('writer', act)).requests),
    )
    expect(reached.flat()).toEqual(['PATCH /v1/policies/a', 'DELETE /admin/directory/v1/users/a/tokens/b'])
  })

  it.each(['policies/../../admin', 'policies/a/b', 'operations/a', ''])(
    'does not patch "%s"',
    async (name) => {
      const { outcome, requests } = await sent('writer', ({ policies }, options) =>
        policies.patch({ name, requestBody: {} }, options),
      )
      expect(outcome).toBeInstanceOf(InternalError)
      expect(requests).toEqual([])
    },
  )
})

describe('each API', () => {
  it('is asked at its own host, and at the one root where that is given', () => {
    expect(rootsOf(undefined)).toEqual({
      admin: new URL('https://admin.googleapis.com'),
      cloudidentity: new URL('https://cloudidentity.googleapis.com'),
    })
  })

  it('gets no request that is another one’s', async () => {
    const { served, options } = await serveGoogle(json(200, {}))
    const roots = { ...options.roots, admin: new URL('http://127.0.0.1:1') }
    const exchange = exchangeOver({ ...options, roots }, 'reader').normal
    const url = new URL('/admin/directory/v1/users', served.url)
    const refused = exchange({ url, method: 'GET', body: null, tried: 'x' })
    await expect(refused).rejects.toBeInstanceOf(InternalError)
    expect(served.requests).toEqual([])
  })
})
