import type { DirectoryState } from '../../tenant/directory.ts'
import { addApp, assignRoles, grantScopes } from '../../tenant/directory-change.ts'
import { guidOf } from '../../tenant/ids.ts'
import { graphAppId } from './microsoft.ts'

/** The vendor's app. Neither its name nor its id are published: these are made up. */
export const remediationApp = {
  appId: 'c7a1f0d2-5b0e-4e55-9d6c-3f1e6d2a9b10',
  displayName: 'Perception Point Remediation',
} as const

/** What the vendor's onboarding leaves in the directory. */
export function addRemediationApp(directory: DirectoryState): void {
  addApp(directory, {
    ...remediationApp,
    appOwnerOrganizationId: guidOf('the tenant of the vendor'),
    publisherName: 'Perception Point Ltd',
    homepage: 'https://xray.perception-point.io',
    replyUrls: ['https://xray.perception-point.io/office365/consent'],
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
  })
  assignRoles(directory, remediationApp.appId, graphAppId, [
    'Mail.ReadWrite',
    'User.Read.All',
    'Domain.Read.All',
  ])
  grantScopes(directory, remediationApp.appId, graphAppId, 'User.Read')
}

/** The directory without an app, and without what it was granted. */
export function dropApp(directory: DirectoryState, appId: string): void {
  const gone = directory.servicePrincipals.find((app) => app.appId === appId)?.id
  directory.servicePrincipals = directory.servicePrincipals.filter(({ id }) => id !== gone)
  directory.appRoleAssignments = directory.appRoleAssignments.filter(
    ({ principalId }) => principalId !== gone,
  )
  directory.oauth2PermissionGrants = directory.oauth2PermissionGrants.filter(
    ({ clientId }) => clientId !== gone,
  )
}
