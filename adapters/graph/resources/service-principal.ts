import { NotFoundError, ServiceError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Call, Edit, ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import {
  appById,
  type Directory,
  type ServicePrincipal,
  unlessGone,
  type WritableDirectory,
  wantedApps,
} from '../directory.ts'
import { assignmentsOf, grantsOf } from '../grants.ts'
import { textOf } from '../json.ts'
import { type GraphWriter, path } from '../transport.ts'
import { appNamed, idOf, refuseCall, refuseEdit, removeOne } from './acts.ts'
import { restoreServicePrincipal, updateServicePrincipal } from './calls.ts'

const kind = 'service-principal'

/** The app whole, with its grants; undefined when it has gone since it was listed. */
async function readApp(directory: Directory, app: ServicePrincipal): Promise<TenantObject | undefined> {
  const tried = `read the application "${app.name}"`
  const [own, assignments, grants] = await Promise.all([
    unlessGone(directory.graph.one({ path: path`/servicePrincipals/${app.id}`, tried })),
    assignmentsOf(directory, app),
    grantsOf(directory, app),
  ])
  if (own === undefined) return undefined
  const properties: JsonObject = {
    ...own,
    appRoleAssignments: assignments.map(({ whole }) => whole),
    oauth2PermissionGrants: grants.map(({ whole }) => whole),
  }
  return { guid: app.id, name: app.name, properties }
}

async function list(directory: Directory): Promise<readonly TenantObject[]> {
  const apps = await wantedApps(directory)
  const objects = await Promise.all(apps.map((app) => readApp(directory, app)))
  return objects.filter((object) => object !== undefined)
}

/** Types that a restore by appId could not make: the directory makes them for something else. */
const reasonsAgainst: Readonly<Record<string, string>> = {
  ManagedIdentity: 'It is a managed identity, which only its Azure resource makes.',
  Legacy: 'It is an app of a type that is not made any more.',
  SocialIdp: 'It stands for an identity provider, which makes it itself.',
}

function rebuild({ guid, properties }: TenantObject) {
  const reason = reasonsAgainst[textOf(properties, 'servicePrincipalType') ?? '']
  const appId = textOf(properties, 'appId')
  if (reason !== undefined) return { notRebuildable: [reason] }
  if (appId === undefined) return { notRebuildable: ['It has no application id.'] }
  return [
    restoreServicePrincipal.call({ id: guid, appId }),
    updateServicePrincipal.call({ appId, accountEnabled: properties.accountEnabled !== false }),
  ]
}

/** One of the tenant's own apps, or, of one without an id that this program has made, the only one of its name. */
async function located(directory: Directory, object: ObjectRef): Promise<ObjectRef> {
  if (object.guid !== '') return object
  const [found, second] = (await wantedApps(directory)).filter(({ name }) => name === object.name)
  if (found !== undefined && second === undefined) return { guid: found.id, name: object.name }
  throw new NotFoundError({ tried: `find "${object.name}"`, said: 'there is not one of this name' })
}

function enabledAfter(object: ObjectRef, edits: readonly Edit[]): boolean | undefined {
  let enabled: boolean | undefined
  for (const edit of edits) {
    if (edit.kind !== 'set' || edit.property !== 'accountEnabled' || typeof edit.to !== 'boolean')
      throw refuseEdit(kind, object, edit)
    enabled = edit.to
  }
  return enabled
}

function setEnabled(graph: GraphWriter, { guid, name }: ObjectRef, accountEnabled: boolean): Promise<void> {
  const tried = `${accountEnabled ? 'enable' : 'disable'} the application "${name}"`
  return graph.patch({ path: path`/servicePrincipals/${guid}`, tried }, { accountEnabled })
}

/**
 * From the deleted items, where it is kept for 30 days; afterwards a new one for the same application. Neither is
 * tried when the directory shows it, as a lost answer may have brought it back.
 */
async function restore(graph: GraphWriter, id: string, appId: string): Promise<void> {
  if ((await appById(graph, appId)) !== undefined) return
  const tried = `restore the application ${appId}`
  try {
    await graph.post({ path: path`/directory/deletedItems/${id}/restore`, tried })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    await graph.post(
      { path: path`/servicePrincipals`, tried: `add the application ${appId} anew` },
      { appId },
    )
  }
}

/** One that has just come back may not be there for every request yet: that is told as a lost answer. */
async function update(graph: GraphWriter, appId: string, accountEnabled: boolean): Promise<void> {
  const tried = `${accountEnabled ? 'enable' : 'disable'} the application ${appId}`
  const { id, name } = await appNamed(graph, appId, tried)
  try {
    await setEnabled(graph, { guid: id, name }, accountEnabled)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    throw new ServiceError({ tried, said: error.said ?? error.message, cause: error })
  }
}

async function run(graph: GraphWriter, made: Call): Promise<void> {
  const restored = restoreServicePrincipal.parametersIn(made)
  if (restored !== undefined) return restore(graph, restored.id, restored.appId)
  const updated = updateServicePrincipal.parametersIn(made)
  if (updated !== undefined) return update(graph, updated.appId, updated.accountEnabled)
  throw refuseCall(made)
}

/**
 * Applications as the directory holds them, of those that are wanted. Grants are of kinds of their own and no part
 * of `writable`: an app that is brought back has them only when they were granted anew. The last sign-in is left
 * out, as v1.0 does not have it: https://learn.microsoft.com/graph/api/resources/serviceprincipalsigninactivity
 */
export const servicePrincipal: Resource<Directory, WritableDirectory> = {
  kind,
  list,
  writable: ({ properties }) => ({
    appId: properties.appId ?? null,
    accountEnabled: properties.accountEnabled ?? null,
  }),
  rebuild,
  identifying: ['appId'],
  async remove({ graph }, objects) {
    for (const object of objects) {
      const tried = `delete the application "${object.name}"`
      await removeOne(graph, { path: path`/servicePrincipals/${idOf(object)}`, tried })
    }
  },
  async edit(directory, object, edits) {
    const enabled = enabledAfter(object, edits)
    if (enabled !== undefined) await setEnabled(directory.graph, await located(directory, object), enabled)
  },
  async create({ graph }, calls) {
    for (const made of calls) await run(graph, made)
  },
}
