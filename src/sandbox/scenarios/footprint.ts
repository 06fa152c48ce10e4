import type { Json } from '../../model/json.ts'
import { multiRegionAddress, vendorAddresses } from './addresses.ts'
import { customerNames } from './customer.ts'
import { customerApps } from './directory/customer-apps.ts'
import { dropApp, remediationApp } from './directory/remediation-app.ts'
import type { Scenario } from './scenario.ts'
import { drop, edit, listOf, objectOf, rename, type Seed } from './seed.ts'
import { vendorNames } from './vendor-setup.ts'

const policy = 'connection-filter-policy'
const monthMs = 30 * 86_400_000

function without(value: Json | undefined, gone: string): Json {
  return Array.isArray(value) ? value.filter((entry) => entry !== gone) : []
}

function dropLookalikesAndLeftovers(seed: Seed): void {
  drop(seed, 'transport-rule', customerNames.lookalikeRule, customerNames.quarantineRule)
  drop(seed, 'inbound-connector', customerNames.lookalikeConnector)
  edit(seed, 'inbound-connector', customerNames.partner, { EFSkipIPs: null })
  edit(seed, policy, 'Default', { IPBlockList: ['192.0.2.200'] })
  drop(seed, 'arc-config', 'Default')
  edit(seed, 'content-filter-policy', 'Default', { AllowedSenders: null })
}

function dropAppsOfLikeNames({ directory }: Seed): void {
  const apps = [remediationApp, ...Object.values(customerApps)]
  for (const { appId } of apps) dropApp(directory, appId)
}

function dropVendorRules(seed: Seed): void {
  drop(
    seed,
    'transport-rule',
    vendorNames.redirect,
    vendorNames.spam,
    vendorNames.junkHigh,
    vendorNames.junkLow,
  )
}

/** Takes away everything that the vendor has in the mail flow, and what it left or is like it. */
export function dropVendorMailFlow(seed: Seed): void {
  dropLookalikesAndLeftovers(seed)
  dropVendorRules(seed)
  drop(seed, 'inbound-connector', vendorNames.inbound)
  drop(seed, 'outbound-connector', vendorNames.outbound)
  edit(seed, policy, 'Default', { IPAllowList: null, EnableSafeList: null })
}

/** How much of the vendor's set-up is there, and under which names. */
export const footprintScenarios = {
  plain: {
    description: 'the full set-up in the mail flow, without lookalikes and leftovers, and no app',
    change(seed) {
      dropLookalikesAndLeftovers(seed)
      dropAppsOfLikeNames(seed)
    },
  },
  clean: {
    description: 'nothing of the vendor: it was taken off before, or never there',
    change(seed) {
      dropVendorMailFlow(seed)
      dropAppsOfLikeNames(seed)
      for (const span of seed.vendor.channel) span.to = Date.now() - monthMs
    },
  },
  'partial-footprint': {
    description: 'a set-up that never was complete: one address, no spam rule, no low junk rule',
    change(seed) {
      drop(seed, 'transport-rule', vendorNames.spam, vendorNames.junkLow)
      edit(seed, policy, 'Default', { IPAllowList: vendorAddresses(seed.regions).slice(0, 1) })
    },
  },
  'partly-removed': {
    description: 'somebody began by hand: the redirect rule, one junk rule and the addresses are gone',
    change(seed) {
      drop(seed, 'transport-rule', vendorNames.redirect, vendorNames.junkHigh)
      edit(seed, policy, 'Default', { IPAllowList: null })
    },
  },
  'other-spelling': {
    description: 'the vendor’s names in other case and with other spaces',
    change(seed) {
      rename(seed, 'transport-rule', vendorNames.redirect, 'perception point  REDIRECT rule')
      rename(seed, 'transport-rule', vendorNames.spam, 'PERCEPTION POINT SPAM RULE')
      rename(seed, 'transport-rule', vendorNames.junkHigh, 'send office 365 spam emails to junk folder(high)')
      rename(seed, 'transport-rule', vendorNames.junkLow, 'Send Office 365 Spam Emails To Junk Folder (LOW)')
      rename(
        seed,
        'inbound-connector',
        vendorNames.inbound,
        'disable IP throttling on Perception  Point connector',
      )
      rename(seed, 'outbound-connector', vendorNames.outbound, 'PERCEPTION POINT scanning')
    },
  },
  'older-names': {
    description: 'the spellings of earlier versions of the vendor’s set-up',
    change(seed) {
      drop(seed, 'transport-rule', customerNames.lookalikeRule)
      rename(seed, 'transport-rule', vendorNames.redirect, 'Perception Point/FortiMail Redirect Rule')
      rename(seed, 'transport-rule', vendorNames.junkHigh, 'Send Office365 spam emails to junk folder (High)')
      rename(seed, 'transport-rule', vendorNames.junkLow, 'Send Office365 spam emails to junk folder (Low)')
      rename(
        seed,
        'inbound-connector',
        vendorNames.inbound,
        'Disable IP Throttling on PerceptionPoint Connector',
      )
    },
  },
  'no-multi-region': {
    description: 'a set-up without the multi-region address',
    change(seed) {
      for (const [kind, name, property] of [
        [policy, 'Default', 'IPAllowList'],
        ['inbound-connector', vendorNames.inbound, 'SenderIPAddresses'],
        ['transport-rule', vendorNames.redirect, 'ExceptIfSenderIpRanges'],
      ] as const) {
        const before = objectOf(seed, kind, name).properties[property]
        edit(seed, kind, name, { [property]: without(before, multiRegionAddress) })
      }
    },
  },
  'customer-address': {
    description: 'the allow list also holds an address of the customer’s: the safe list stays on',
    change(seed) {
      edit(seed, policy, 'Default', { IPAllowList: ['203.0.113.10', ...vendorAddresses(seed.regions)] })
    },
  },
  'safe-list-off': {
    description: 'the safe list is off already',
    change: (seed) => edit(seed, policy, 'Default', { EnableSafeList: null }),
  },
  'disabled-redirect': {
    description: 'the redirect rule is disabled, and has been for long',
    change: (seed) => edit(seed, 'transport-rule', vendorNames.redirect, { State: 'Disabled' }),
  },
  'group-scoped': {
    description: 'the redirect rule is for a group, not for a domain',
    change: (seed) =>
      edit(seed, 'transport-rule', vendorNames.redirect, {
        RecipientDomainIs: null,
        SentToMemberOf: ['pp-pilot@contoso.com'],
      }),
  },
  'single-junk-rule': {
    description: 'only the high junk rule of the four rules is left',
    change(seed) {
      const kept = listOf(seed, 'transport-rule').find(({ name }) => name === vendorNames.junkHigh)
      dropVendorRules(seed)
      if (kept !== undefined) listOf(seed, 'transport-rule').push(kept)
    },
  },
} as const satisfies Record<string, Scenario>
