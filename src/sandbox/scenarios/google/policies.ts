import type { JsonObject } from '../../../model/json.ts'
import type { RegionId } from '../../../model/words.ts'
import type { GooglePolicy } from '../../tenant/google.ts'
import { complianceType, ruleStatesType } from '../../tenant/google-policies.ts'
import { vendorAddresses } from '../addresses.ts'
import { groupIds, type OrgUnitPath, orgUnitIds, policyId, ruleId } from './ids.ts'
import { customerRules, redirectRule } from './rules.ts'

interface Place {
  readonly unit?: OrgUnitPath
  readonly group?: keyof typeof groupIds
  readonly source?: GooglePolicy['source']
}

const depths: Readonly<Record<OrgUnitPath, number>> = {
  '/': 1,
  '/Sales': 101,
  '/Sales/EMEA': 201,
  '/Finance': 102,
  '/Contractors': 103,
}

/** A policy of a type at a place; there is one for each. */
export function policy(
  type: string,
  value: JsonObject,
  { unit = '/', group, source = 'ADMIN' }: Place = {},
): GooglePolicy {
  return {
    id: policyId(`${type} ${unit} ${group ?? ''}`),
    type: type.startsWith('settings/') ? type : `settings/${type}`,
    orgUnit: orgUnitIds[unit],
    ...(group === undefined ? {} : { group: groupIds[group] }),
    sortOrder: source === 'SYSTEM' ? 0 : depths[unit] + (group === undefined ? 0 : 1000.00086),
    source,
    value,
  }
}

/** Compliance rules at a place, with their states. */
export function compliancePolicies(
  rules: readonly JsonObject[],
  place: Place = {},
  off: readonly JsonObject[] = [],
): readonly GooglePolicy[] {
  const ruleStates = rules.map((rule) => ({ ruleId: String(rule.ruleId), enabled: !off.includes(rule) }))
  return [
    policy(complianceType, { contentComplianceRules: rules }, place),
    policy(ruleStatesType, { ruleStates }, place),
  ]
}

const partnerList = ruleId('address list partners')
const scannerList = ruleId('address list scanner')
const noList = ruleId('address list blocked')

/** Lists in which something of the vendor may stand. A list of senders holds ids of address lists. */
function listPolicies(regions: readonly RegionId[]): readonly GooglePolicy[] {
  const [address = ''] = vendorAddresses(regions)
  const addressOf = (text: string) => ({ address: text, requireAddressVerification: true })
  return [
    policy('gmail.email_spam_filter_ip_allowlist', {
      allowedIpAddresses: ['203.0.113.10', address, '198.51.100.0/24'],
    }),
    policy('gmail.email_address_lists', {
      emailAddressList: [
        { id: partnerList, name: 'Partners', addressList: { address: [addressOf('fabrikam.com')] } },
        {
          id: scannerList,
          name: 'Scanner notices',
          addressList: {
            address: [addressOf('no-reply@perception-point.io'), addressOf('alerts@adatum.example')],
          },
        },
        { id: noList, name: 'Not wanted', addressList: { address: [addressOf('bulk@adatum.example')] } },
      ],
    }),
    policy('gmail.spam_override_lists', {
      spamOverride: [
        {
          ruleId: ruleId('spam override'),
          description: 'Trusted senders',
          enableAggressiveFiltering: false,
          addToQuarantine: false,
          bypassInternalSenders: true,
          bypassSelectedSenders: true,
          bypassSenderAllowlist: [partnerList, scannerList],
          hideWarningBannerFromSelectedSenders: false,
          hideWarningBannerSenderAllowlist: [],
          hideWarningBannerForAll: false,
        },
      ],
    }),
    policy('gmail.blocked_sender_lists', {
      blockedSenders: [
        {
          ruleId: ruleId('blocked senders'),
          description: 'Blocked senders',
          senderBlocklist: [noList],
          bypassApprovedSender: true,
          bypassApprovedSenderAllowlist: [scannerList],
        },
      ],
    }),
  ]
}

/** Settings that every customer has, and that have nothing to do with the vendor. */
function ordinaryPolicies(): readonly GooglePolicy[] {
  return [
    policy('gmail.service_status', { serviceState: 'ENABLED' }, { source: 'SYSTEM' }),
    policy('gmail.service_status', { serviceState: 'DISABLED' }, { unit: '/Contractors' }),
    policy('gmail.per_user_outbound_gateway', { allowUsersToUseExternalSmtpServers: false }),
    policy('gmail.comprehensive_mail_storage', { ruleId: '' }),
    policy('gmail.attachment_compliance', { attachmentComplianceRules: [] }),
    policy('gmail.objectionable_content', { objectionableContentRules: [] }),
    policy('gmail.spoofing_and_authentication', { detectDomainNameSpoofing: true }, { source: 'SYSTEM' }),
    policy('gmail.imap_access', { enableImapAccess: false }, { unit: '/Finance' }),
    policy('calendar.service_status', { serviceState: 'ENABLED' }, { source: 'SYSTEM' }),
    policy('drive_and_docs.external_sharing', { externalSharingMode: 'ALLOWED' }, { unit: '/Sales' }),
    policy('security.password', { minimumLength: 12, allowedStrength: 'STRONG' }),
    policy('api_controls.internal_apps', { trustInternalApps: false }),
  ]
}

/** Every policy of the customer, with the vendor's rule among the top unit's. */
export function defaultPolicies(regions: readonly RegionId[]): readonly GooglePolicy[] {
  const { archive, card, training, header, legal } = customerRules
  return [
    ...compliancePolicies([card, redirectRule(), archive, header]),
    ...compliancePolicies([training], { unit: '/Finance' }),
    ...compliancePolicies([legal], { group: 'board' }, [legal]),
    ...listPolicies(regions),
    ...ordinaryPolicies(),
  ]
}
