import * as z from 'zod'
import type { JsonObject } from '../../src/model/json.ts'
import type { AppRole, Directory, ResourceApp, ServicePrincipal } from './directory.ts'
import { unlessGone } from './directory.ts'
import { parsed, path } from './transport.ts'

/** An application permission that an app has on an API. */
export interface RoleAssignment {
  readonly id: string
  readonly appRoleId: string
  readonly resourceId: string
  readonly resourceName: string
  /** undefined when the API does not offer it any more. */
  readonly role: AppRole | undefined
  /** As Graph answers it. */
  readonly whole: JsonObject
}

/** What an app may do on behalf of people. */
export interface DelegatedGrant {
  readonly id: string
  readonly consentType: string
  /** The one person who consented; null for everyone. */
  readonly principalId: string | null
  readonly resourceId: string
  readonly resourceName: string
  /** Scopes, sorted. */
  readonly scopes: readonly string[]
  readonly whole: JsonObject
}

const assignmentRow = z.looseObject({
  id: z.string().min(1),
  appRoleId: z.string(),
  resourceId: z.guid(),
  resourceDisplayName: z.string().nullish(),
})

const grantRow = z.looseObject({
  id: z.string().min(1),
  consentType: z.string(),
  principalId: z.string().nullish(),
  resourceId: z.guid(),
  scope: z.string().nullish(),
})

export function scopesOf(scope: string): readonly string[] {
  return [...new Set(scope.split(/\s+/).filter((name) => name !== ''))].sort()
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments */
export async function assignmentsOf(
  directory: Directory,
  app: ServicePrincipal,
): Promise<readonly RoleAssignment[]> {
  const tried = `read the application permissions of "${app.name}"`
  const ask = { path: path`/servicePrincipals/${app.id}/appRoleAssignments`, tried }
  const rows = (await unlessGone(directory.graph.all(ask))) ?? []
  const assignments = rows.map(async (whole) => {
    const { id, appRoleId, resourceId, resourceDisplayName } = parsed(assignmentRow, whole, tried)
    directory.assignedOn.set(id, resourceId)
    const resource: ResourceApp = await directory.resource(resourceId)
    const resourceName = resourceDisplayName || resource.displayName
    return { id, appRoleId, resourceId, resourceName, role: resource.roles.get(appRoleId), whole }
  })
  return (await Promise.all(assignments)).sort(byId)
}

/** Filtered by the client, as the service is then least behind: https://learn.microsoft.com/graph/api/oauth2permissiongrant-list */
export async function grantsOf(
  { graph, resource }: Directory,
  app: ServicePrincipal,
): Promise<readonly DelegatedGrant[]> {
  const tried = `read the delegated permissions of "${app.name}"`
  const query = { $filter: `clientId eq '${app.id}'` }
  const rows = await graph.all({ path: path`/oauth2PermissionGrants`, query, tried })
  const grants = rows.map(async (whole) => {
    const row = parsed(grantRow, whole, tried)
    const { displayName } = await resource(row.resourceId)
    return {
      id: row.id,
      consentType: row.consentType,
      principalId: row.principalId ?? null,
      resourceId: row.resourceId,
      resourceName: displayName,
      scopes: scopesOf(row.scope ?? ''),
      whole,
    }
  })
  return (await Promise.all(grants)).sort(byId)
}
