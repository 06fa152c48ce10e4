import type { Backup } from '../model/journal.ts'
import type { Change } from '../model/plan.ts'
import type { Listing } from './inspect.ts'

/** The objects that changes are about, whole, as they were read just now. */
export function backupsOf(changes: readonly Change[], listing: Listing): readonly Backup[] {
  return changes.flatMap((change) => {
    const object = listing.get(change.kind)?.find(({ guid }) => guid === change.object.guid)
    return object === undefined ? [] : [{ change: change.id, kind: change.kind, object }]
  })
}
