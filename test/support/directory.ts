import type { JsonObject } from '../../src/model/json.ts'
import type { Change } from '../../src/model/plan.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'

/** The directory's lists, by the kind of object that a plan names. */
const lists = {
  'service-principal': 'servicePrincipals',
  'app-role-assignment': 'appRoleAssignments',
  'delegated-grant': 'oauth2PermissionGrants',
} as const satisfies Record<string, keyof SandboxView['directory']>

type DirectoryKind = keyof typeof lists

function isDirectoryKind(kind: string): kind is DirectoryKind {
  return kind in lists
}

function objectsOf({ directory }: SandboxView, kind: DirectoryKind): readonly JsonObject[] {
  return directory[lists[kind]]
}

/** What stays the same when an object comes back: who holds what. */
function bornAgain(object: JsonObject, { directory }: SandboxView): JsonObject {
  const { id: _, createdDateTime: __, ...rest } = object
  const appIds = new Map(directory.servicePrincipals.map((app) => [app.id, app.appId ?? null]))
  const named = Object.entries(rest).map(([name, value]) => [name, appIds.get(value) ?? value])
  return Object.fromEntries(named)
}

/** What tells an object apart by itself, without the id that the service gave it. */
function natureOf(object: JsonObject): string {
  const { appId, principalId, resourceId, appRoleId, clientId } = object
  return JSON.stringify([appId, clientId, principalId, resourceId, appRoleId])
}

/** Every object of the directory by kind and id, as its bytes. */
export function directoryBytes(view: SandboxView): readonly (readonly [string, string])[] {
  return Object.keys(lists)
    .filter(isDirectoryKind)
    .flatMap((kind) =>
      objectsOf(view, kind).map(
        (object) => [directoryKey(kind, String(object.id)), bytesOf(object)] as const,
      ),
    )
}

/** The same, whenever the objects were made. */
export function agelessDirectory(view: SandboxView): readonly (readonly [string, string])[] {
  return Object.keys(lists)
    .filter(isDirectoryKind)
    .flatMap((kind) =>
      objectsOf(view, kind).map((object) => {
        const same = bornAgain(object, view)
        return [directoryKey(kind, natureOf(same)), bytesOf(same)] as const
      }),
    )
}

function bytesOf(object: JsonObject): string {
  return JSON.stringify(Object.entries(object))
}

export function directoryKey(kind: string, id: string): string {
  return `directory ${kind} ${id}`
}

export function directoryByKey(view: SandboxView): readonly (readonly [string, JsonObject])[] {
  return Object.keys(lists)
    .filter(isDirectoryKind)
    .flatMap((kind) =>
      objectsOf(view, kind).map((object) => [directoryKey(kind, String(object.id)), object] as const),
    )
}

/** Whether an object is one that these parameters of a call make. */
function isMadeBy(parameters: JsonObject, object: JsonObject, view: SandboxView): boolean {
  const { id: _, scope, ...wanted } = parameters
  const { appId = null } = object
  const holder = view.directory.servicePrincipals.find(({ id }) =>
    [object.principalId, object.clientId].includes(id),
  )
  const found: JsonObject = { ...object, appId: holder?.appId ?? appId }
  const scopes = String(object.scope ?? '').split(' ')
  return (
    Object.entries(wanted).every(([name, value]) => found[name] === value) &&
    (scope === undefined ||
      String(scope)
        .split(' ')
        .every((one) => scopes.includes(one)))
  )
}

/** What the directory has of the object of a change; undefined for a change of something else. */
export function inDirectory(
  { system, kind, object: { guid }, calls = [] }: Change,
  view: SandboxView,
): { readonly found: JsonObject | undefined } | undefined {
  if (system !== 'graph' || !isDirectoryKind(kind)) return undefined
  const found = objectsOf(view, kind).find((object) =>
    guid === ''
      ? calls.length > 0 && calls.every(({ parameters }) => isMadeBy(parameters, object, view))
      : object.id === guid,
  )
  return { found }
}
