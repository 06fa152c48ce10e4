import * as z from 'zod'
import { RefusedError, UsageError } from '../../src/model/errors.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import { type GraphReader, parsed, path } from './transport.ts'

const tried = 'make sure that this is the directory that was asked for'

/** The tenant that was asked for: by its GUID, or by a domain. */
export type AskedTenant = { readonly id: string } | { readonly domain: string }

/** Throws a UsageError when it is neither. */
export function askedTenant(asked: string): AskedTenant {
  const text = asked.trim().toLowerCase()
  if (z.guid().safeParse(text).success) return { id: text }
  if (/^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(text)) return { domain: text }
  throw new UsageError({
    tried: `find the tenant "${asked}"`,
    said: 'that is neither a GUID nor a domain',
    hint: 'Give the tenant as its GUID or as one of its verified domains.',
  })
}

function refused(said: string): RefusedError {
  return new RefusedError({
    tried,
    said,
    hint: 'Nothing was changed. Check the tenant that you asked for and the credential for Microsoft Graph.',
  })
}

interface Witness {
  readonly by: string
  readonly tenantId: string
}

function assertSame(witnesses: readonly Witness[]): void {
  if (new Set(witnesses.map(({ tenantId }) => tenantId)).size <= 1) return
  const values = witnesses.map(({ by, tenantId }) => `${by} is ${tenantId}`)
  throw refused(`these are not one tenant: ${values.join(', ')}`)
}

/** What can be compared before anything is sent. `tokenTenant` is undefined when the token cannot be read. */
export function assertClaims(asked: AskedTenant, tokenTenant: string | undefined): readonly Witness[] {
  const witnesses = [
    ...('id' in asked ? [{ by: 'the tenant asked for', tenantId: asked.id }] : []),
    ...(tokenTenant === undefined ? [] : [{ by: 'the access token', tenantId: tokenTenant }]),
  ]
  assertSame(witnesses)
  return witnesses
}

const organization = z.looseObject({
  id: z.guid(),
  verifiedDomains: z.array(z.looseObject({ name: z.string().min(1), isInitial: z.boolean().nullish() })),
})

/** https://learn.microsoft.com/graph/api/organization-list */
async function readOrganization(graph: GraphReader) {
  const rows = await graph.all({ path: path`/organization`, tried: 'read which directory this is' })
  const [row, second] = rows.map((one) => parsed(organization, one, tried))
  if (row === undefined || second !== undefined) throw refused('the service does not name one directory')
  return row
}

/**
 * Who the service says we are, asked anew. The directory that answers, the one of the token and the one that was
 * asked for must be one and the same; else a RefusedError says which they are.
 */
export async function directoryIdentity(
  graph: GraphReader,
  asked: AskedTenant,
  tokenTenant: string | undefined,
): Promise<TenantIdentity> {
  const witnesses = assertClaims(asked, tokenTenant)
  const { id: answered, verifiedDomains } = await readOrganization(graph)
  const id = answered.toLowerCase()
  assertSame([...witnesses, { by: 'the directory that answers', tenantId: id }])
  const domains = verifiedDomains.map(({ name, isInitial }) => ({
    name: name.toLowerCase(),
    initial: isInitial === true,
  }))
  const [initial, second] = domains.filter((domain) => domain.initial)
  if (initial === undefined || second !== undefined)
    throw refused('the service names no single initial domain, so that the tenant cannot be told')
  if ('domain' in asked && !domains.some(({ name }) => name === asked.domain))
    throw refused(`${asked.domain} is not among the verified domains of ${initial.name} (${id})`)
  return { id, name: initial.name, domains }
}

/** Reads nothing before `prove` has told once that this is the right directory. */
export function provenReader(reader: GraphReader, prove: () => Promise<unknown>): GraphReader {
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
    one: async (ask) => proven().then(() => reader.one(ask)),
    all: async (ask) => proven().then(() => reader.all(ask)),
  }
}
