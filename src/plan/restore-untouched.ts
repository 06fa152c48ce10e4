import type { JsonObject } from '../model/json.ts'
import type { Change, Plan } from '../model/plan.ts'
import { canonical } from './canonical.ts'
import { describeDifferences, propertyDifferences } from './difference.ts'
import { applyEdits } from './edit.ts'

/**
 * What somebody changed of an object after a run did, as a difference; undefined when nobody did. Of what the run itself
 * changed only that counts which it has not done.
 */
export function changedSince(change: Change, { changes }: Plan, now: JsonObject): string | undefined {
  if (change.restsOn !== 'object') return undefined
  const own = changes.filter(({ kind, object }) => kind === change.kind && object.guid === change.object.guid)
  const edits = own.flatMap(({ edit }) => edit ?? [])
  const left = applyEdits(edits, change.before)
  if (canonical(left) === canonical(applyEdits(edits, now))) return undefined
  return describeDifferences(propertyDifferences(left, now))
}
