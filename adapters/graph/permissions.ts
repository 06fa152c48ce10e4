/** Sets of permissions of which one is enough; of a set all are needed. */
interface Permissions {
  /** The least, as the documentation has it. */
  readonly least: readonly string[]
  /** Others that are accepted, from less to more. */
  readonly accepted: readonly (readonly string[])[]
}

/** What a request is for: reading, switching an app, revoking its grants, deleting it, bringing it back. */
export type Act = 'read' | 'switch' | 'revoke' | 'delete' | 'restore' | 'grant'

/** A request that the adapter makes, and what the caller must be allowed. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/v1.0`; a `{…}` stands for one segment. */
  readonly path: string
  readonly act: Act
  /** For a caller without a person: application permissions. */
  readonly application: Permissions
  /** For a person: delegated permissions. A directory role is needed besides, Cloud Application Administrator. */
  readonly delegated: Permissions
  readonly documentation: string
}

const none: Permissions['accepted'] = []

function each(...permissions: readonly string[]): Permissions['accepted'] {
  return permissions.map((permission) => [permission])
}

const readApplications = {
  application: {
    least: ['Application.Read.All'],
    accepted: each('Directory.Read.All', 'Application.ReadWrite.All'),
  },
  delegated: {
    least: ['Application.Read.All'],
    accepted: each('Directory.Read.All', 'Application.ReadWrite.All', 'Directory.ReadWrite.All'),
  },
}

/** Application.ReadWrite.OwnedBy is documented as less, and works only for apps that the caller owns. */
const writeApplications = {
  application: { least: ['Application.ReadWrite.All'], accepted: each('Directory.ReadWrite.All') },
  delegated: { least: ['Application.ReadWrite.All'], accepted: each('Directory.ReadWrite.All') },
}

const deleteApplications = {
  application: { least: ['Application.ReadWrite.All'], accepted: none },
  delegated: { least: ['Application.ReadWrite.All'], accepted: none },
}

const writeGrant = {
  least: ['DelegatedPermissionGrant.ReadWrite.All'],
  accepted: each('Directory.ReadWrite.All'),
}
const writeGrants = { application: writeGrant, delegated: writeGrant }

const readGrant = {
  least: ['Directory.Read.All'],
  accepted: each('DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'),
}

const revokeRoles = { least: ['AppRoleAssignment.ReadWrite.All'], accepted: none }
const grantRoles = {
  least: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
  accepted: [['AppRoleAssignment.ReadWrite.All', 'Directory.Read.All']],
}

function documented(page: string): string {
  return `https://learn.microsoft.com/graph/api/${page}?view=graph-rest-1.0`
}

/** All requests that the adapter makes. The wire lets no other pass. */
export const requests: readonly GraphRequest[] = [
  {
    method: 'GET',
    path: '/organization',
    act: 'read',
    application: {
      least: ['Organization.Read.All'],
      accepted: each('Directory.Read.All', 'Organization.ReadWrite.All', 'Directory.ReadWrite.All'),
    },
    delegated: {
      least: ['User.Read'],
      accepted: each('Organization.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'),
    },
    documentation: documented('organization-list'),
  },
  {
    method: 'GET',
    path: '/domains',
    act: 'read',
    application: {
      least: ['Domain.Read.All'],
      accepted: each('Directory.Read.All', 'Domain.ReadWrite.All'),
    },
    delegated: { least: ['Domain.Read.All'], accepted: each('Directory.Read.All', 'Domain.ReadWrite.All') },
    documentation: documented('domain-list'),
  },
  {
    method: 'GET',
    path: '/servicePrincipals',
    act: 'read',
    ...readApplications,
    documentation: documented('serviceprincipal-list'),
  },
  {
    method: 'GET',
    path: '/servicePrincipals/{id}',
    act: 'read',
    ...readApplications,
    documentation: documented('serviceprincipal-get'),
  },
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/appRoleAssignments',
    act: 'read',
    ...readApplications,
    documentation: documented('serviceprincipal-list-approleassignments'),
  },
  {
    method: 'GET',
    path: '/oauth2PermissionGrants',
    act: 'read',
    application: readGrant,
    delegated: readGrant,
    documentation: documented('oauth2permissiongrant-list'),
  },
  {
    method: 'PATCH',
    path: '/servicePrincipals/{id}',
    act: 'switch',
    ...writeApplications,
    documentation: documented('serviceprincipal-update'),
  },
  {
    method: 'DELETE',
    path: '/servicePrincipals/{id}/appRoleAssignedTo/{id}',
    act: 'revoke',
    application: revokeRoles,
    delegated: revokeRoles,
    documentation: documented('serviceprincipal-delete-approleassignedto'),
  },
  {
    method: 'DELETE',
    path: '/oauth2PermissionGrants/{id}',
    act: 'revoke',
    ...writeGrants,
    documentation: documented('oauth2permissiongrant-delete'),
  },
  {
    method: 'DELETE',
    path: '/servicePrincipals/{id}',
    act: 'delete',
    ...deleteApplications,
    documentation: documented('serviceprincipal-delete'),
  },
  {
    method: 'POST',
    path: '/directory/deletedItems/{id}/restore',
    act: 'restore',
    ...deleteApplications,
    documentation: documented('directory-deleteditems-restore'),
  },
  {
    method: 'POST',
    path: '/servicePrincipals',
    act: 'restore',
    ...writeApplications,
    documentation: documented('serviceprincipal-post-serviceprincipals'),
  },
  {
    method: 'POST',
    path: '/servicePrincipals/{id}/appRoleAssignedTo',
    act: 'grant',
    application: grantRoles,
    delegated: grantRoles,
    documentation: documented('serviceprincipal-post-approleassignedto'),
  },
  {
    method: 'POST',
    path: '/oauth2PermissionGrants',
    act: 'grant',
    ...writeGrants,
    documentation: documented('oauth2permissiongrant-post'),
  },
]

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('{id}', '[^/]+')}$`, 'i')
}

const patterns = requests.map((request) => ({ request, path: pattern(request.path) }))

/** The row of a request; undefined when the adapter makes no such one. `path` is below `/v1.0`. */
export function requestFor(method: string, path: string): GraphRequest | undefined {
  return patterns.find(({ request, path: form }) => request.method === method && form.test(path))?.request
}
