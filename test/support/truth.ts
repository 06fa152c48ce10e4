import type { JsonObject } from '../../src/model/json.ts'
import type { Change } from '../../src/model/plan.ts'
import type { Edit } from '../../src/model/resource.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'

function isEdited(edit: Edit, object: JsonObject): boolean {
  const value = object[edit.property] ?? null
  if (edit.kind === 'set') return JSON.stringify(value) === JSON.stringify(edit.to)
  return (Array.isArray(value) && value.includes(edit.entry)) === (edit.kind === 'add-entry')
}

/** Whether a change has taken place in the sandbox, by what it holds and not by what was answered. */
function isSo({ action, kind, object: { guid, name }, edit }: Change, view: SandboxView): boolean {
  const objects = view.objects[kind === 'connection-filter' ? 'connection-filter-policy' : kind] ?? []
  const found = objects.find((object) => (guid === '' ? object.Name === name : object.Guid === guid))
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

/** Every request that could have changed something, as text, so that runs can be compared. */
export function writesOf({ writes }: SandboxView): readonly string[] {
  return writes.map(({ cmdlet, parameters }) => `${cmdlet} ${JSON.stringify(parameters)}`)
}
