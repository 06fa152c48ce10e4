import type { JsonObject } from '../model/json.ts'
import type { Change, Finding, Kept, Lookalike, Undo } from '../model/plan.ts'
import type { Edit } from '../model/resource.ts'
import { type Candidate, isTaken } from './candidates.ts'
import { digest } from './canonical.ts'
import type { Describe } from './describe.ts'
import { reverse } from './edit.ts'
import type { Selection } from './selection.ts'

export interface Decided {
  readonly changes: readonly Change[]
  readonly kept: readonly Kept[]
  readonly lookalikes: readonly Lookalike[]
  /** What a person takes away. */
  readonly byHand: readonly Selected[]
}

/** Something that goes, by its step. */
interface Selected extends Finding {
  readonly step: string
}

type Placed = { change: Change } | { byHand: Selected } | { kept: Kept } | { lookalike: Lookalike }

function editedPart(edit: Edit): JsonObject {
  return edit.kind === 'set' ? { [edit.property]: edit.from } : { [edit.property]: [edit.entry] }
}

function undoOf(candidate: Candidate, describe: Describe): Undo {
  if (candidate.edit !== undefined) return { edit: reverse(candidate.edit) }
  const rebuilt = describe(candidate.kind)?.rebuild(candidate.object)
  if (rebuilt === undefined) return { notRebuildable: ['this program does not know how to make it again'] }
  return 'notRebuildable' in rebuilt ? rebuilt : { calls: rebuilt }
}

function toChange(candidate: Candidate, undo: Undo, describe: Describe): Change {
  const before =
    candidate.restsOn === 'edit' && candidate.edit !== undefined
      ? editedPart(candidate.edit)
      : (describe(candidate.kind)?.writable(candidate.object) ?? {})
  const { id, step, lane, system, kind, action, name, detail, edit, object } = candidate
  return {
    id,
    step,
    ...(lane === undefined ? {} : { lane }),
    system,
    kind,
    action,
    name,
    detail,
    reason: candidate.verdict.reason,
    object: { guid: object.guid, name: object.name },
    ...(edit === undefined ? {} : { edit }),
    restsOn: candidate.restsOn,
    before,
    fingerprint: digest(before),
    undo,
  }
}

function place(candidate: Candidate, selection: Selection, describe: Describe): Placed {
  const { id, kind, name, step, detail, verdict } = candidate
  const isOfPlan = isTaken(candidate, selection)
  if (isOfPlan && candidate.byHand === true)
    return { byHand: { id, step, kind, name, reason: `${verdict.reason}; ${detail}` } }
  if (isOfPlan) return { change: toChange(candidate, undoOf(candidate, describe), describe) }
  if (verdict.is === 'vendor') return { kept: { id, step, kind, name, reason: 'excluded by you' } }
  const decision = selection.isExcluded(candidate) ? 'exclude' : 'undecided'
  return { lookalike: { id, kind, name, step, detail, reason: verdict.reason, decision } }
}

/** What is surely the vendor's is changed; what is not, or could not be put back, waits for the operator. */
export function decide(candidates: readonly Candidate[], selection: Selection, describe: Describe): Decided {
  const placed = candidates.map((candidate) => place(candidate, selection, describe))
  return {
    changes: placed.flatMap((item) => ('change' in item ? item.change : [])),
    byHand: placed.flatMap((item) => ('byHand' in item ? item.byHand : [])),
    kept: placed.flatMap((item) => ('kept' in item ? item.kept : [])),
    lookalikes: placed.flatMap((item) => ('lookalike' in item ? item.lookalike : [])),
  }
}
