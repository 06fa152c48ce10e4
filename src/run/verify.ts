import type { Journal, RunRecord } from '../model/journal.ts'
import { noDecisions } from '../model/no-decisions.ts'
import type { Decisions, Finding, Leftover, Lookalike, Plan } from '../model/plan.ts'
import type { VerifyOutcome } from '../model/words.ts'
import { buildPlan } from '../plan/build.ts'
import { missingReads } from '../plan/guard.ts'
import { identityOf } from './identity.ts'
import { lifeOf, livesOf } from './life.ts'
import type { ReadingDesk } from './plan-tenant.ts'
import { restate } from './restate.ts'
import { takeSurvey } from './survey.ts'
import { readGuides, readGuidesOf, type VerifiedRun } from './verify-guides.ts'
import { editsInEffect, unsettledReads } from './verify-settled.ts'

export interface Verification {
  readonly outcome: VerifyOutcome
  /** Nothing was found, and all was read that has to be; a guided step may want a proof all the same. */
  readonly isClean: boolean
  /** Guided steps of the run that want a proof, and have none. */
  readonly unproven: readonly string[]
  /** Surely the vendor's, and there. */
  readonly present: readonly Finding[]
  readonly lookalikes: readonly Lookalike[]
  readonly leftovers: readonly Leftover[]
  readonly unread: Plan['unread']
  /** Ids of the run's edits that are in effect. */
  readonly inEffect: ReadonlySet<string>
  readonly plan: Plan
}

/** Edits that only follow from an object that is counted itself. */
const followers: ReadonlySet<string> = new Set(['drain', 'previous-mx'])

/** What is the vendor's is decided as for the run; what would be put back in its place is not looked for. */
function undecided({ decisions: { mx } }: ReadingDesk): Decisions {
  return mx === undefined ? noDecisions : { ...noDecisions, mx: { ...mx, previous: [] } }
}

/** Kinds that no step of the procedure changes, and that are the vendor's when they stand in the way. */
const records: ReadonlySet<string> = new Set(['mx'])

/**
 * Is anything of the footprint there? Reads only. Present comes before unreadable, and what the operator once
 * excluded is present all the same.
 */
export async function verifyTenant(
  desk: ReadingDesk,
  headers: readonly string[],
  ofRun?: VerifiedRun,
): Promise<Verification> {
  const { platform, readers, clock } = desk
  const survey = await takeSurvey(readers, platform.reads, identityOf(readers), clock)
  const decisions = undecided(desk)
  const plan = buildPlan({ ...desk, survey, decisions, describe: () => undefined, ordered: [] })
  const objects = plan.changes.filter((change) => !followers.has(change.step))
  const present = [
    ...[...objects, ...plan.guided.flatMap((step) => step.objects ?? [])].map(
      ({ id, kind, name, reason }) => ({ id, kind, name, reason }),
    ),
    ...plan.blockers
      .filter(({ kind }) => records.has(kind))
      .map(({ id, kind, name, reason }) => ({ id, kind, name, reason })),
    ...headers.map((name) => ({
      id: `header:${name}`,
      kind: 'message-header',
      name,
      reason: "the message was stamped by the vendor's scanner",
    })),
  ]
  const guided = ofRun === undefined ? await readGuides(desk, plan) : await readGuidesOf(desk, ofRun)
  const all = [...present, ...guided.present]
  const lagging = unsettledReads(readers, survey)
  const isWhole = missingReads(plan).length + lagging.length === 0
  const proven = isWhole && guided.unproven.length === 0 ? 'clean' : 'unverified'
  return {
    outcome: all.length > 0 ? 'present' : proven,
    isClean: all.length === 0 && isWhole,
    unproven: guided.unproven,
    present: all,
    lookalikes: plan.lookalikes,
    leftovers: plan.leftovers,
    unread: [...plan.unread, ...lagging, ...guided.unread],
    inEffect: editsInEffect(ofRun?.run.plan.changes ?? [], survey),
    plan,
  }
}

/** Adds a dated result to a run. A clean one lifts what could not be proven then; the run then says how it stands. */
export async function recordVerification(
  journal: Journal,
  run: RunRecord,
  found: Verification,
): Promise<void> {
  const lives = livesOf(await journal.entries(run.id))
  const { isClean, unproven, inEffect } = found
  const changes = run.plan.changes.filter(({ id }) => inEffect.has(id))
  const open = [...changes, ...run.plan.waits].filter(({ id }) => lifeOf(lives, id).outcome === 'unverified')
  const lifted = isClean ? open : []
  await journal.append(run.id, [
    {
      subject: 'run',
      event: isClean ? 'verified' : 'note',
      data: { verification: found.outcome, present: found.present.map(({ id }) => id), unproven },
    },
    ...lifted.map(({ id }) => ({
      subject: id,
      event: 'verified' as const,
      data: { evidence: 'a later look found nothing of the footprint' },
    })),
  ])
  await restate(journal, run, found.lookalikes)
}
