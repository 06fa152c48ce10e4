import * as z from 'zod'
import { UsageError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import { type DirectoryObject, type DirectoryState, servicePrincipalId } from './directory.ts'
import { opaqueId } from './ids.ts'

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

/** Gives an app roles (application permissions) of another, by their values. */
export function assignRoles(
  directory: Directory,
  app: string,
  resource: string,
  values: readonly string[],
): void {
  const principal = appNamed(directory, app)
  const { id: resourceId, displayName, appRoles } = appNamed(directory, resource)
  const roles = rolesSchema.parse(appRoles)
  const made = values.map((value) => {
    const appRoleId = roles.find((role) => role.value === value)?.id
    if (appRoleId === undefined)
      throw new UsageError({ tried: `grant ${value}`, said: `${String(displayName)} has no such role` })
    return {
      id: opaqueId(`${principal.id} ${resourceId} ${appRoleId}`),
      appRoleId,
      createdDateTime,
      principalDisplayName: principal.displayName ?? null,
      principalId: principal.id,
      resourceDisplayName: displayName ?? null,
      resourceId,
    }
  })
  directory.appRoleAssignments = [...directory.appRoleAssignments, ...made]
}

/** Gives an app scopes (delegated permissions) of another: for everyone, or for one user. */
export function grantScopes(
  directory: Directory,
  app: string,
  resource: string,
  scope: string,
  principalId: string | null = null,
): void {
  const clientId = appNamed(directory, app).id
  const resourceId = appNamed(directory, resource).id
  const made = {
    clientId,
    consentType: principalId === null ? 'AllPrincipals' : 'Principal',
    id: opaqueId(`${clientId} ${resourceId} ${principalId}`),
    principalId,
    resourceId,
    scope,
  }
  directory.oauth2PermissionGrants = [...directory.oauth2PermissionGrants, made]
}
