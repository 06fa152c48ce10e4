import { type DnsIdentityOptions, dnsIdentity } from '../../../../adapters/dns/identity.ts'
import { mapLimited } from '../../../../adapters/dns/map-limited.ts'
import { InternalError, InterruptedError, OffboardError } from '../../../model/errors.ts'
import type { TenantIdentity } from '../../../model/tenant.ts'

const atATime = 4

/** What of one domain alone: it stops no other. */
function isOfOneDomain(error: unknown): boolean {
  const concernsAll = error instanceof InternalError || error instanceof InterruptedError
  return error instanceof OffboardError && !concernsAll
}

/**
 * Who the tenant is in DNS: its first domain, with those whose zone was found and compared. Throws what the first
 * domain failed by when none was.
 */
export async function identityInDns(options: DnsIdentityOptions): Promise<TenantIdentity> {
  const { domains } = options
  const [first = ''] = domains
  const found = await mapLimited(domains, atATime, async (domain) => {
    try {
      await dnsIdentity({ ...options, domains: [domain] })
      return { name: domain, error: undefined }
    } catch (error) {
      if (!isOfOneDomain(error)) throw error
      return { name: domain, error }
    }
  })
  const good = found.filter(({ error }) => error === undefined)
  if (good.length === 0) throw found[0]?.error
  return {
    id: first,
    name: first,
    domains: good.map(({ name }) => ({ name, initial: name === first })),
  }
}
