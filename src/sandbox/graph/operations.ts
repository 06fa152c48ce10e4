const readApps = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'] as const
const readGrants = [
  'Directory.Read.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Directory.ReadWrite.All',
] as const
const writeGrants = ['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'] as const
const grantRole = [
  'AppRoleAssignment.ReadWrite.All and Application.Read.All',
  'AppRoleAssignment.ReadWrite.All and Directory.Read.All',
] as const

/** A request that Graph v1.0 knows, and the permissions of which one (or those joined by "and") is needed. */
export interface Operation {
  /** By which it is counted, and failed: the method and the last resource of the path. */
  readonly name: string
  /** What an application needs that acts for itself, least privileged first. */
  readonly application: readonly string[]
  /** What an application needs that acts for a signed-in user. */
  readonly delegated: readonly string[]
  /** The page of https://learn.microsoft.com/graph/api/ that publishes them. */
  readonly page: string
}

/** All that the sandbox's Graph answers to: method, and path behind /v1.0, a name in braces for any one segment. */
export const operations = {
  'GET /organization': {
    name: 'GET organization',
    application: [
      'Organization.Read.All',
      'Directory.Read.All',
      'Organization.ReadWrite.All',
      'Directory.ReadWrite.All',
    ],
    delegated: [
      'User.Read',
      'Organization.Read.All',
      'Directory.Read.All',
      'Organization.ReadWrite.All',
      'Directory.ReadWrite.All',
    ],
    page: 'organization-list',
  },
  'GET /domains': {
    name: 'GET domains',
    application: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'],
    delegated: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'],
    page: 'domain-list',
  },
  'GET /servicePrincipals': {
    name: 'GET servicePrincipals',
    application: [...readApps, 'Application.ReadWrite.OwnedBy'],
    delegated: [...readApps, 'Directory.ReadWrite.All'],
    page: 'serviceprincipal-list',
  },
  'GET /servicePrincipals/{app}': {
    name: 'GET servicePrincipals',
    application: [...readApps, 'Application.ReadWrite.OwnedBy'],
    delegated: [...readApps, 'Directory.ReadWrite.All'],
    page: 'serviceprincipal-get',
  },
  'GET /servicePrincipals/{app}/appRoleAssignments': {
    name: 'GET appRoleAssignments',
    application: [...readApps, 'Application.ReadWrite.OwnedBy', 'Directory.ReadWrite.All'],
    delegated: [...readApps, 'Directory.ReadWrite.All'],
    page: 'serviceprincipal-list-approleassignments',
  },
  'GET /servicePrincipals/{app}/appRoleAssignedTo': {
    name: 'GET appRoleAssignedTo',
    application: [...readApps, 'Application.ReadWrite.OwnedBy', 'Directory.ReadWrite.All'],
    delegated: [...readApps, 'Directory.ReadWrite.All'],
    page: 'serviceprincipal-list-approleassignedto',
  },
  'GET /servicePrincipals/{app}/oauth2PermissionGrants': {
    name: 'GET oauth2PermissionGrants',
    application: readGrants,
    delegated: readGrants,
    page: 'serviceprincipal-list-oauth2permissiongrants',
  },
  'GET /oauth2PermissionGrants': {
    name: 'GET oauth2PermissionGrants',
    application: readGrants,
    delegated: readGrants,
    page: 'oauth2permissiongrant-list',
  },
  'GET /directory/deletedItems/microsoft.graph.servicePrincipal': {
    name: 'GET deletedItems',
    application: readApps,
    delegated: readApps,
    page: 'directory-deleteditems-list',
  },
  'PATCH /servicePrincipals/{app}': {
    name: 'PATCH servicePrincipals',
    application: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    delegated: ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    page: 'serviceprincipal-update',
  },
  'DELETE /servicePrincipals/{app}': {
    name: 'DELETE servicePrincipals',
    application: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'],
    delegated: ['Application.ReadWrite.All'],
    page: 'serviceprincipal-delete',
  },
  'POST /servicePrincipals': {
    name: 'POST servicePrincipals',
    application: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    delegated: ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    page: 'serviceprincipal-post-serviceprincipals',
  },
  'POST /directory/deletedItems/{id}/restore': {
    name: 'POST restore',
    application: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'],
    delegated: ['Application.ReadWrite.All'],
    page: 'directory-deleteditems-restore',
  },
  'POST /servicePrincipals/{app}/appRoleAssignedTo': {
    name: 'POST appRoleAssignedTo',
    application: grantRole,
    delegated: grantRole,
    page: 'serviceprincipal-post-approleassignedto',
  },
  'DELETE /servicePrincipals/{app}/appRoleAssignedTo/{id}': {
    name: 'DELETE appRoleAssignedTo',
    application: ['AppRoleAssignment.ReadWrite.All'],
    delegated: ['AppRoleAssignment.ReadWrite.All'],
    page: 'serviceprincipal-delete-approleassignedto',
  },
  'DELETE /servicePrincipals/{app}/appRoleAssignments/{id}': {
    name: 'DELETE appRoleAssignments',
    application: ['AppRoleAssignment.ReadWrite.All'],
    delegated: ['AppRoleAssignment.ReadWrite.All'],
    page: 'serviceprincipal-delete-approleassignments',
  },
  'POST /oauth2PermissionGrants': {
    name: 'POST oauth2PermissionGrants',
    application: writeGrants,
    delegated: writeGrants,
    page: 'oauth2permissiongrant-post',
  },
  'DELETE /oauth2PermissionGrants/{id}': {
    name: 'DELETE oauth2PermissionGrants',
    application: writeGrants,
    delegated: writeGrants,
    page: 'oauth2permissiongrant-delete',
  },
} as const satisfies Readonly<Record<string, Operation>>

export type OperationKey = keyof typeof operations
