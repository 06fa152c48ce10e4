import type { Backup } from '../model/journal.ts'
import type { Change } from '../model/plan.ts'
import type { Listing } from './inspect.ts'

/**
 * The objects that changes are about, whole: as an earlier change of this run found them, else as they were read
 * just now. So a rule that was drained first is saved as it was before the drain.
 */
export function backupsOf(
  changes: readonly Change[],
  listing: Listing,
  earlier: readonly Backup[],
): readonly Backup[] {
  return changes.flatMap(({ id, kind, object: { guid } }) => {
    const saved = earlier.find((backup) => backup.kind === kind && backup.object.guid === guid)?.object
    const object = saved ?? listing.get(kind)?.find((found) => found.guid === guid)
    return object === undefined ? [] : [{ change: id, kind, object }]
  })
}
