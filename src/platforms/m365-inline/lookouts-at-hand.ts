import { containsAddress } from '../../footprint/address.ts'
import { allAddresses, isVendorHost } from '../../footprint/footprint.ts'
import { matchInboundConnector } from '../../footprint/match/inbound-connector.ts'
import { leadsToVendor } from '../../footprint/match/outbound-connector.ts'
import { matchRule } from '../../footprint/match/rule.ts'
import { isNamed } from '../../footprint/names.ts'
import { flag, strings } from '../../footprint/properties.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { mailHosts } from '../objects.ts'
import { bypass, type Lookout, type Sighting, traced } from './lookout.ts'

function otherRule(rule: TenantObject, context: MatchContext): readonly Sighting[] {
  if (matchRule(rule, context).is !== 'other') return []
  if (context.footprint.rules.older.some((vendor) => isNamed(rule.name, vendor)))
    return [{ name: rule.name, reason: "an older rule of the vendor's, outside its procedure" }]
  return traced(rule, context)
}

function blockedAddresses(policy: TenantObject, { footprint }: MatchContext): readonly Sighting[] {
  const vendor = allAddresses(footprint)
  return strings(policy, 'IPBlockList')
    .filter((entry) => vendor.some((address) => containsAddress(entry, address)))
    .map((entry) => ({ name: entry, reason: `an address of the vendor's is blocked in "${policy.name}"` }))
}

function enhancedFiltering(connector: TenantObject, context: MatchContext): readonly Sighting[] {
  if (matchInboundConnector(connector, context).is === 'vendor') return []
  const vendor = allAddresses(context.footprint)
  const skipped = strings(connector, 'EFSkipIPs').filter((entry) =>
    vendor.some((address) => containsAddress(entry, address)),
  )
  if (skipped.length === 0) return []
  return [{ name: connector.name, reason: `enhanced filtering skips ${skipped.join(', ')}` }]
}

function testConnector(connector: TenantObject, { footprint }: MatchContext): readonly Sighting[] {
  const original = connector.name.replace(/_Test_.*$/i, '')
  const named = isNamed(original, footprint.connectors.outbound)
  if (!flag(connector, 'TestMode') || !(named || leadsToVendor(connector, footprint))) return []
  return [
    { name: connector.name, reason: 'a connector in test mode, left by the validation of the real one' },
  ]
}

function foreignExchanger(domain: TenantObject, { footprint }: MatchContext): readonly Sighting[] {
  const hosts = mailHosts(domain)
  const foreign = hosts.filter((host) => !isMicrosoftHost(host) && !isVendorHost(host, footprint))
  if (foreign.length === 0) return []
  return [
    { name: domain.name, reason: `mail for ${domain.name} goes to ${foreign.join(', ')}, not to Microsoft` },
  ]
}

/** https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records */
const microsoftHosts = [
  '.mail.protection.outlook.com',
  '.mx.microsoft',
  '.mail.protection.office365.us',
  '.mail.protection.partner.outlook.cn',
]

function isMicrosoftHost(host: string): boolean {
  return microsoftHosts.some((suffix) => host.toLowerCase().endsWith(suffix))
}

/** What the objects of the steps themselves may hold. */
export const lookoutsAtHand: readonly Lookout[] = [
  {
    kind: 'transport-rule',
    prefix: 'rule',
    harm: bypass,
    remedy: 'Exchange admin center > Mail flow > Rules: check what it is for, then edit or delete it',
    look: otherRule,
  },
  {
    kind: 'connection-filter',
    prefix: 'block-list',
    harm: 'mail from it is refused and shows in no message trace',
    remedy: 'Microsoft Defender > Anti-spam > Connection filter policy: remove it from the block list',
    look: blockedAddresses,
  },
  {
    kind: 'inbound-connector',
    prefix: 'enhanced-filtering',
    harm: 'Exchange skips a hop that is no longer there, and judges SPF and DMARC by the wrong address',
    remedy: 'Microsoft Defender > Enhanced filtering: remove the address from the connector',
    look: enhancedFiltering,
  },
  {
    kind: 'outbound-connector',
    prefix: 'test-connector',
    harm: "it does nothing, but it still names the vendor's host",
    remedy: 'Remove-OutboundConnector, by its GUID',
    look: testConnector,
  },
  {
    kind: 'mx',
    prefix: 'mx',
    harm: 'another service receives the mail first; this program leaves it alone',
    remedy: 'check that this is meant to be so',
    look: foreignExchanger,
  },
]
