import type { MatchContext, Verdict } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { containsAddress, equalsAddress } from '../address.ts'
import { allAddresses, isVendorHost } from '../footprint.ts'
import { isNamed } from '../names.ts'
import { flag, strings } from '../properties.ts'

/** The connector that lets mail back in from the vendor's scanner without throttling. */
export function matchInboundConnector(connector: TenantObject, { footprint }: MatchContext): Verdict {
  const vendor = allAddresses(footprint)
  const senders = strings(connector, 'SenderIPAddresses')
  if (!isNamed(connector.name, footprint.connectors.inbound)) {
    const known = senders.filter((entry) => vendor.some((address) => containsAddress(entry, address)))
    if (known.length > 0)
      return {
        is: 'lookalike',
        reason: `it accepts mail from ${known.join(', ')}, its name is not the vendor's`,
      }
    const certificate = strings(connector, 'TlsSenderCertificateName')
    if (certificate.some((name) => isVendorHost(name, footprint)))
      return { is: 'lookalike', reason: "its certificate is the vendor's, its name is not" }
    return { is: 'other' }
  }
  const foreign = senders.filter((entry) => !vendor.some((address) => equalsAddress(entry, address)))
  if (foreign.length > 0)
    return { is: 'lookalike', reason: `the name is the vendor's, but it also serves ${foreign.join(', ')}` }
  if (flag(connector, 'RestrictDomainsToIPAddresses') || flag(connector, 'RestrictDomainsToCertificate'))
    return {
      is: 'lookalike',
      reason: 'the name is the vendor’s, but it makes Exchange refuse all mail that does not come through it',
    }
  return { is: 'vendor', reason: 'name, and no foreign address' }
}
