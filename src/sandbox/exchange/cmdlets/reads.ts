import type { Kind } from '../../tenant/state.ts'
import { type Cmdlet, type CmdletTable, getCmdlet } from '../cmdlet.ts'

/** Cmdlets that read one kind of object, all of it or one by identity. */
const plain: Readonly<Record<string, Kind>> = {
  'Get-AcceptedDomain': 'accepted-domain',
  'Get-TransportConfig': 'transport-config',
  'Get-OrganizationConfig': 'organization-config',
  'Get-JournalRule': 'journal-rule',
  'Get-HostedContentFilterPolicy': 'content-filter-policy',
  'Get-AntiPhishPolicy': 'anti-phish-policy',
  'Get-PhishSimOverridePolicy': 'phish-sim-policy',
  'Get-ExoPhishSimOverrideRule': 'phish-sim-rule',
  'Get-SecOpsOverridePolicy': 'sec-ops-policy',
  'Get-ExoSecOpsOverrideRule': 'sec-ops-rule',
  'Get-SafeLinksPolicy': 'safe-links-policy',
  'Get-SafeAttachmentPolicy': 'safe-attachment-policy',
  'Get-RemoteDomain': 'remote-domain',
  'Get-DkimSigningConfig': 'dkim-signing-config',
  'Get-DistributionGroup': 'distribution-group',
  'Get-MailContact': 'mail-contact',
  'Get-ServicePrincipal': 'service-principal',
  'Get-RoleGroup': 'role-group',
}

const arcConfig = getCmdlet('arc-config')

/** Without a sealer the service answers one empty row. */
const getArcConfig: Cmdlet = (context) => {
  const rows = arcConfig(context)
  return rows.length === 0 ? [null] : rows
}

export const readCmdlets: CmdletTable = {
  ...Object.fromEntries(Object.entries(plain).map(([name, kind]) => [name, getCmdlet(kind)])),
  'Get-ArcConfig': getArcConfig,
  'Get-TenantAllowBlockListItems': getCmdlet(
    'allow-block-entry',
    ({ properties }, { parameters }) =>
      properties.ListType === parameters.ListType &&
      (parameters.Allow !== true || properties.Action === 'Allow') &&
      (parameters.Block !== true || properties.Action !== 'Allow'),
  ),
  'Get-TenantAllowBlockListSpoofItems': getCmdlet(
    'spoof-entry',
    ({ properties }, { parameters }) =>
      parameters.Action === undefined || parameters.Action === (properties.Action ?? 'Allow'),
  ),
}
