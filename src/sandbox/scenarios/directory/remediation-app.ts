import { type DirectoryState, servicePrincipalId } from '../../tenant/directory.ts'
import { addApp, assignRoles, grantScopes } from '../../tenant/directory-change.ts'
import { guidOf } from '../../tenant/ids.ts'
import { graphAppId } from './microsoft.ts'

/** The vendor's app. Neither its name nor its id are published: these are made up. */
export const remediationApp = {
  appId: 'c7a1f0d2-5b0e-4e55-9d6c-3f1e6d2a9b10',
  displayName: 'Perception Point Remediation',
} as const

/** Its service principal; each consent to an app that is not there makes another object. */
export function addRemediationApp(
  directory: DirectoryState,
  id = servicePrincipalId(remediationApp.appId),
): void {
  addApp(directory, {
    ...remediationApp,
    id,
    appOwnerOrganizationId: guidOf('the tenant of the vendor'),
    publisherName: 'Perception Point Ltd',
    homepage: 'https://xray.perception-point.io',
    replyUrls: ['https://xray.perception-point.io/office365/consent'],
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
  })
}

/** What the customer's consent gives it. */
export function grantRemediationApp(directory: DirectoryState, origin = ''): void {
  const granting = { app: remediationApp.appId, resource: graphAppId, origin }
  assignRoles(directory, granting, ['Mail.ReadWrite', 'User.Read.All', 'Domain.Read.All'])
  grantScopes(directory, granting, 'User.Read')
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
