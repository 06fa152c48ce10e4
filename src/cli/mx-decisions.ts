import { UsageError } from '../model/errors.ts'
import type { MxDecisions, Plan } from '../model/plan.ts'
import type { Options } from './parse.ts'

/** Throws a UsageError for options that do not fit together. */
function refuse(said: string, hint: string): never {
  throw new UsageError({ tried: 'read the options', said, hint })
}

function hostOf(previous: string): string | undefined {
  return previous.split(' ')[1]
}

function refuseSameHost(previous: readonly string[]): void {
  const hosts = previous.flatMap((mx) => hostOf(mx) ?? [])
  const twice = hosts.find((host, place) => hosts.indexOf(host) !== place)
  if (twice !== undefined) refuse(`--previous-mx names ${twice} with two preferences`, 'Give each host once.')
}

function refuseVendor(previous: readonly string[], isVendor: (host: string) => boolean): void {
  const own = previous.find((mx) => isVendor(hostOf(mx) ?? ''))
  if (own !== undefined)
    refuse(
      `--previous-mx "${own}" is the vendor's own host`,
      'Name the host that took the mail before the vendor did, and takes it again.',
    )
}

function refuseOutside(domains: readonly string[], zone: string | undefined): void {
  const outside = domains.find((domain) => zone !== undefined && !`.${domain}`.endsWith(`.${zone}`))
  if (outside !== undefined)
    refuse(
      `--domain ${outside} is not in the zone of --zone ${zone}`,
      'Leave --zone out to have the zone found, or take the domains of another zone off in a run of their own.',
    )
}

/**
 * What the operator decided about MX records. `tenant` comes first among the domains, as it stands for them. Throws a
 * UsageError when the options contradict one another.
 * @param isVendor whether a host is the vendor's: of the footprint, or of --vendor-mx
 */
export function mxDecisionsOf(
  { domain, previousMx, vendorMx, vendorTxt, dns, zone }: Options,
  tenant: string,
  isVendor: (host: string) => boolean,
): MxDecisions {
  if (domain.length > 0 && !domain.includes(tenant))
    refuse(
      `--tenant ${tenant} is none of the domains of --domain`,
      'Name it with --domain too, or leave it out.',
    )
  const domains = [...new Set([tenant, ...domain])]
  refuseSameHost(previousMx)
  refuseVendor(previousMx, isVendor)
  refuseOutside(domains, zone)
  return {
    domains,
    previous: previousMx,
    vendorHosts: vendorMx,
    vendorTxt,
    provider: dns ?? 'manual',
    ...(zone === undefined ? {} : { zone }),
  }
}

type MxOptions = Pick<Options, 'domain' | 'previousMx' | 'vendorMx' | 'vendorTxt' | 'dns' | 'zone'>

/** The options by which a plan decided about MX records; none for a plan that did not. */
export function mxOptionsOf({ decisions: { mx } }: Pick<Plan, 'decisions'>): Partial<MxOptions> {
  if (mx === undefined) return {}
  const { domains, previous, vendorHosts, vendorTxt, provider, zone } = mx
  return { domain: domains, previousMx: previous, vendorMx: vendorHosts, vendorTxt, dns: provider, zone }
}
