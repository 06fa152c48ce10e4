import type { JsonObject } from '../../src/model/json.ts'
import type { Change } from '../../src/model/plan.ts'
import type { Edit } from '../../src/model/resource.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { ageless, objectBytes, unlike } from './customer.ts'
import { inDirectory } from './directory.ts'

function isEdited(edit: Edit, object: JsonObject): boolean {
  const value = object[edit.property] ?? null
  if (edit.kind === 'set') return JSON.stringify(value) === JSON.stringify(edit.to)
  return (Array.isArray(value) && value.includes(edit.entry)) === (edit.kind === 'add-entry')
}

/** What the sandbox has of the object of a change. */
function objectOf(change: Change, view: SandboxView): JsonObject | undefined {
  const directory = inDirectory(change, view)
  if (directory !== undefined) return directory.found
  const { kind, object } = change
  const objects = view.objects[kind === 'connection-filter' ? 'connection-filter-policy' : kind] ?? []
  return objects.find(({ Name, Guid }) => (object.guid === '' ? Name === object.name : Guid === object.guid))
}

/** Whether a change has taken place in the sandbox, by what it holds and not by what was answered. */
function isSo(change: Change, view: SandboxView): boolean {
  const { action, edit } = change
  const found = objectOf(change, view)
  if (action === 'create') return found !== undefined
  if (action === 'remove') return found === undefined
  return found === undefined || edit === undefined || isEdited(edit, found)
}

/** The changes that count as done and are not so in the sandbox. */
export function untrue(
  changes: readonly Change[],
  outcomes: Readonly<Record<string, string>>,
  view: SandboxView,
): readonly string[] {
  return changes
    .filter(({ id }) => outcomes[id] === 'verified' || outcomes[id] === 'absent')
    .filter((change) => !isSo(change, view))
    .map(({ id }) => id)
}

/** How a tenant is left, and by which requests. */
export interface End {
  /** Every object by its id, as its bytes. */
  readonly state: ReadonlyMap<string, string>
  /** Requests that could have changed something. */
  readonly writes: ReadonlySet<string>
}

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** For a restore without the ids and dates that the service gives to what it makes. */
export function endOf(view: SandboxView, job: 'run' | 'restore'): End {
  const writes = view.writes.map(({ cmdlet, parameters }) => `${cmdlet} ${JSON.stringify(parameters)}`)
  if (job === 'run') return { state: objectBytes(view), writes: new Set(writes) }
  return { state: ageless(view), writes: new Set(writes.map((write) => write.replaceAll(id, 'ID'))) }
}

/** In what an end is not the one that was hoped for: objects that differ, and requests that it had no need of. */
export function endDifferences(hoped: End, found: End): readonly string[] {
  return [
    ...unlike(hoped.state, found.state),
    ...[...found.writes].filter((write) => !hoped.writes.has(write)),
  ]
}

export function isWrite(cmdlet: string): boolean {
  return cmdlet !== '' && !/^(?:Get-|GET )/.test(cmdlet)
}
