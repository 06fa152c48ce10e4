import type { SystemReader } from '../../src/model/adapter.ts'
import { InternalError } from '../../src/model/errors.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import { type DnsOptions, openDns } from './open.ts'

export interface DnsSystemOptions extends DnsOptions {
  /** Whose MX is read; asked anew each time. */
  readonly domains: () => Promise<readonly string[]>
  /** DNS itself knows no tenant: another system may say who it is. */
  readonly identity?: () => Promise<TenantIdentity>
}

/** The system 'dns' of a tenant: nothing to write, and two sources, 'mx' and 'ses-txt'. */
export function openDnsSystem({
  domains,
  identity = unknownIdentity,
  ...options
}: DnsSystemOptions): SystemReader {
  const dns = openDns(options)
  const mx = { kind: 'mx', list: async () => dns.mx(await domains()) }
  const sesTxt = { kind: 'ses-txt', list: async () => dns.sesTxt(await domains()) }
  return {
    resources: new Map(),
    sources: new Map([mx, sesTxt].map((source) => [source.kind, source])),
    identity,
    close: async () => dns.close(),
  }
}

async function unknownIdentity(): Promise<never> {
  throw new InternalError({ tried: 'ask DNS who the tenant is', said: 'DNS does not know' })
}
