import type { Footprint } from '../../model/footprint.ts'
import type { MatchContext, Verdict } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { isVendorHost } from '../footprint.ts'
import { isNamed } from '../names.ts'
import { flag, strings } from '../properties.ts'

/** A host below one of the tenant's own domains speaks against a connector being the vendor's. */
function ownHosts(connector: TenantObject, { survey }: MatchContext): readonly string[] {
  const domains = survey.tenant.domains.map((domain) => domain.name.toLowerCase())
  return strings(connector, 'SmartHosts').filter((host) => {
    const name = host.toLowerCase()
    return domains.some((domain) => name === domain || name.endsWith(`.${domain}`))
  })
}

/** Whether the connector bears the vendor's name or one of its hosts. */
export function leadsToVendor(connector: TenantObject, footprint: Footprint): boolean {
  return (
    isNamed(connector.name, footprint.connectors.outbound) ||
    strings(connector, 'SmartHosts').some((host) => isVendorHost(host, footprint))
  )
}

/** The connector that hands mail to the vendor's scanner. */
export function matchOutboundConnector(connector: TenantObject, context: MatchContext): Verdict {
  if (flag(connector, 'TestMode') || !leadsToVendor(connector, context.footprint)) return { is: 'other' }
  if (!isNamed(connector.name, context.footprint.connectors.outbound))
    return { is: 'lookalike', reason: "its smart host is the vendor's, its name is not" }
  const own = ownHosts(connector, context)
  if (own.length > 0)
    return {
      is: 'lookalike',
      reason: `the name is the vendor's, but it sends to your own host ${own.join(', ')}`,
    }
  return { is: 'vendor', reason: 'name' }
}
