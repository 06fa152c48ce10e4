import type { VendorName } from '../model/footprint.ts'
import type { RegionId } from '../model/words.ts'

/**
 * What the vendor leaves behind, as published. Add a name, an address or a host here, and nothing else needs to
 * change.
 *
 * Sources: the vendor's off-boarding page
 * https://support.perception-point.io/support/solutions/articles/44002545417-off-boarding, its copies at
 * https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm, and for older spellings
 * https://support.perception-point.io/support/solutions/articles/44002543202 and
 * http://perception-point.io/inline_office365/.
 */

/** Raise it with every change of the data below: it is part of each plan's hash. */
export const footprintVersion = '2026-11-24'

export const ruleNames = {
  redirect: {
    name: 'Perception Point Redirect Rule',
    aliases: ['Perception Point/FortiMail Redirect Rule', 'FortiMail Redirect Rule'],
  },
  spam: { name: 'Perception Point Spam Rule', aliases: [] },
  junkHigh: {
    name: 'Send Office 365 spam emails to Junk folder (High)',
    aliases: ['Send Office365 spam emails to junk folder (High)'],
  },
  junkLow: {
    name: 'Send Office 365 spam emails to Junk folder (Low)',
    aliases: ['Send Office365 spam emails to junk folder (Low)'],
  },
} satisfies Record<string, VendorName>

export const olderRuleNames: readonly VendorName[] = [
  { name: 'Perception Point Quarantine Rule', aliases: ['PerceptionPoint Quarantine Rule'] },
]

export const connectorNames = {
  inbound: {
    name: 'Disable IP Throttling on Perception Point Connector',
    aliases: ['Disable IP Throttling on PerceptionPoint Connector'],
  },
  outbound: { name: 'Perception Point Scanning', aliases: ['PerceptionPoint Scanning'] },
} satisfies Record<string, VendorName>

export const regionAddresses: Readonly<Record<RegionId, readonly string[]>> = {
  us: ['3.81.182.154', '3.93.155.149', '3.95.118.12', '3.95.142.181', '54.227.64.76'],
  eu: ['99.81.216.78', '34.249.190.60', '108.128.137.108', '99.80.189.20'],
  au: ['13.236.255.231', '54.66.125.250'],
}

/** Only where multi-region is on, in every region. */
export const multiRegionAddresses: readonly string[] = ['52.12.169.124']

/** The vendor's own domain. Its scanner runs on Amazon SES, whose host names are shared by many and prove nothing. */
export const vendorHosts: readonly string[] = ['.perception-point.io']

/** The host in Gmail's settings. What it points to varies: https://docs.perception-point.io/fortinet/Content/PP/Gmail-Off-boarding.htm */
export const scannerHostName: VendorName = {
  name: 'Perception Point Scanner',
  aliases: ['Perception Point Scanner host', 'PerceptionPoint Scanner'],
}

/** In "Message Tagging" of Gmail's inbound gateway. */
export const vendorSpamHeader = 'X-PERCEPTION-POINT-SPAM: FAIL'

/** https://docs.perception-point.io/fortinet/Content/PP/Email-headers.htm */
export const vendorHeaderPrefix = 'X-PERCEPTION-POINT-'

/**
 * What the display name of the vendor's remediation app may have in it, under its names of then and now. Neither
 * name nor application id is public, so these only make a lookalike.
 */
export const vendorAppNames = ['perception point', 'perceptionpoint', 'fortimail', 'acronis'] as const

/**
 * Selectors of DKIM at which the vendor's keys are looked for, since DNS does not tell which there are. None is
 * published.
 */
export const dkimSelectors: readonly string[] = ['pp1', 'perceptionpoint', 'perception-point']
