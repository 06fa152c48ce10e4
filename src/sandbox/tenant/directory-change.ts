import * as z from 'zod'
import { UsageError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import { type DirectoryObject, type DirectoryState, servicePrincipalId } from './directory.ts'
import { opaqueId } from './ids.ts'
import { type SandboxState, sandboxNow } from './state.ts'

type Directory = Pick<DirectoryState, 'servicePrincipals' | 'appRoleAssignments' | 'oauth2PermissionGrants'>

const rolesSchema = z.array(z.looseObject({ id: z.string(), value: z.string() }))
const createdDateTime = '2025-09-08T07:15:02Z'

/** The service principal of an application, or of a name. Throws a UsageError when there is none. */
export function appNamed({ servicePrincipals }: Directory, name: string): DirectoryObject {
  const found = servicePrincipals.find((app) => [app.appId, app.displayName, app.id].includes(name))
  if (found !== undefined) return found
  throw new UsageError({ tried: `find the app "${name}" in the sandbox's directory`, said: 'there is none' })
}

/** Makes the service principal of an application, last. */
export function addApp(
  directory: Directory,
  app: JsonObject & { readonly appId: string; readonly displayName: string },
): void {
  const made = {
    id: servicePrincipalId(app.appId),
    appDisplayName: app.displayName,
    servicePrincipalNames: [app.appId],
    createdDateTime,
    ...app,
  }
  directory.servicePrincipals = [...directory.servicePrincipals, made]
}

/** Who gets what: both by application id, object id or name. `origin` makes ids that differ from those of before. */
export interface Granting {
  readonly app: string
  readonly resource: string
  readonly origin?: string
}

/** Gives an app roles (application permissions) of another, by their values. What it has already stays as it is. */
export function assignRoles(
  directory: Directory,
  { app, resource, origin = '' }: Granting,
  values: readonly string[],
): void {
  const principal = appNamed(directory, app)
  const { id: resourceId, displayName, appRoles } = appNamed(directory, resource)
  const roles = rolesSchema.parse(appRoles)
  const has = (appRoleId: string): boolean =>
    directory.appRoleAssignments.some(
      (one) => one.principalId === principal.id && one.appRoleId === appRoleId,
    )
  const wanted = values.map((value) => {
    const role = roles.find((one) => one.value === value)
    if (role !== undefined) return role.id
    throw new UsageError({ tried: `grant ${value}`, said: `${String(displayName)} has no such role` })
  })
  const made = wanted
    .filter((appRoleId) => !has(appRoleId))
    .map((appRoleId) => ({
      id: opaqueId(`${principal.id} ${resourceId} ${appRoleId}${origin}`),
      appRoleId,
      createdDateTime,
      principalDisplayName: principal.displayName ?? null,
      principalId: principal.id,
      resourceDisplayName: displayName ?? null,
      resourceId,
    }))
  directory.appRoleAssignments = [...directory.appRoleAssignments, ...made]
}

/** Gives an app scopes (delegated permissions) of another: for everyone, or for one user; in place of those it had. */
export function grantScopes(
  directory: Directory,
  { app, resource, origin = '' }: Granting,
  scope: string,
  principalId: string | null = null,
): void {
  const clientId = appNamed(directory, app).id
  const resourceId = appNamed(directory, resource).id
  const isSame = (one: DirectoryObject): boolean =>
    one.clientId === clientId && one.resourceId === resourceId && one.principalId === principalId
  const before = directory.oauth2PermissionGrants.find(isSame)
  const made = {
    clientId,
    consentType: principalId === null ? 'AllPrincipals' : 'Principal',
    id: before?.id ?? opaqueId(`${clientId} ${resourceId} ${principalId}${origin}`),
    principalId,
    resourceId,
    scope,
  }
  directory.oauth2PermissionGrants = [...directory.oauth2PermissionGrants.filter((one) => !isSame(one)), made]
}

/** Deletes a service principal: it can be restored for a while. What was granted to it, or on it, is gone. */
export function deleteApp(state: SandboxState, id: string): void {
  const { directory } = state
  const gone = directory.servicePrincipals.filter((app) => app.id === id)
  const deletedDateTime = sandboxNow(state).toISOString()
  directory.servicePrincipals = directory.servicePrincipals.filter((app) => app.id !== id)
  directory.appRoleAssignments = directory.appRoleAssignments.filter(
    ({ principalId, resourceId }) => principalId !== id && resourceId !== id,
  )
  directory.oauth2PermissionGrants = directory.oauth2PermissionGrants.filter(
    ({ clientId, resourceId }) => clientId !== id && resourceId !== id,
  )
  directory.deletedItems = [...gone.map((app) => ({ ...app, deletedDateTime })), ...directory.deletedItems]
}
