import { ConflictError, ServiceError } from '../model/errors.ts'
import type { Change } from '../model/plan.ts'
import type { WritableResource } from '../model/resource.ts'
import { type Execution, resourceOf } from './context.ts'
import { waits } from './retry.ts'

/** How often a write whose answer was lost is begun at most, each time after a read. */
const mostWrites = 5

/** Changes that one request makes: all edits of one object, or one object. */
export function writeGroups(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups = Map.groupBy(changes, ({ action, kind, object, id }) =>
    action === 'edit' ? `${kind} ${object.guid} ${object.guid === '' ? object.name : ''}` : id,
  )
  return [...groups.values()]
}

function editsOf(group: readonly Change[]) {
  return group.flatMap((change) => change.edit ?? [])
}

const writers = {
  remove: (resource: WritableResource, group: readonly Change[]) =>
    resource.remove(group.map((change) => change.object)),
  create: (resource: WritableResource, group: readonly Change[]) =>
    resource.create(group.flatMap((change) => change.calls ?? [])),
  async edit(resource: WritableResource, group: readonly Change[]) {
    const [first] = group
    if (first !== undefined) await resource.edit(first.object, editsOf(group))
  },
}

/** A lost answer, or a name that our own lost request may have taken: only a read tells what came of it. */
function isInDoubt(error: unknown): error is ServiceError | ConflictError {
  return error instanceof ServiceError || error instanceof ConflictError
}

/** What is left of a group after its write failed in doubt. Throws the error when trying again is of no use. */
async function leftAfter(
  error: unknown,
  execution: Execution,
  isLast: boolean,
  read: () => Promise<readonly Change[]>,
): Promise<readonly Change[]> {
  execution.signal.throwIfAborted()
  if (!isInDoubt(error)) throw error
  const left = await read()
  if (left.length > 0 && (isLast || error instanceof ConflictError)) throw error
  const then = left.length === 0 ? 'it was done' : 'it was not done, so once more'
  execution.emit({ type: 'warning', text: `${error.message}; read again: ${then}` })
  return left
}

/**
 * Makes one group of changes. `stillPending` reads the tenant and answers which of them are still to be made, and
 * throws when something else happened to them. Throws the last error when it cannot be made.
 */
export async function writeGroup(
  execution: Execution,
  group: readonly Change[],
  stillPending: (group: readonly Change[]) => Promise<readonly Change[]>,
): Promise<void> {
  const { clock, signal } = execution
  let left = group
  for await (const attempt of waits({ clock, signal })) {
    const [first] = left
    if (first === undefined) return
    try {
      return await writers[first.action](resourceOf(execution, first), left)
    } catch (error) {
      left = await leftAfter(error, execution, attempt === mostWrites, () => stillPending(left))
    }
  }
}
