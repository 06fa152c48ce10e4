import * as z from 'zod'
import { RefusedError, ServiceError, UsageError } from '../../src/model/errors.ts'
import type { AcceptedDomain, TenantIdentity } from '../../src/model/tenant.ts'
import { isGuid, readAll } from './objects.ts'
import type { TenantResolver } from './tenant-id.ts'
import type { ExchangeReader, Transport } from './transport.ts'

const tried = 'make sure that this is the tenant that was asked for'

/** The tenant that was asked for: its GUID, and the domain when it was named by one. */
export interface AskedTenant {
  readonly id: string
  readonly domain?: string
}

/** `asked` is a GUID or a domain. Throws a UsageError when it is neither. */
export async function resolveAsked(asked: string, resolve: TenantResolver): Promise<AskedTenant> {
  const text = asked.trim().toLowerCase()
  if (isGuid(text)) return { id: text }
  if (/^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(text)) return { id: await resolve(text), domain: text }
  throw new UsageError({
    tried: `find the tenant "${asked}"`,
    said: 'that is neither a GUID nor a domain',
    hint: 'Give the tenant as its GUID or as one of its verified domains.',
  })
}

const domain = z.looseObject({ DomainName: z.string().min(1), InitialDomain: z.boolean().nullish() })

async function acceptedDomains(reader: ExchangeReader): Promise<readonly AcceptedDomain[]> {
  const objects = await readAll(reader, 'Get-AcceptedDomain', { ResultSize: 'Unlimited' })
  const parsed = z.array(domain).safeParse(objects.map(({ properties }) => properties))
  if (!parsed.success) throw new ServiceError({ tried, said: 'accepted domains that cannot be read' })
  return parsed.data.map(({ DomainName, InitialDomain }) => ({
    name: DomainName.toLowerCase(),
    initial: InitialDomain === true,
  }))
}

function refused(said: string): RefusedError {
  return new RefusedError({
    tried,
    said,
    hint: 'Nothing was changed. Check the tenant that you asked for and the credential.',
  })
}

function initialDomain(domains: readonly AcceptedDomain[]): string {
  const [initial, second] = domains.filter((candidate) => candidate.initial)
  if (initial === undefined || second !== undefined)
    throw refused('the service names no single initial domain, so that the tenant cannot be told')
  return initial.name
}

export interface IdentityOptions {
  readonly reader: ExchangeReader
  readonly transport: Transport
  readonly resolve: TenantResolver
  readonly asked: AskedTenant
}

interface Witness {
  readonly by: string
  readonly tenantId: string
}

function assertSame(witnesses: readonly Witness[]): void {
  if (new Set(witnesses.map(({ tenantId }) => tenantId.toLowerCase())).size === 1) return
  const values = witnesses.map(({ by, tenantId }) => `${by} is ${tenantId}`)
  throw refused(`these are not one tenant: ${values.join(', ')}`)
}

/**
 * The tenant that was asked for and the one that the credential is for. Throws a RefusedError when they differ,
 * before anything is sent to the wrong tenant.
 */
export async function assertClaims(transport: Transport, asked: AskedTenant): Promise<readonly Witness[]> {
  const witnesses = [{ by: 'the tenant asked for', tenantId: asked.id }, ...(await transport.claims())]
  assertSame(witnesses)
  return witnesses
}

/**
 * Who the service says we are, asked anew. The tenant that was asked for, the one of the credential and the one
 * that owns the initial domain of what answers must be one and the same; else a RefusedError says which they are.
 */
export async function tenantIdentity(options: IdentityOptions): Promise<TenantIdentity> {
  const { reader, transport, resolve, asked } = options
  const witnesses = await assertClaims(transport, asked)
  const domains = await acceptedDomains(reader)
  const name = initialDomain(domains)
  const id = await resolve(name)
  assertSame([...witnesses, { by: `the owner of ${name}, which answers,`, tenantId: id }])
  if (asked.domain !== undefined && !domains.some((candidate) => candidate.name === asked.domain))
    throw refused(`${asked.domain} is not among the accepted domains of ${name} (${id})`)
  return { id, name, domains }
}
