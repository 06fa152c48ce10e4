import type { DirectoryState } from '../../tenant/directory.ts'
import { addApp, assignRoles, grantScopes } from '../../tenant/directory-change.ts'
import { guidOf, tenantIds } from '../../tenant/ids.ts'
import { exchangeAppId, graphAppId } from './microsoft.ts'

/** Apps of the customer's own whose names are like the vendor's. */
export const customerApps = {
  survey: { appId: '5d0c3f6a-91b7-4f0e-8a34-0d6c2b7e1f55', displayName: 'Perception Points Survey' },
  relay: { appId: 'a49be1c7-2f58-4d3b-b0c1-7e6a9d4f8812', displayName: 'FortiMail Relay Monitor' },
} as const

const ownTenant = tenantIds['contoso.onmicrosoft.com']

/** Apps that have nothing to do with the vendor: name, publisher, the customer's own when there is none. */
const ordinary = [
  ['Contoso Intranet', null],
  ['Contoso HR Portal', null],
  ['Payroll Export', null],
  ['Adobe Acrobat', 'Adobe Inc.'],
  ['Atlassian Cloud', 'Atlassian US, Inc.'],
  ['Salesforce', 'Salesforce.com, inc.'],
  ['Slack', 'Slack Technologies, LLC'],
  ['Zoom', 'Zoom Video Communications, Inc.'],
  ['DocuSign', 'DocuSign Inc.'],
  ['Veeam Backup for Microsoft 365', 'Veeam Software Group GmbH'],
] as const

function ordinaryAppId(name: string): string {
  return guidOf(`application ${name}`)
}

function addOrdinaryApps(directory: DirectoryState): void {
  for (const [displayName, publisherName] of ordinary)
    addApp(directory, {
      appId: ordinaryAppId(displayName),
      displayName,
      appOwnerOrganizationId: publisherName === null ? ownTenant : guidOf(`tenant of ${publisherName}`),
      publisherName: publisherName ?? 'Contoso',
      signInAudience: publisherName === null ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    })
  const backup = ordinaryAppId('Veeam Backup for Microsoft 365')
  assignRoles(directory, { app: backup, resource: graphAppId }, [
    'Mail.Read',
    'Files.Read.All',
    'User.Read.All',
  ])
  assignRoles(directory, { app: backup, resource: exchangeAppId }, ['full_access_as_app'])
  grantScopes(directory, { app: ordinaryAppId('Slack'), resource: graphAppId }, 'User.Read profile')
  grantScopes(
    directory,
    { app: ordinaryAppId('Zoom'), resource: graphAppId },
    'User.Read',
    guidOf('user anna'),
  )
}

/** Everything in the directory that is the customer's own. */
export function addCustomerApps(directory: DirectoryState): void {
  addOrdinaryApps(directory)
  for (const app of Object.values(customerApps))
    addApp(directory, {
      ...app,
      appOwnerOrganizationId: ownTenant,
      publisherName: 'Contoso',
      signInAudience: 'AzureADMyOrg',
    })
  grantScopes(directory, { app: customerApps.survey.appId, resource: graphAppId }, 'User.Read')
  assignRoles(directory, { app: customerApps.relay.appId, resource: graphAppId }, ['Mail.Read'])
}
