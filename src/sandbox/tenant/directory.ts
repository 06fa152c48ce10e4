import type { JsonObject } from '../../model/json.ts'
import { guidOf } from './ids.ts'
import type { SandboxState } from './state.ts'

/** Kinds of object that a directory read may see as they were before. */
export const directoryKinds = ['servicePrincipals', 'appRoleAssignments', 'oauth2PermissionGrants'] as const
export type DirectoryKind = (typeof directoryKinds)[number]

/** An object as it is kept: only what differs from the kind's defaults. */
export interface DirectoryObject extends JsonObject {
  readonly id: string
}

/** Reads of a kind that answer what was there before a write. */
interface StaleDirectory {
  readonly kind: DirectoryKind
  readonly objects: readonly DirectoryObject[]
  /** Reads that see the new state first. */
  skip: number
  left: number
}

/** The tenant's Entra directory, as far as Graph shows it here. */
export interface DirectoryState {
  organization: { readonly id: string; readonly displayName: string }
  domains: readonly JsonObject[]
  servicePrincipals: readonly DirectoryObject[]
  appRoleAssignments: readonly DirectoryObject[]
  oauth2PermissionGrants: readonly DirectoryObject[]
  /** Deleted service principals, with `deletedDateTime`; those of more than 30 days ago cannot be restored. */
  deletedItems: readonly DirectoryObject[]
  /** Permissions on Microsoft Graph that the caller holds, by name. */
  permissions: readonly string[]
  /** Ids of grants that nobody may delete. */
  locked: readonly string[]
  stale: StaleDirectory[]
}

/** The object id that a service principal of this application has when the tenant is made. */
export function servicePrincipalId(appId: string): string {
  return guidOf(`service principal ${appId}`)
}

/** The objects as this read sees them; a stale view is used up by it. */
export function seenObjects(state: SandboxState, kind: DirectoryKind): readonly DirectoryObject[] {
  const { directory } = state
  const stale = directory.stale.find((reads) => reads.kind === kind)
  if (stale === undefined) return directory[kind]
  if (stale.skip > 0) {
    stale.skip -= 1
    return directory[kind]
  }
  stale.left -= 1
  directory.stale = directory.stale.filter((reads) => reads.left > 0)
  return stale.objects
}
