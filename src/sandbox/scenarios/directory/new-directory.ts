import type { DirectoryState } from '../../tenant/directory.ts'
import { tenantIds } from '../../tenant/ids.ts'

/** All that the program needs on Graph, for everything that it does. */
const everyPermission = [
  'Organization.Read.All',
  'Domain.Read.All',
  'Application.Read.All',
  'Directory.Read.All',
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
] as const

/** A directory without applications. */
export function newDirectory(): DirectoryState {
  return {
    organization: { id: tenantIds['contoso.onmicrosoft.com'], displayName: 'Contoso' },
    domains: [
      { id: 'contoso.com', isDefault: true, supportedServices: ['Email', 'OfficeCommunicationsOnline'] },
      { id: 'contoso.onmicrosoft.com', isInitial: true, supportedServices: ['Email'] },
      { id: 'fabrikam.com', supportedServices: ['Email'] },
      { id: 'pending.contoso.com', isVerified: false },
    ],
    servicePrincipals: [],
    appRoleAssignments: [],
    oauth2PermissionGrants: [],
    deletedItems: [],
    permissions: everyPermission,
    locked: [],
    stale: [],
  }
}
