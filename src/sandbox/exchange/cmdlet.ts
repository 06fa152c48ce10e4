import type { Json, JsonObject } from '../../model/json.ts'
import { guidOf } from '../tenant/ids.ts'
import type { Kind, SandboxState, StoredObject } from '../tenant/state.ts'
import { errorTypes, Refusal } from './errors.ts'
import { distinguishedName, present } from './present.ts'

/** What a command runs with. */
export interface CmdletContext {
  readonly state: SandboxState
  readonly parameters: JsonObject
  /** The sandbox's clock. */
  readonly now: Date
  /** The objects of a kind as this request sees them: a read may see an older state. */
  objects(kind: Kind): readonly StoredObject[]
  warn(text: string): void
}

/** Runs a command on the state and answers its rows. Throws a Refusal, and has changed nothing then. */
export type Cmdlet = (context: CmdletContext) => readonly Json[]

export type CmdletTable = Readonly<Record<string, Cmdlet>>

export const nothingModifiedWarning = (name: string): string =>
  `The command completed successfully but no settings of '${name}' have been modified.`

const defaultResultSize = 1000

export function textOf(parameters: JsonObject, name: string): string | undefined {
  const value = parameters[name]
  return typeof value === 'string' ? value : undefined
}

/** The object that an identity names: by name, GUID or distinguished name, never by a pattern. */
export function find(
  state: SandboxState,
  kind: Kind,
  objects: readonly StoredObject[],
  identity: string,
): StoredObject | undefined {
  const wanted = identity.toLowerCase()
  return objects.find((object) =>
    [object.guid, object.name, distinguishedName(state, kind, object.name)].some(
      (spelling) => spelling.toLowerCase() === wanted,
    ),
  )
}

export function notFound(identity: string): Refusal {
  return new Refusal(
    errorTypes.notFound,
    `The operation couldn't be performed because object '${identity}' couldn't be found on 'DC01.NAMPR00A000.PROD.OUTLOOK.COM'.`,
  )
}

/** The object that the parameter Identity names, to be changed. Throws when it isn't there. */
export function target({ state, parameters }: CmdletContext, kind: Kind): StoredObject {
  const identity = textOf(parameters, 'Identity') ?? ''
  const found = find(state, kind, state.objects[kind], identity)
  if (found === undefined) throw notFound(identity)
  return found
}

/** Cuts a list to the ResultSize of the request, with the service's warning when something is left out. */
function limited<T>(context: CmdletContext, rows: readonly T[]): readonly T[] {
  const asked = context.parameters.ResultSize ?? defaultResultSize
  if (typeof asked !== 'number' || rows.length <= asked) return rows
  context.warn(
    asked === defaultResultSize
      ? `By default, only the first ${asked} items are returned. Use the ResultSize parameter to specify the number of items returned. To return all items, specify "-ResultSize Unlimited".`
      : 'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.',
  )
  return rows.slice(0, asked)
}

type Keep = (object: StoredObject, context: CmdletContext) => boolean

/** A Get- cmdlet: all objects of a kind that `keep` lets through, or the one that Identity names. */
export function getCmdlet(kind: Kind, keep: Keep = () => true): Cmdlet {
  return (context) => {
    const objects = context.objects(kind)
    const show = (object: StoredObject): JsonObject =>
      present(context.state, kind, object, objects.indexOf(object))
    const identity = textOf(context.parameters, 'Identity')
    if (identity === undefined)
      return limited(
        context,
        objects.filter((object) => keep(object, context)),
      ).map(show)
    const found = find(context.state, kind, objects, identity)
    if (found === undefined) throw notFound(identity)
    return [show(found)]
  }
}

/** A new object with an id of its own; the caller puts it in its place. */
export function newObject({ state, now }: CmdletContext, kind: Kind, name: string): StoredObject {
  state.serial += 1
  const at = now.toISOString()
  return {
    guid: guidOf(`${state.scenario} ${kind} ${name} ${state.serial}`),
    name,
    createdAt: at,
    changedAt: at,
    properties: {},
  }
}

/** Applies a list parameter: a plain list takes the place of what was there, `Add` and `Remove` change it. */
export function appliedList(before: Json | undefined, change: Json): readonly string[] {
  const old = Array.isArray(before) ? before.filter((entry) => typeof entry === 'string') : []
  if (Array.isArray(change)) return change.filter((entry) => typeof entry === 'string')
  if (change === null || typeof change !== 'object') return []
  const { add, remove } = Object.fromEntries(Object.entries(change))
  const gone = new Set(Array.isArray(remove) ? remove : [])
  const kept = old.filter((entry) => !gone.has(entry))
  const added = Array.isArray(add) ? add.filter((entry) => typeof entry === 'string') : []
  return [...new Set([...kept, ...added])]
}
