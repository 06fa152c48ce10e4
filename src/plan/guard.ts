import { RefusedError } from '../model/errors.ts'
import type { Approval, ApprovedPlan, Plan } from '../model/plan.ts'
import { digest } from './canonical.ts'
import { planDifferences } from './difference.ts'
import { planHash } from './hash.ts'

/** The blockers that nothing waives. */
export function openBlockers(plan: Plan): Plan['blockers'] {
  return plan.blockers.filter((blocker) => !blocker.waived)
}

/** The reads without which the plan would be incomplete. */
export function missingReads(plan: Plan): Plan['unread'] {
  return plan.unread.filter((read) => read.required)
}

/** Reads without which nothing of the plan may be carried out: those of a lane keep back that lane alone. */
export function blockingReads(plan: Plan): Plan['unread'] {
  return missingReads(plan).filter(({ lane }) => lane === undefined)
}

function refuse(said: string, hint: string): never {
  throw new RefusedError({ tried: 'carry out the plan', said, hint })
}

/** Throws a RefusedError, with the difference, unless the plan of now is the one that was approved. */
export function assertSamePlan(approvedHash: string, current: Plan, approved?: Plan): void {
  if (current.hash === approvedHash) return
  const differences = approved === undefined ? [] : planDifferences(approved, current)
  const detail = differences.length === 0 ? '' : `\n  - ${differences.join('\n  - ')}`
  refuse(
    `the tenant, or an option, differs from what was approved (${approvedHash.slice(0, 12)}…, now ${current.hash.slice(0, 12)}…)${detail}`,
    'Make a new plan, read it, and approve that one.',
  )
}

/**
 * Turns a plan into an approved one, which is what opens a system for writing. `plan` must have been made from the
 * tenant as it is now. Throws a RefusedError when the approval is for another plan or a blocker stands.
 */
export function approve(plan: Plan, approval: Approval): ApprovedPlan {
  assertSamePlan(approval.hash, plan)
  const [unread] = blockingReads(plan)
  if (unread !== undefined)
    refuse(
      `${unread.kind} could not be read: ${unread.reason}`,
      'Run "offboard doctor" to see what is missing.',
    )
  const blockers = openBlockers(plan)
  if (blockers.length > 0)
    refuse(
      `blocked by ${blockers.map((blocker) => blocker.id).join(', ')}`,
      'See the reasons in the plan; waive one with --allow ID where that makes sense.',
    )
  return { plan, approval } as ApprovedPlan
}

/**
 * The approval of a run that goes on, as the journal holds it. Drift is checked step by step. Throws a RefusedError
 * when plan and approval in the journal do not belong together.
 */
export function approvedBefore(plan: Plan, approval: Approval): ApprovedPlan {
  const isWhole = plan.changes.every((change) => digest(change.before) === change.fingerprint)
  if (!isWhole || planHash(plan) !== plan.hash || plan.hash !== approval.hash)
    refuse(
      'the plan in the journal is not the one that was approved',
      'Abandon this run, and make a new plan.',
    )
  return { plan, approval } as ApprovedPlan
}
