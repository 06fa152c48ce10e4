import * as z from 'zod'
import { NotFoundError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { fold } from '../../src/model/name.ts'
import { type GraphReader, type GraphWriter, parsed, path } from './transport.ts'

/** How an application is told apart: its id is the same in all directories, its name is anybody's choice. */
export interface App {
  readonly appId: string
  readonly displayName: string
}

/** An application as this directory holds it. */
export interface ServicePrincipal extends App {
  /** Object id, of this directory alone. */
  readonly id: string
  /** What people call it: its display name, with the application id where two that are wanted have one name. */
  readonly name: string
}

/** A permission that a resource offers to applications. */
export interface AppRole {
  /** 'Mail.ReadWrite' */
  readonly value: string
  readonly displayName: string
}

/** An API: a service principal on which others have permissions. */
export interface ResourceApp {
  readonly displayName: string
  readonly roles: ReadonlyMap<string, AppRole>
}

/** A directory, and which of its applications are looked at. */
export interface Directory {
  readonly graph: GraphReader
  wanted(app: App): boolean
  /** The API of an object id, read once. */
  resource(id: string): Promise<ResourceApp>
  /** The object id of the resource by the id of an assignment, of all assignments that were listed. */
  readonly assignedOn: Map<string, string>
}

export interface WritableDirectory extends Directory {
  readonly graph: GraphWriter
}

const identified = z.looseObject({ id: z.guid(), appId: z.string(), displayName: z.string().nullish() })

function servicePrincipal(row: JsonObject, tried: string): ServicePrincipal {
  const { id, appId, displayName } = parsed(identified, row, tried)
  const name = displayName ?? ''
  return { id: id.toLowerCase(), appId: appId.toLowerCase(), displayName: name, name: name || appId }
}

/** Names are what an object that comes back is known by, and nothing keeps two apps from having one. */
function toldApart(apps: readonly ServicePrincipal[]): readonly ServicePrincipal[] {
  const counts = Map.groupBy(apps, ({ displayName }) => fold(displayName))
  return apps.map((app) => {
    const isShared = (counts.get(fold(app.displayName))?.length ?? 0) > 1
    return isShared ? { ...app, name: `${app.name} [${app.appId}]` } : app
  })
}

/** All applications that are wanted: one cheap list of the whole directory. */
export async function wantedApps({ graph, wanted }: Directory): Promise<readonly ServicePrincipal[]> {
  const tried = 'list the applications of the directory'
  const query = { $select: 'id,appId,displayName', $top: '999' }
  const rows = await graph.all({ path: path`/servicePrincipals`, query, tried })
  const apps = rows.map((row) => servicePrincipal(row, tried)).filter(wanted)
  return toldApart([...new Map(apps.map((app) => [app.id, app])).values()])
}

/** The application of this id, wanted or not; undefined when the directory does not have it. */
export async function appById(graph: GraphReader, appId: string): Promise<ServicePrincipal | undefined> {
  const tried = `look for the application ${appId}`
  const query = { $filter: `appId eq '${appId.replaceAll("'", "''")}'`, $select: 'id,appId,displayName' }
  const [row] = await graph.all({ path: path`/servicePrincipals`, query, tried })
  return row && servicePrincipal(row, tried)
}

/** The value, or undefined when the object is gone meanwhile. */
export async function unlessGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}

const api = z.looseObject({
  displayName: z.string().nullish(),
  appRoles: z
    .array(z.looseObject({ id: z.string(), value: z.string().nullish(), displayName: z.string().nullish() }))
    .nullish(),
})

/** What an assignment without a role means: https://learn.microsoft.com/graph/api/resources/approleassignment */
const defaultAccess = [
  '00000000-0000-0000-0000-000000000000',
  { value: '', displayName: 'Default access' },
] as const

async function readResource(graph: GraphReader, id: string): Promise<ResourceApp> {
  const tried = `read the permissions that the API ${id} offers`
  const query = { $select: 'id,displayName,appRoles' }
  const found = await unlessGone(graph.one({ path: path`/servicePrincipals/${id}`, query, tried }))
  const { displayName, appRoles } = found === undefined ? {} : parsed(api, found, tried)
  const roles = (appRoles ?? []).map(
    (role) => [role.id, { value: role.value ?? '', displayName: role.displayName ?? '' }] as const,
  )
  return { displayName: displayName ?? id, roles: new Map<string, AppRole>([defaultAccess, ...roles]) }
}

function resourceReader(graph: GraphReader): Directory['resource'] {
  const asked = new Map<string, Promise<ResourceApp>>()
  return (id) => {
    const known = asked.get(id)
    if (known !== undefined) return known
    const answer = readResource(graph, id)
    asked.set(id, answer)
    // A failure is not kept: the next caller asks again.
    answer.catch(() => asked.delete(id))
    return answer
  }
}

export function openDirectory<Graph extends GraphReader>(graph: Graph, wanted: (app: App) => boolean) {
  const resource = resourceReader(graph)
  return { graph, wanted, resource, assignedOn: new Map<string, string>() }
}
