import { buildFootprint, type FootprintAdditions } from '../footprint/footprint.ts'
import { UsageError } from '../model/errors.ts'
import type { MxDecisions, Plan } from '../model/plan.ts'
import type { RegionId } from '../model/words.ts'
import { previousHosts } from '../platforms/other/previous.ts'
import type { Options } from './parse.ts'

/** What tells which hosts are the vendor's. */
interface Known {
  readonly regions: readonly RegionId[]
  readonly additions: FootprintAdditions
}

function refuseOutside({ domains, zone }: MxDecisions): void {
  const outside = domains.find((domain) => zone !== undefined && !`.${domain}`.endsWith(`.${zone}`))
  if (outside === undefined) return
  throw new UsageError({
    tried: 'read the options',
    said: `--domain ${outside} does not lie in --zone ${zone}`,
    hint: 'Leave --zone out, and each zone is found by itself; or take domains of other zones off in a run of their own.',
  })
}

/**
 * What the operator decided about MX records. `tenant` comes first among the domains, as it stands for them. Throws a
 * UsageError when the options contradict one another, or an MX to go back to is the vendor's own.
 */
export function mxDecisionsOf(
  { domain, previousMx, vendorMx, vendorTxt, dns, zone }: Options,
  tenant: string,
  { regions, additions }: Known,
): MxDecisions {
  if (domain.length > 0 && !domain.includes(tenant))
    throw new UsageError({
      tried: 'read the options',
      said: `--tenant ${tenant} is none of the domains of --domain`,
      hint: 'Name it with --domain too, or leave it out.',
    })
  const mx: MxDecisions = {
    domains: [...new Set([tenant, ...domain])],
    previous: previousMx,
    vendorHosts: vendorMx,
    vendorTxt,
    provider: dns ?? 'manual',
    ...(zone === undefined ? {} : { zone }),
  }
  refuseOutside(mx)
  previousHosts(mx, buildFootprint(regions, additions))
  return mx
}

type MxOptions = Pick<Options, 'domain' | 'previousMx' | 'vendorMx' | 'vendorTxt' | 'dns' | 'zone'>

/** The options by which a plan decided about MX records; none for a plan that did not. */
export function mxOptionsOf({ decisions: { mx } }: Pick<Plan, 'decisions'>): Partial<MxOptions> {
  if (mx === undefined) return {}
  const { domains, previous, vendorHosts, vendorTxt, provider, zone } = mx
  return { domain: domains, previousMx: previous, vendorMx: vendorHosts, vendorTxt, dns: provider, zone }
}
