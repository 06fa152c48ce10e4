import type { JsonObject } from '../../../src/model/json.ts'
import type { Call, Resource, TenantObject } from '../../../src/model/resource.ts'
import { type Directory, type ServicePrincipal, type WritableDirectory, wantedApps } from '../directory.ts'
import { type DelegatedGrant, grantsOf, scopesOf } from '../grants.ts'
import { path } from '../transport.ts'
import { appNamed, idOf, makeUnlessThere, refuseCall, refuseEdit, removeOne } from './acts.ts'
import { type Delegated, grantDelegated } from './calls.ts'

const kind = 'delegated-grant'

/** 'User.Read (Microsoft Graph, everyone) of NAME' */
function toObject(app: ServicePrincipal, grant: DelegatedGrant): TenantObject {
  const whom = grant.principalId === null ? 'everyone' : `one user ${grant.principalId}`
  return {
    guid: grant.id,
    name: `${grant.scopes.join(' ') || 'no scope'} (${grant.resourceName}, ${whom}) of ${app.name}`,
    properties: { ...grant.whole, appId: app.appId },
  }
}

async function list(directory: Directory): Promise<readonly TenantObject[]> {
  const apps = await wantedApps(directory)
  const lists = await Promise.all(
    apps.map(async (app) => (await grantsOf(directory, app)).map((grant) => toObject(app, grant))),
  )
  return lists.flat()
}

function writable({ properties }: TenantObject): Delegated {
  const { appId, consentType, principalId, resourceId, scope } = properties
  return {
    appId: String(appId),
    consentType: consentType === 'Principal' ? 'Principal' : 'AllPrincipals',
    principalId: typeof principalId === 'string' ? principalId : null,
    resourceId: String(resourceId),
    scope: scopesOf(typeof scope === 'string' ? scope : '').join(' '),
  }
}

/** Whether one of the grants gives the same people at least the same. */
function isGiven(grants: readonly DelegatedGrant[], wanted: Delegated): boolean {
  const scopes = scopesOf(wanted.scope)
  return grants.some(
    (grant) =>
      grant.resourceId === wanted.resourceId &&
      grant.principalId === wanted.principalId &&
      scopes.every((scope) => grant.scopes.includes(scope)),
  )
}

/** https://learn.microsoft.com/graph/api/oauth2permissiongrant-post */
async function grant(directory: WritableDirectory, made: Call): Promise<void> {
  const parameters = grantDelegated.parametersIn(made)
  if (parameters === undefined) throw refuseCall(made)
  const { appId, ...given } = parameters
  const tried = `grant the delegated permissions ${given.scope} to the application ${appId}`
  const app = await appNamed(directory.graph, appId, tried)
  const body: JsonObject = { clientId: app.id, ...given }
  await makeUnlessThere(
    () => directory.graph.post({ path: path`/oauth2PermissionGrants`, tried }, body),
    async () => isGiven(await grantsOf(directory, app), parameters),
  )
}

/** Delegated permissions of the apps that are wanted: what these may do on behalf of people. */
export const delegatedGrant: Resource<Directory, WritableDirectory> = {
  kind,
  list,
  writable,
  rebuild: (object) => [grantDelegated.call(writable(object))],
  identifying: ['appId', 'consentType', 'principalId', 'resourceId'],
  async remove({ graph }, objects) {
    for (const object of objects) {
      const tried = `take the delegated permissions "${object.name}" away`
      await removeOne(graph, { path: path`/oauth2PermissionGrants/${idOf(object)}`, tried })
    }
  },
  async edit(_directory, object, edits) {
    for (const edit of edits) throw refuseEdit(kind, object, edit)
  },
  async create(directory, calls) {
    for (const made of calls) await grant(directory, made)
  },
}
