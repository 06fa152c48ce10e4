import type { SystemReader } from '../../src/model/adapter.ts'
import { InternalError } from '../../src/model/errors.ts'
import type { ReadableResource, Source, TenantObject } from '../../src/model/resource.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import { readMailTxt } from './mail-txt/read.ts'
import { type FetchPolicy, policyFetcher } from './mta-sts/fetch.ts'
import { readMtaStsPolicies } from './mta-sts/read.ts'
import { type DnsOptions, openDns } from './open.ts'
import { readSmtp } from './smtp/read.ts'
import { openResolver } from './wire/resolver.ts'

export interface DnsSystemOptions<Resource extends ReadableResource> extends DnsOptions {
  /** Whose records are read; asked anew each time. */
  readonly domains: () => Promise<readonly string[]>
  /** By default DNS knows no tenant: another system may say who it is. */
  readonly identity?: () => Promise<TenantIdentity>
  /** Record sets, bound to who holds them. None by default: then there is nothing to write. */
  readonly resources?: readonly Resource[]
  /** Selectors of DKIM that are looked at. DNS does not tell which there are. */
  readonly dkimSelectors?: readonly string[]
  /** Hosts that are asked whether they answer SMTP; asked anew each time. */
  readonly mailHosts?: () => Promise<readonly string[]>
  /** 25 by default. */
  readonly smtpPort?: number
  /** For one conversation with a mail server, in milliseconds. 30 s by default: some make strangers wait. */
  readonly smtpTimeoutMs?: number
  /** How an MTA-STS policy is fetched. Over HTTPS by default. */
  readonly fetchPolicy?: FetchPolicy
  /** Lets go of what `resources` hold. */
  readonly closeResources?: () => Promise<void>
}

/** The system 'dns', with the kinds of resource that were put in: a SystemWriter when they may be written. */
export interface DnsSystem<Resource extends ReadableResource> extends SystemReader {
  readonly resources: ReadonlyMap<string, Resource>
}

/**
 * Sources are read at the resolver: 'mx', 'ses-txt', 'mail-txt' and 'mta-sts-policy' of the domains, 'smtp' of the
 * mail hosts.
 */
export function openDnsSystem<Resource extends ReadableResource = ReadableResource>(
  options: DnsSystemOptions<Resource>,
): DnsSystem<Resource> {
  const { domains, identity = unknownIdentity, resources = [], closeResources = async () => {} } = options
  const dns = openDns(options)
  const lists = { ...recordLists(dns, domains), ...mailLists(options) }
  const sources: readonly Source[] = Object.entries(lists).map(([kind, list]) => ({ kind, list }))
  return {
    resources: new Map(resources.map((resource) => [resource.kind, resource])),
    sources: new Map(sources.map((source) => [source.kind, source])),
    identity,
    close: async () => {
      dns.close()
      await closeResources()
    },
  }
}

type Lists = Readonly<Record<string, () => Promise<readonly TenantObject[]>>>

function recordLists(dns: ReturnType<typeof openDns>, domains: () => Promise<readonly string[]>): Lists {
  return {
    mx: async () => dns.mx(await domains()),
    'ses-txt': async () => dns.sesTxt(await domains()),
  }
}

function mailLists(options: DnsSystemOptions<ReadableResource>): Lists {
  const { domains, signal, dkimSelectors, smtpPort = 25, smtpTimeoutMs = 30_000 } = options
  const { mailHosts = async () => [] } = options
  const resolve = openResolver(options)
  const fetchPolicy = options.fetchPolicy ?? policyFetcher({ resolve })
  const greeting = { port: smtpPort, timeoutMs: smtpTimeoutMs, signal }
  return {
    'mail-txt': async () => readMailTxt(resolve, await domains(), dkimSelectors),
    'mta-sts-policy': async () => readMtaStsPolicies(resolve, fetchPolicy, await domains(), signal),
    smtp: async () => readSmtp(resolve, await mailHosts(), greeting),
  }
}

async function unknownIdentity(): Promise<never> {
  throw new InternalError({ tried: 'ask DNS who the tenant is', said: 'DNS does not know' })
}
