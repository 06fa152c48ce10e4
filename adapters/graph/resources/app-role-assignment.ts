import type { JsonObject } from '../../../src/model/json.ts'
import type { Call, ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import { type Directory, type ServicePrincipal, type WritableDirectory, wantedApps } from '../directory.ts'
import { assignmentsOf, type RoleAssignment } from '../grants.ts'
import { path } from '../transport.ts'
import { appNamed, idOf, makeUnlessThere, refuseCall, refuseEdit, removeOne } from './acts.ts'
import { grantAppRole } from './calls.ts'

const kind = 'app-role-assignment'

/** 'Mail.ReadWrite (Microsoft Graph) of NAME' */
function nameOf(app: ServicePrincipal, { role, appRoleId, resourceName }: RoleAssignment): string {
  return `${role?.value || role?.displayName || appRoleId} (${resourceName}) of ${app.name}`
}

function toObject(app: ServicePrincipal, assignment: RoleAssignment, name: string): TenantObject {
  const { value, displayName } = assignment.role ?? { value: '', displayName: '' }
  const properties: JsonObject = { ...assignment.whole, appId: app.appId, role: { value, displayName } }
  return { guid: assignment.id, name, properties }
}

/** Two APIs may have one name, and one role value: the assignment's id then tells them apart. */
function named(app: ServicePrincipal, assignments: readonly RoleAssignment[]): readonly TenantObject[] {
  const names = assignments.map((assignment) => nameOf(app, assignment))
  return assignments.map((assignment, index) => {
    const name = names[index] ?? ''
    const isUnique = names.indexOf(name) === names.lastIndexOf(name)
    return toObject(
      app,
      assignment,
      isUnique ? name : `${name} [${assignment.resourceId} ${assignment.appRoleId}]`,
    )
  })
}

async function list(directory: Directory): Promise<readonly TenantObject[]> {
  const apps = await wantedApps(directory)
  const lists = await Promise.all(apps.map(async (app) => named(app, await assignmentsOf(directory, app))))
  return lists.flat()
}

function identityOf(properties: JsonObject) {
  const { appId, resourceId, appRoleId } = properties
  return { appId: String(appId), resourceId: String(resourceId), appRoleId: String(appRoleId) }
}

/** The API on which it was assigned; undefined when no app that is wanted has the assignment. */
async function resourceIdOf(directory: Directory, id: string): Promise<string | undefined> {
  if (!directory.assignedOn.has(id)) await list(directory)
  return directory.assignedOn.get(id)
}

async function removeAssignment(directory: WritableDirectory, object: ObjectRef): Promise<void> {
  const id = idOf(object)
  const resourceId = await resourceIdOf(directory, id)
  if (resourceId === undefined) return
  const tried = `take the application permission "${object.name}" away`
  await removeOne(directory.graph, {
    path: path`/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`,
    tried,
  })
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto */
async function grant(directory: WritableDirectory, made: Call): Promise<void> {
  const parameters = grantAppRole.parametersIn(made)
  if (parameters === undefined) throw refuseCall(made)
  const { appId, resourceId, appRoleId } = parameters
  const tried = `grant the application permission ${appRoleId} to the application ${appId}`
  const app = await appNamed(directory.graph, appId, tried)
  const ask = { path: path`/servicePrincipals/${resourceId}/appRoleAssignedTo`, tried }
  await makeUnlessThere(
    () => directory.graph.post(ask, { principalId: app.id, resourceId, appRoleId }),
    async () =>
      (await assignmentsOf(directory, app)).some(
        (one) => one.resourceId === resourceId && one.appRoleId === appRoleId,
      ),
  )
}

/** Application permissions of the apps that are wanted: what these may do without a person. */
export const appRoleAssignment: Resource<Directory, WritableDirectory> = {
  kind,
  list,
  writable: ({ properties }) => identityOf(properties),
  rebuild: ({ properties }) => [grantAppRole.call(identityOf(properties))],
  identifying: ['appId', 'resourceId', 'appRoleId'],
  async remove(directory, objects) {
    for (const object of objects) await removeAssignment(directory, object)
  },
  async edit(_directory, object, edits) {
    for (const edit of edits) throw refuseEdit(kind, object, edit)
  },
  async create(directory, calls) {
    for (const made of calls) await grant(directory, made)
  },
}
