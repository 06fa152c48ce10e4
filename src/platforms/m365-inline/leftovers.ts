import { containsAddress } from '../../footprint/address.ts'
import { allAddresses, isVendorHost } from '../../footprint/footprint.ts'
import { matchInboundConnector } from '../../footprint/match/inbound-connector.ts'
import { leadsToVendor } from '../../footprint/match/outbound-connector.ts'
import { matchRule } from '../../footprint/match/rule.ts'
import { isNamed } from '../../footprint/names.ts'
import { flag, strings } from '../../footprint/properties.ts'
import { findTraces } from '../../footprint/traces.ts'
import { changeId } from '../../model/name.ts'
import type { Leftover } from '../../model/plan.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { mailHosts, objectsOf } from './objects.ts'

interface Sighting {
  readonly name: string
  readonly reason: string
}

/** One place where something of the vendor may remain: what harm it does there, and how it is removed by hand. */
interface Lookout {
  readonly kind: string
  readonly prefix: string
  readonly harm: string
  readonly remedy: string
  look(object: TenantObject, context: MatchContext): readonly Sighting[]
}

function traced(object: TenantObject, { footprint }: MatchContext): readonly Sighting[] {
  const { Description: _generated, ...written } = object.properties
  const traces = findTraces(written, footprint)
  if (traces.length === 0) return []
  const values = [...new Set(traces.map(({ property, value }) => `${property} ${value}`))]
  return [{ name: object.name, reason: `it names the vendor: ${values.slice(0, 4).join('; ')}` }]
}

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

const bypass =
  'mail that matches it is not filtered as other mail is, and cloud addresses are given to others in time'

/** What Exchange may hold besides the objects of the steps, read for this alone. */
const traces: readonly Lookout[] = [
  {
    kind: 'transport-config',
    prefix: 'transport-config',
    harm: 'reports and internal trust may still go to the vendor',
    remedy: 'Set-TransportConfig -InternalSMTPServers / -JournalingReportNdrTo',
    look: traced,
  },
  {
    kind: 'arc-config',
    prefix: 'arc-sealer',
    harm: "the sealer's word overrides failures of DMARC",
    remedy: 'Microsoft Defender > Email authentication settings > ARC: remove the sealer',
    look: traced,
  },
  {
    kind: 'spoof-items',
    prefix: 'spoof',
    harm: 'spoofed mail through that infrastructure stays allowed',
    remedy: 'Microsoft Defender > Tenant Allow/Block Lists > Spoofed senders: remove the entry',
    look: traced,
  },
  {
    kind: 'allow-block-items',
    prefix: 'allow-block',
    harm: 'the entry allows or blocks more than is needed without the vendor',
    remedy: 'Microsoft Defender > Tenant Allow/Block Lists: remove the entry',
    look: traced,
  },
  {
    kind: 'journal-rule',
    prefix: 'journal',
    harm: 'copies of mail keep going out to it',
    remedy: 'Microsoft Purview > Exchange (legacy) > Journal rules: remove the rule',
    look: traced,
  },
  {
    kind: 'content-filter-policy',
    prefix: 'anti-spam',
    harm: `${bypass}; a sender address can be forged`,
    remedy: 'Microsoft Defender > Anti-spam policies > Allowed senders and domains: remove the entry',
    look: traced,
  },
  {
    kind: 'anti-phish-policy',
    prefix: 'anti-phish',
    harm: 'impersonation of it is not checked',
    remedy: 'Microsoft Defender > Anti-phishing > Trusted senders and domains: remove the entry',
    look: traced,
  },
  {
    kind: 'phish-sim-rule',
    prefix: 'phish-simulation',
    harm: 'mail from these addresses is delivered unfiltered',
    remedy: 'Microsoft Defender > Advanced delivery > Phishing simulation: remove the entry',
    look: traced,
  },
  {
    kind: 'safe-links-policy',
    prefix: 'safe-links',
    harm: 'links to it are not checked',
    remedy: 'Microsoft Defender > Safe Links > Do not rewrite: remove the entry',
    look: traced,
  },
  {
    kind: 'remote-domain',
    prefix: 'remote-domain',
    harm: 'mail to it may be trusted or forwarded by itself',
    remedy: 'Exchange admin center > Remote domains: remove the domain',
    look: traced,
  },
]

const lookouts: readonly Lookout[] = [
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
  ...traces,
]

/** Kinds that are read for leftovers alone. */
export const leftoverKinds: readonly string[] = traces.map((lookout) => lookout.kind)

/** Something of the vendor outside the procedure: reported with its harm, not touched. */
export function leftovers(context: MatchContext): readonly Leftover[] {
  return lookouts.flatMap(({ kind, prefix, harm, remedy, look }) =>
    objectsOf(kind, context).flatMap((object) =>
      look(object, context).map(({ name, reason }) => ({
        id: changeId(prefix, name),
        kind,
        name,
        reason,
        harm,
        remedy,
      })),
    ),
  )
}
