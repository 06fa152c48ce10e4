import * as z from 'zod'
import { RefusedError, UsageError } from '../../src/model/errors.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import { parsed } from './json.ts'
import type { GoogleReader } from './transport.ts'

const tried = 'make sure that this is the customer that was asked for'

/** The customer that was asked for: by its id, or by its primary domain. */
export type AskedCustomer = { readonly id: string } | { readonly domain: string }

/** Throws a UsageError when it is neither. */
export function askedCustomer(asked: string): AskedCustomer {
  const text = asked.trim()
  if (/^(?:C[a-z0-9]{5,}|c0[a-z0-9]{4,})$/.test(text)) return { id: text }
  const domain = text.toLowerCase()
  if (/^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(domain)) return { domain }
  throw new UsageError({
    tried: `find the customer "${asked}"`,
    said: 'that is neither a customer id nor a domain',
    hint: 'Give the customer id, as "C03az79cb", or the primary domain.',
  })
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function refused(said: string): RefusedError {
  return new RefusedError({
    tried,
    said,
    hint: 'Nothing was changed. Check the customer that you asked for, and for whom the credential acts.',
  })
}

const customer = z.looseObject({ id: z.string().min(1), customerDomain: z.string().min(1) })

/**
 * Who the service says we are, asked anew. Throws a RefusedError when it is not the customer that was asked for.
 * https://developers.google.com/workspace/admin/directory/reference/rest/v1/customers/get
 */
export async function customerIdentity(
  google: Pick<GoogleReader, 'customer'>,
  asked: AskedCustomer,
): Promise<TenantIdentity> {
  const { id, customerDomain } = parsed(customer, await google.customer(tried), tried)
  const name = customerDomain.toLowerCase()
  if ('id' in asked && !same(asked.id, id))
    throw refused(`${asked.id} was asked for, and Google is connected to ${name} (${id})`)
  if ('domain' in asked && !same(asked.domain, name))
    throw refused(`${asked.domain} was asked for, and Google is connected to ${name} (${id})`)
  return { id, name, domains: [{ name, initial: true }] }
}

/** Calls nothing of a reader before `prove` has told once that this is the right customer. */
export function provenReader(reader: GoogleReader, prove: () => Promise<unknown>): GoogleReader {
  let proof: Promise<unknown> | undefined
  async function proven(): Promise<void> {
    proof ??= prove()
    try {
      await proof
    } catch (error) {
      // A failure is not kept: the next read asks again.
      proof = undefined
      throw error
    }
  }
  return {
    customer: reader.customer,
    gmailPolicies: async () => proven().then(() => reader.gmailPolicies()),
    policy: async (name, why) => proven().then(() => reader.policy(name, why)),
    orgUnits: async () => proven().then(() => reader.orgUnits()),
    groups: async () => proven().then(() => reader.groups()),
    users: async () => proven().then(() => reader.users()),
    tokens: async (userKey) => proven().then(() => reader.tokens(userKey)),
    activities: async (asked) => proven().then(() => reader.activities(asked)),
  }
}
