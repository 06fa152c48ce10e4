import type { Answer } from 'dns-packet'
import { RefusedError, ServiceError, TenantError, UsageError } from '../../../src/model/errors.ts'
import { toDnsName, toHost } from '../domain-name.ts'
import { mapLimited } from '../map-limited.ts'
import { addressesOf } from '../wire/addresses.ts'
import { isName } from '../wire/message.ts'
import type { Resolve } from '../wire/resolver.ts'

/** One address of a name server that a zone is delegated to. */
interface AuthoritativeServer {
  /** Lower case, without the dot at the end. */
  readonly name: string
  /** IPv4 or IPv6; undefined when its name has no address that could be found. */
  readonly address: string | undefined
  /** Why it has none. */
  readonly reason?: string
}

/** The zone that holds a name, as the world is led to it. */
export interface DelegatedZone {
  /** As DNS knows it: lower case, punycode, without the dot of the root. */
  readonly name: string
  /** One entry for each address, in the order of names and addresses. Never empty. */
  readonly servers: readonly AuthoritativeServer[]
}

const atATime = 4

/**
 * Finds the zone that holds a domain, by walking up from it, and its name servers with all their addresses. `given` is
 * the zone that the operator named: a RefusedError when the domain is held by another. Throws a UsageError when the
 * domain is none, a TenantError when no zone holds it, a ServiceError when the resolver does not answer.
 */
export async function findDelegation(
  resolve: Resolve,
  domain: string,
  given?: string,
): Promise<DelegatedZone> {
  const name = dnsName(domain)
  const zone = await findZone(resolve, name)
  if (given !== undefined && dnsName(given) !== zone) {
    throw new RefusedError({
      tried: `find the zone of ${domain}`,
      said: `it is ${zone}, and ${given} was named`,
      hint: `Name it with --zone ${zone}, or leave --zone out.`,
    })
  }
  const hosts = await nameServers(resolve, zone)
  const servers = await mapLimited(hosts, atATime, (host) => serversAt(resolve, host))
  return { name: zone, servers: servers.flat() }
}

function dnsName(domain: string): string {
  const name = toDnsName(domain)
  if (name !== undefined && !name.split('.').slice(0, -1).includes('')) return toHost(name)
  throw new UsageError({
    tried: `find the zone of ${JSON.stringify(domain)}`,
    said: 'it is not a domain name',
  })
}

/** A zone begins where a SOA is. A top-level domain is nobody's own. */
async function findZone(resolve: Resolve, name: string): Promise<string> {
  const labels = name.split('.')
  for (const [at] of labels.slice(0, -1).entries()) {
    const candidate = labels.slice(at).join('.')
    const { answers } = await resolve({ name: candidate, type: 'SOA' })
    if (recordsOf(answers, candidate, 'SOA').length > 0) return candidate
  }
  throw new TenantError({
    tried: `find the zone of ${name}`,
    said: 'DNS knows no zone that holds it',
    hint: 'Check the spelling, and whether the domain is registered and delegated.',
  })
}

async function nameServers(resolve: Resolve, zone: string): Promise<readonly string[]> {
  const { answers } = await resolve({ name: zone, type: 'NS' })
  const hosts = recordsOf(answers, zone, 'NS').flatMap(({ data }) =>
    typeof data === 'string' ? toHost(data) : [],
  )
  if (hosts.length > 0) return [...new Set(hosts)].sort()
  throw new TenantError({ tried: `find the name servers of ${zone}`, said: 'DNS knows none' })
}

async function serversAt(resolve: Resolve, host: string): Promise<readonly AuthoritativeServer[]> {
  try {
    const addresses = await addressesOf(resolve, host)
    if (addresses.length > 0) return addresses.map((address) => ({ name: host, address }))
    return [{ name: host, address: undefined, reason: 'its name has no address' }]
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return [{ name: host, address: undefined, reason: `its address could not be resolved: ${error.message}` }]
  }
}

function recordsOf<Type extends 'NS' | 'SOA'>(answers: readonly Answer[], name: string, type: Type) {
  return answers.filter((answer) => answer.type === type && isName(answer.name, name)).flatMap(withData)
}

function withData(answer: Answer): readonly { readonly data: unknown }[] {
  return 'data' in answer ? [answer] : []
}
