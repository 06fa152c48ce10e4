import type { Clock } from '../model/clock.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, NewEntry } from '../model/journal.ts'
import type { Change, Finding, Leftover, Lookalike, Plan, Unread } from '../model/plan.ts'
import type { Platform } from '../model/platform.ts'
import type { Survey } from '../model/survey.ts'
import { buildPlan } from '../plan/build.ts'
import { missingReads } from '../plan/guard.ts'
import { describeFrom } from './describe.ts'
import { identityOf } from './identity.ts'
import { type Readers, takeSurvey } from './survey.ts'

interface LastLook {
  readonly survey: Survey
  readonly cameBack: readonly Finding[]
  /** What it had to read and could not: whether all is gone is not proven then. */
  readonly unread: readonly Unread[]
  readonly leftovers: readonly Leftover[]
  readonly lookalikes: readonly Lookalike[]
}

function resultOf({ unread, cameBack }: LastLook): NewEntry {
  const data = {
    unread: unread.map(({ kind, reason }) => `${kind}: ${reason}`),
    present: cameBack.map(({ id }) => id),
  }
  if (unread.length > 0) return { subject: 'run', event: 'unverified', data }
  return { subject: 'run', event: cameBack.length > 0 ? 'action-required' : 'verified', data }
}

/** Keeps what the last look found, so that the run stands by it until a later look lifts it. */
export async function recordLook(journal: Journal, runId: string, look: LastLook): Promise<void> {
  await journal.append(runId, [resultOf(look)])
}

const cameBack = 'it is there again: something with rights in the tenant made it, perhaps the remediation app'
const newlyRead = 'it could not be read when the plan was made: make a new plan'

function isNewlyRead({ lane }: Change, { unread }: Plan): boolean {
  return lane !== undefined && unread.some((read) => read.lane === lane)
}

/**
 * Reads everything once more when all is verified: an app that still has rights in the tenant may have put its
 * objects back. Steps that are `held` have not been made yet.
 */
export async function lookAgain(
  desk: { platform: Platform; footprint: Footprint; clock: Clock; tool: string },
  plan: Plan,
  readers: Readers,
  held: ReadonlySet<string>,
): Promise<LastLook> {
  const survey = await takeSurvey(readers, desk.platform.reads, identityOf(readers), desk.clock)
  const now = buildPlan({
    platform: desk.platform,
    survey,
    footprint: desk.footprint,
    regions: plan.regions,
    decisions: plan.decisions,
    describe: describeFrom(readers),
    ordered: [],
    tool: desk.tool,
  })
  return {
    survey,
    unread: missingReads(now),
    leftovers: now.leftovers,
    lookalikes: now.lookalikes,
    cameBack: now.changes
      .filter(({ step }) => !held.has(step))
      .map((change) => ({
        id: change.id,
        kind: change.kind,
        name: change.name,
        reason: isNewlyRead(change, plan) ? newlyRead : cameBack,
      })),
  }
}
