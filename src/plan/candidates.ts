import { changeId } from '../model/name.ts'
import type { Decisions } from '../model/plan.ts'
import type {
  EditStep,
  MatchContext,
  Platform,
  Proposal,
  ProposalContext,
  RemoveStep,
  Verdict,
} from '../model/platform.ts'
import type { Edit, TenantObject } from '../model/resource.ts'
import type { SystemId } from '../model/words.ts'
import type { Describe } from './describe.ts'
import { type Selectable, type Selection, select } from './selection.ts'

/** Something that a step might change, with what was judged of it, before the operator's decisions. */
export interface Candidate extends Selectable {
  readonly system: SystemId
  readonly kind: string
  readonly action: 'remove' | 'edit'
  readonly name: string
  readonly detail: string
  readonly object: TenantObject
  readonly verdict: Exclude<Verdict, { is: 'other' }>
  readonly edit?: Edit
  readonly restsOn: 'object' | 'edit'
  readonly lane?: string
  readonly byHand?: boolean
}

/** What an object is called whose id is taken: the beginning of its own, and where that is taken too, a number. */
function otherId({ id, object }: Candidate, seen: ReadonlySet<string>): string {
  const longer = `${id}#${object.guid.slice(0, 8)}`
  let other = longer
  for (let place = 2; seen.has(other); place += 1) other = `${longer}.${place}`
  return other
}

/** Objects whose names look the same still get ids of their own, however many they are. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>()
  return candidates.map((candidate) => {
    const id = seen.has(candidate.id) ? otherId(candidate, seen) : candidate.id
    seen.add(id)
    return { ...candidate, id }
  })
}

/** What could not be put back is not surely removed either: the operator decides. */
function withDoubt(verdict: Verdict, object: TenantObject, kind: string, describe: Describe): Verdict {
  if (verdict.is === 'other') return verdict
  const rebuilt = describe(kind)?.rebuild(object)
  if (rebuilt === undefined || !('notRebuildable' in rebuilt)) return verdict
  const reasons = rebuilt.notRebuildable.join('; ')
  const what = verdict.is === 'vendor' ? "it is the vendor's, but" : `${verdict.reason}, and`
  return { is: 'lookalike', reason: `${what} it could not be put back: ${reasons}` }
}

function removals(step: RemoveStep, context: MatchContext, describe: Describe): readonly Candidate[] {
  return step.targets.flatMap((target) => {
    const read = context.survey.objects.get(target.kind)
    if (read?.ok !== true) return []
    return read.value.flatMap((object) => {
      const verdict = withDoubt(target.match(object, context), object, target.kind, describe)
      if (verdict.is === 'other') return []
      return {
        id: changeId(target.prefix, object.name),
        step: step.id,
        system: step.system,
        kind: target.kind,
        action: 'remove' as const,
        name: object.name,
        detail: target.detail(object),
        object,
        verdict,
        restsOn: 'object' as const,
      }
    })
  })
}

function toCandidates(
  step: EditStep,
  proposals: readonly Proposal[],
  describe: Describe,
): readonly Candidate[] {
  return proposals.flatMap(({ verdict: judged, ...proposal }) => {
    const { edit, object, kind } = proposal
    const isOurs = edit === undefined && proposal.byHand !== true
    const verdict = isOurs ? withDoubt(judged, object, kind, describe) : judged
    if (verdict.is === 'other') return []
    const action = edit === undefined ? ('remove' as const) : ('edit' as const)
    return { ...proposal, step: step.id, system: step.system, action, verdict }
  })
}

/** Whether the plan takes a candidate. */
export function isTaken(candidate: Candidate, selection: Selection): boolean {
  if (selection.isExcluded(candidate)) return false
  return candidate.verdict.is === 'vendor' || selection.isIncluded(candidate)
}

/** All that the steps of a platform might change, in the order of the steps. */
export function gatherCandidates(
  platform: Platform,
  context: MatchContext,
  decisions: Decisions,
  describe: Describe,
): readonly Candidate[] {
  const removed = new Map(
    platform.steps
      .filter((step): step is RemoveStep => step.kind === 'remove')
      .map((step) => [step.id, distinct(removals(step, context, describe))]),
  )
  const all = [...removed.values()].flat()
  const selection = select(decisions, all)
  const taken = new Set(all.filter((item) => isTaken(item, selection)).map((item) => item.object.guid))
  return platform.steps.flatMap((step) => {
    if (step.kind === 'remove') return removed.get(step.id) ?? []
    if (step.kind !== 'edit') return []
    const proposed: ProposalContext = {
      ...context,
      decisions,
      isRemoved: (object) => taken.has(object.guid),
      taken(proposals) {
        const own = toCandidates(step, proposals, describe)
        const chosen = select(decisions, own)
        const ids = new Set(own.filter((item) => isTaken(item, chosen)).map((item) => item.id))
        return proposals.filter((proposal) => ids.has(proposal.id))
      },
    }
    return distinct(toCandidates(step, step.propose(proposed), describe))
  })
}
