import { type Authority, openAuthority } from '../../../../adapters/dns/authority/open.ts'
import { dnsIdentity } from '../../../../adapters/dns/identity.ts'
import {
  type LiveCopyOptions,
  liveCopy,
  liveReader,
  liveWriter,
} from '../../../../adapters/dns/providers/live-copy.ts'
import type { DnsProvider, DnsProviderReader } from '../../../../adapters/dns/providers/provider.ts'
import { readableRecordSets, writableRecordSets } from '../../../../adapters/dns/resources/bind.ts'
import { openDnsSystem } from '../../../../adapters/dns/system.ts'
import { dkimSelectors } from '../../../footprint/data.ts'
import type { SystemReader, SystemWriter } from '../../../model/adapter.ts'
import { RefusedError } from '../../../model/errors.ts'
import type { ApprovedPlan, MxDecisions, Plan } from '../../../model/plan.ts'
import type { ReadableResource, WritableResource } from '../../../model/resource.ts'
import type { TenantIdentity } from '../../../model/tenant.ts'
import { previousHosts } from '../../../platforms/other/previous.ts'
import type { EndpointsInUse } from '../endpoints.ts'
import type { ConnectionInput } from '../input.ts'
import { readOnly } from '../read-only.ts'
import { doors } from './doors.ts'
import { identityInDns } from './identity.ts'
import { sandboxPolicies } from './policies.ts'
import type { OpenedProvider } from './provider.ts'

/** DNS of the domains that were asked for. Nothing is asked before the first read. */
export interface DnsConnection {
  readonly authority: Authority
  /** Who holds the zones; undefined where a person writes them. */
  provider(): Promise<OpenedProvider | undefined>
  /** Throws when a domain's zone is not found, is not served, or is not the one that the provider holds. */
  compare(domain: string): Promise<void>
  open(): Promise<SystemReader>
  /** Opened for writing only when the plan changes something there. */
  openForWriting(approved: ApprovedPlan): Promise<SystemWriter>
}

function assertApproved({ tenant }: Plan, identity: TenantIdentity): void {
  if (tenant.guid === identity.id) return
  throw new RefusedError({
    tried: 'carry out the plan',
    said: `the plan is for ${tenant.name}, and DNS was asked for ${identity.name}`,
    hint: 'Make a new plan.',
  })
}

/** Throws a UsageError when the provider's credentials are not set. */
export function connectDns(
  input: ConnectionInput,
  endpoints: EndpointsInUse,
  mx: MxDecisions,
): DnsConnection {
  const { footprint, environment, attempts, context } = input
  const fetchPolicy = sandboxPolicies(input.sandbox)
  const { domains, zone } = mx
  const { resolvers, authorityPort, smtpPort } = endpoints
  const resolving = { resolvers, attempt: attempts.needed, signal: context.leaving }
  const authority = openAuthority({
    ...resolving,
    ...(authorityPort === undefined ? {} : { authorityPort }),
  })
  const door = doors[mx.provider]?.(input, endpoints)
  const delegation = async (name: string) => {
    const { servers } = await authority.zone(name, name)
    return [...new Set(servers.map((server) => server.name))]
  }
  let opened: Promise<OpenedProvider> | undefined
  const provider = async () => {
    opened ??= door?.(delegation)
    return opened
  }

  const server = mx.provider === 'rfc2136' ? environment.OFFBOARD_RFC2136_SERVER : undefined
  const comparing: LiveCopyOptions = {
    authority,
    ...(server === undefined
      ? {}
      : {
          async serial(name) {
            const primary = openAuthority({ ...resolving, authorityPort: server.port ?? 53 })
            const servers = [{ name: server.address, address: server.address }]
            return (await primary.serials({ name, servers }))[0]
          },
        }),
  }

  const zones = { authority, domains: async () => domains, ...(zone === undefined ? {} : { zone }) }

  function system<Resource extends ReadableResource>(
    copy: DnsProviderReader | undefined,
    resources: readonly Resource[],
  ) {
    const compare = copy === undefined ? undefined : liveCopy(copy, comparing).check
    return openDnsSystem({
      ...resolving,
      domains: zones.domains,
      identity: () => identityInDns({ ...zones, domains, ...(compare === undefined ? {} : { compare }) }),
      resources,
      dkimSelectors,
      mailHosts: async () => previousHosts(mx, footprint),
      closeResources: async () => copy?.close(),
      ...(smtpPort === undefined ? {} : { smtpPort }),
      ...(fetchPolicy === undefined ? {} : { fetchPolicy }),
    })
  }

  function reader(copy: DnsProviderReader | undefined) {
    const live = copy && liveReader(copy, comparing)
    return system<ReadableResource>(copy, readableRecordSets({ ...zones, provider: live }))
  }

  function writer(copy: DnsProvider | undefined) {
    const live = copy && liveWriter(copy, comparing)
    return system<WritableResource>(copy, writableRecordSets({ ...zones, provider: live }))
  }

  let reading: Promise<SystemReader> | undefined
  const open = () => {
    reading ??= provider().then((found) => reader(found?.reader()))
    return reading
  }
  return {
    authority,
    provider,
    async compare(domain) {
      const copy = (await provider())?.reader()
      const compared = copy === undefined ? {} : { compare: liveCopy(copy, comparing).check }
      await dnsIdentity({ ...zones, domains: [domain], ...compared })
    },
    open,
    async openForWriting(approved) {
      if (!approved.plan.changes.some((change) => change.system === 'dns')) return readOnly(await open())
      const written = writer((await provider())?.writer(approved))
      try {
        assertApproved(approved.plan, await written.identity())
        return written
      } catch (error) {
        await written.close()
        throw error
      }
    },
  }
}
