import { TenantError } from '../../src/model/errors.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import type { DelegatedZone } from './authority/delegation.ts'
import type { Authority, ServerSerial } from './authority/open.ts'
import { mapLimited } from './map-limited.ts'

export interface DnsIdentityOptions {
  readonly authority: Authority
  /** As the operator gave them. Never empty. */
  readonly domains: readonly string[]
  /** The zone that the operator named. */
  readonly zone?: string
  /**
   * Compares a zone with the copy that will be written. Throws a RefusedError when that is another. Left out where a
   * person writes the zone.
   */
  compare?(zone: DelegatedZone, serials: readonly ServerSerial[]): Promise<void>
}

const atATime = 4

/**
 * Who we are in DNS: the first domain, once every domain's zone was found where the world is led to, answered for
 * there, and compared with the copy that will be written, each zone once. Throws a RefusedError, a TenantError or a
 * ServiceError that names the domain when one was not.
 */
export async function dnsIdentity(options: DnsIdentityOptions): Promise<TenantIdentity> {
  const { authority, domains, zone: given } = options
  const found = await mapLimited(domains, atATime, (domain) => authority.zone(domain, given))
  const zones = [...new Map(found.map((zone) => [zone.name, zone])).values()]
  await mapLimited(zones, atATime, async (zone) => {
    const serials = await authority.serials(zone)
    checkServed(zone, serials)
    await options.compare?.(zone, serials)
  })
  const [first = ''] = domains
  return { id: first, name: first, domains: domains.map((name) => ({ name, initial: name === first })) }
}

function checkServed({ name }: DelegatedZone, serials: readonly ServerSerial[]): void {
  if (serials.some(({ state }) => state === 'answered')) return
  const said = serials.map((server) => `${server.name}: ${server.reason ?? 'it could not be asked'}`)
  throw new TenantError({
    tried: `read the zone ${name} at its name servers`,
    said: said.join('; '),
    hint: 'Authoritative servers are asked directly, on port 53 over UDP and TCP: a firewall may stand in the way.',
  })
}
