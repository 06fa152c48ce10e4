import { multiRegionAddresses, regionAddresses } from '../../src/footprint/data.ts'
import type { ItemOutcome, RegionId } from '../../src/model/words.ts'
import { customerApps } from '../../src/sandbox/scenarios/directory/customer-apps.ts'
import { remediationApp } from '../../src/sandbox/scenarios/directory/remediation-app.ts'
import type { scenarios } from '../../src/sandbox/scenarios/index.ts'

export const redirect = 'rule:Perception Point Redirect Rule'
export const spam = 'rule:Perception Point Spam Rule'
const high = 'rule:Send Office 365 spam emails to Junk folder (High)'
export const low = 'rule:Send Office 365 spam emails to Junk folder (Low)'
export const inbound = 'inbound:Disable IP Throttling on Perception Point Connector'
export const outbound = 'outbound:Perception Point Scanning'
export const drain = 'drain:Perception Point Redirect Rule'
export const safeList = 'safe-list'
const vendorRules = [redirect, spam, high, low]

/** The customer's own objects of the default tenant that look like the vendor's. */
export const pilotRule = 'rule:Perception Point/FortiMail Redirect Rule'
export const printers = 'inbound:Contoso scan-to-mail relay'

/** Apps of the default tenant with a name like the vendor's: its own, of which only the name is known, and others. */
export const apps = [remediationApp, ...Object.values(customerApps)].map(({ appId }) => `app:${appId}`)
const usualLookalikes = [pilotRule, printers, ...apps]

export function addressIds(region: RegionId): readonly string[] {
  return [...regionAddresses[region], ...multiRegionAddresses].map((address) => `ip:${address}`)
}

/** All that the vendor left in the default tenant. */
export function everything(region: RegionId): readonly string[] {
  return [drain, ...addressIds(region), safeList, ...vendorRules, inbound, outbound]
}

/** What the vendor left in the default tenant outside the procedure. */
function usualLeftovers(region: RegionId): readonly string[] {
  return [
    'rule:PerceptionPoint Quarantine Rule',
    `block-list:${regionAddresses[region][1]}`,
    'enhanced-filtering:Partner mail from Fabrikam',
    'arc-sealer:Default',
    'anti-spam:Default',
  ]
}

type Ids = readonly string[] | ((region: RegionId) => readonly string[])

/** What a scenario is to end in, as it differs from the default tenant's. */
export interface Difference {
  /** Exit codes of a dry run (0), of a real one (3), and of `verify` afterwards (0). */
  readonly dry?: number
  readonly real?: number
  readonly verify?: number
  /** Of the changes: those that are missing, and those that bear another name. */
  readonly without?: Ids
  readonly renamed?: Readonly<Record<string, string>>
  /** Lookalikes and leftovers: those besides the usual ones, and those that are missing. */
  readonly lookalikes?: readonly string[]
  readonly leftovers?: readonly string[]
  readonly not?: Ids
  readonly blockers?: readonly string[]
  /** Kinds that were not checked. */
  readonly unread?: readonly string[]
  /** Changes that do not end as verified. */
  readonly outcomes?: Readonly<Record<string, ItemOutcome>>
  /** How the changes end that are not named in `outcomes`. */
  readonly otherwise?: ItemOutcome
  /** What `verify` finds afterwards besides changes that were not made. */
  readonly present?: readonly string[]
}

export interface Expectation {
  readonly dry: number
  readonly real: number
  readonly verify: number
  readonly changes: readonly string[]
  readonly lookalikes: readonly string[]
  readonly leftovers: readonly string[]
  readonly blockers: readonly string[]
  readonly unread: readonly string[]
  readonly outcomes: Readonly<Record<string, string>>
  readonly present: readonly string[]
}

function idsOf(ids: Ids | undefined, region: RegionId): readonly string[] {
  return typeof ids === 'function' ? ids(region) : (ids ?? [])
}

/** What is expected of a scenario in a region, whole. */
export function expectationOf(difference: Difference, region: RegionId): Expectation {
  const { dry = 0, real = 3, verify = 0, renamed = {}, blockers = [], unread = [] } = difference
  const missing = idsOf(difference.without, region)
  const gone = idsOf(difference.not, region)
  const there = (id: string) => !gone.includes(id)
  const changes = everything(region)
    .filter((id) => !missing.includes(id))
    .map((id) => renamed[id] ?? id)
  const outcomes = Object.fromEntries(
    changes.map((id) => [id, difference.outcomes?.[id] ?? difference.otherwise ?? 'verified']),
  )
  const left = changes.filter((id) => outcomes[id] !== 'verified' && !id.startsWith('drain:'))
  return {
    ...{ dry, real, verify, changes, blockers, unread, outcomes },
    lookalikes: usualLookalikes.filter(there).concat(difference.lookalikes ?? []),
    leftovers: usualLeftovers(region)
      .filter(there)
      .concat(difference.leftovers ?? []),
    present: [...left, ...(difference.present ?? [])],
  }
}

const blocked = { dry: 4, real: 4, verify: 2, otherwise: 'planned' } as const
const kept = (id: string) => ({ without: [id], lookalikes: [id] })
const board = 'Board mail to the scanner'
const withoutExtras = (region: RegionId) => [...usualLookalikes, ...usualLeftovers(region)]

