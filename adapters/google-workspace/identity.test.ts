import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RefusedError, UsageError } from '../../src/model/errors.ts'
import { googleAccount } from '../../src/sandbox/google/account.ts'
import {
  approvalFor,
  type GoogleTestTenant,
  resourceIn,
  startGoogleTenant,
} from '../../test/google/tenant.ts'

let tenant: GoogleTestTenant

beforeEach(async () => {
  tenant = await startGoogleTenant()
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

describe('the customer', () => {
  it.each(['C03az79cb', 'contoso.com', ' CONTOSO.COM '])('asked for as "%s" is known', async (asked) => {
    const reader = await tenant.adapter().open({ asked })
    expect(await reader.identity()).toEqual({
      id: googleAccount.customerId,
      name: 'contoso.com',
      domains: [{ name: 'contoso.com', initial: true }],
    })
  })

  it.each(['C04fabrik', 'fabrikam.com', 'sub.contoso.com'])(
    'that is not the one asked for ("%s") is refused before anything else is sent',
    async (asked) => {
      const reader = await tenant.adapter().open({ asked })
      await expect(reader.identity()).rejects.toBeInstanceOf(RefusedError)
      for (const { list } of [...reader.resources.values(), ...reader.sources.values()].filter(
        ({ kind }) => kind !== 'audit-log',
      ))
        await expect(list()).rejects.toBeInstanceOf(RefusedError)
      await expect(
        tenant.adapter().openForWriting({ asked }, approvalFor(googleAccount.customerId)),
      ).rejects.toBeInstanceOf(RefusedError)
      expect(new Set(tenant.sent.map(({ method, url }) => `${method} ${url.pathname}`))).toEqual(
        new Set(['GET /admin/directory/v1/customers/my_customer']),
      )
    },
  )

  it('of another plan is not opened for writing', async () => {
    const opened = tenant
      .adapter()
      .openForWriting({ asked: googleAccount.customerId }, approvalFor('C04fabrik'))
    await expect(opened).rejects.toBeInstanceOf(RefusedError)
  })

  it.each(['', 'contoso', 'https://contoso.com', '8035b690-afb3-4df3-8b6b-50425a8e6896'])(
    'cannot be "%s"',
    async (asked) => {
      await expect(tenant.adapter().open({ asked })).rejects.toBeInstanceOf(UsageError)
    },
  )

  it('is asked for anew each time', async () => {
    const reader = await tenant.reader()
    await reader.identity()
    await tenant.sandbox.control.reset({ scenario: 'google-wrong-customer' })
    await expect(reader.identity()).rejects.toBeInstanceOf(RefusedError)
  })

  it('is proven once for all reads, and nothing is sent before the first', async () => {
    const reader = await tenant.reader()
    expect(tenant.sent).toEqual([])
    await resourceIn(reader, 'compliance-rule').list()
    await resourceIn(reader, 'compliance-rule').list()
    expect(tenant.sent.filter(({ url }) => url.pathname.includes('/customers/'))).toHaveLength(1)
  })
})