/** Every scenario that is the same in each region. Those of other regions' addresses have a test of their own. */
export const differences: Partial<Record<keyof typeof scenarios, Difference>> = {
  default: {},
  plain: { not: withoutExtras },
  clean: { without: everything, not: withoutExtras },
  'partial-footprint': { without: (region) => [spam, low, ...addressIds(region).slice(1)] },
  'partly-removed': { without: (region) => [drain, redirect, high, safeList, ...addressIds(region)] },
  'single-junk-rule': { without: [drain, redirect, spam, low] },
  'other-spelling': {
    renamed: {
      [drain]: 'drain:perception point  REDIRECT rule',
      [redirect]: 'rule:perception point  REDIRECT rule',
      [spam]: 'rule:PERCEPTION POINT SPAM RULE',
      [high]: 'rule:send office 365 spam emails to junk folder(high)',
      [low]: 'rule:Send Office 365 Spam Emails To Junk Folder (LOW)',
      [inbound]: 'inbound:disable IP throttling on Perception  Point connector',
      [outbound]: 'outbound:PERCEPTION POINT scanning',
    },
  },
  'older-names': {
    not: [pilotRule],
    renamed: {
      [drain]: 'drain:Perception Point/FortiMail Redirect Rule',
      [redirect]: 'rule:Perception Point/FortiMail Redirect Rule',
      [high]: 'rule:Send Office365 spam emails to junk folder (High)',
      [low]: 'rule:Send Office365 spam emails to junk folder (Low)',
      [inbound]: 'inbound:Disable IP Throttling on PerceptionPoint Connector',
    },
  },
  'hostile-names': {
    renamed: {
      [drain]: 'drain:Perception Point\\u{a}Redirect Rule',
      [redirect]: 'rule:Perception Point\\u{a}Redirect Rule',
      [spam]: 'rule:Perception\\u{9}Point Spam Rule',
    },
    lookalikes: ['inbound:$(calc) "partner" <img src=x onerror=alert(1)>\\u{202e}'],
    leftovers: ['rule:Header \\u{202e}"audit" <b>&amp;</b>'],
  },
  'no-multi-region': { without: ['ip:52.12.169.124'] },
  'customer-address': { without: [safeList] },
  'safe-list-off': { without: [safeList] },
  'disabled-redirect': { without: [drain] },
  'group-scoped': {},
  'many-rules': {},
  'rule-limit': {},
  'same-names': { without: [drain, ...vendorRules], lookalikes: vendorRules },
  'renamed-redirect': {
    ...blocked,
    without: [drain, redirect],
    lookalikes: ['rule:Scanner redirect (do not touch)'],
    blockers: ['routes:Scanner redirect (do not touch)'],
  },
  'routing-rule': { ...blocked, lookalikes: [`rule:${board}`], blockers: [`routes:${board}`] },
  'disabled-routing-rule': { ...blocked, lookalikes: [`rule:${board}`], blockers: [`routes:${board}`] },
  'foreign-addresses': kept(inbound),
  'own-smart-host': kept(outbound),
  'locked-inbound': kept(inbound),
  'on-premises-inbound': { ...kept(inbound), verify: 2, present: [inbound] },
  'unknown-condition': { ...kept(spam), verify: 2, present: [spam] },
  'redacted-text': { ...kept(spam), verify: 2, present: [spam] },
  'old-dlp-condition': kept(low),
  'vendor-host-elsewhere': { lookalikes: ['outbound:Outbound scanning'] },
  'vendor-mx': {
    ...blocked,
    leftovers: ['ses-txt:contoso.com'],
    blockers: ['vendor-mx:contoso.com'],
    present: ['vendor-mx:contoso.com'],
  },
  'third-party-mx': { leftovers: ['mx:contoso.com'] },
  'unresolvable-mx': { unread: ['mx', 'mail-txt', 'mta-sts-policy'] },
  leftovers: {
    leftovers: [
      'rule:Trust the scanner',
      'test-connector:Perception Point Scanning_Test_638412345678901234',
      'transport-config:Transport Settings',
      'spoof:contoso.com',
      'allow-block:support@perception-point.io',
      'journal:Scanner journal',
      'anti-phish:Office365 AntiPhish Default',
      'phish-simulation:_Exe:PhishSimOverr:1',
      'safe-links:Built-In Protection Policy',
      'remote-domain:Scanner',
      'spf:contoso.com',
      'ses-txt:contoso.com',
    ],
  },
  'leftovers-denied': {
    not: ['arc-sealer:Default', 'anti-spam:Default'],
    unread: ['arc-config', 'spoof-items', 'allow-block-items', 'journal-rule', 'content-filter-policy'],
  },
  'deleted-redirect': { without: [drain, redirect] },
  'no-other-mail': { real: 5 },
  'trace-denied': { real: 5 },
  'endless-mail': { verify: 2, otherwise: 'planned', outcomes: { [drain]: 'verified' } },
  'read-only': { real: 1, verify: 2, otherwise: 'planned', outcomes: { [drain]: 'failed' } },
  'connectors-not-removable': {
    real: 1,
    verify: 2,
    outcomes: { [inbound]: 'failed', [outbound]: 'planned' },
  },
  'connectors-denied': {
    ...{ dry: 5, real: 5, verify: 2, otherwise: 'planned' },
    without: [inbound, outbound],
    not: [printers, 'enhanced-filtering:Partner mail from Fabrikam'],
    unread: ['inbound-connector', 'outbound-connector'],
  },
}
