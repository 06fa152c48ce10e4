import type { Journal, RunRecord } from '../model/journal.ts'
import type { Finding, Leftover, Lookalike, Plan } from '../model/plan.ts'
import type { GuidedStep, Step } from '../model/platform.ts'
import type { VerifyOutcome } from '../model/words.ts'
import { buildPlan } from '../plan/build.ts'
import { missingReads } from '../plan/guard.ts'
import { checkGuided, guidesOf, readGuided, unfinishedGuides } from './guided.ts'
import { identityOf } from './identity.ts'
import { lifeOf, livesOf } from './life.ts'
import type { ReadingDesk } from './plan-tenant.ts'
import { restate } from './restate.ts'
import { takeSurvey } from './survey.ts'

export interface Verification {
  readonly outcome: VerifyOutcome
  /** Surely the vendor's, and there. */
  readonly present: readonly Finding[]
  readonly lookalikes: readonly Lookalike[]
  readonly leftovers: readonly Leftover[]
  readonly unread: Plan['unread']
  readonly plan: Plan
}

const noDecisions = {
  include: [],
  exclude: [],
  allow: [],
  drainMs: 0,
  drainMaxMs: 0,
  revokeGrants: false,
  deleteApp: false,
  googlePolicyWrites: true,
  effectWaitMs: 0,
}

/** Edits that only follow from an object that is counted itself. */
const followers: ReadonlySet<string> = new Set(['drain'])

/** Kinds that no step of the procedure changes, and that are the vendor's when they stand in the way. */
const records: ReadonlySet<string> = new Set(['mx'])

/** What a person takes away and can be looked for: those headings apart whose objects are read. */
async function lookAtGuides(desk: ReadingDesk, plan: Plan) {
  const { steps } = desk.platform
  const isRead = ({ id }: Step) => steps.some((step) => step.id === id && step.kind !== 'guided')
  const guides = steps.filter((step): step is GuidedStep => step.kind === 'guided' && step.provable === true)
  const looks = await Promise.all(
    guides
      .filter((step) => !isRead(step))
      .map(async (step) => ({
        step,
        found: await readGuided({ ...desk, plan, systems: desk.readers }, step, undefined),
      })),
  )
  return {
    present: looks.flatMap(({ step: { id, title }, found }) =>
      found?.is === 'present' ? { id, kind: 'guided-step', name: title, reason: found.evidence } : [],
    ),
    unread: looks.flatMap(({ step: { id }, found }) =>
      found?.is === 'unknown' ? { kind: id, reason: found.evidence, required: false } : [],
    ),
  }
}

/**
 * Is anything of the footprint there? Reads only. Present comes before unreadable, and what the operator once
 * excluded is present all the same.
 */
export async function verifyTenant(desk: ReadingDesk, headers: readonly string[]): Promise<Verification> {
  const { platform, readers, clock } = desk
  const survey = await takeSurvey(readers, platform.reads, identityOf(readers), clock)
  const plan = buildPlan({ ...desk, survey, decisions: noDecisions, describe: () => undefined, ordered: [] })
  const objects = plan.changes.filter((change) => !followers.has(change.step))
  const present = [
    ...objects.map(({ id, kind, name, reason }) => ({ id, kind, name, reason })),
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
  const guided = await lookAtGuides(desk, plan)
  const all = [...present, ...guided.present]
  const unread = missingReads(plan).length > 0 ? 'unverified' : 'clean'
  return {
    outcome: all.length > 0 ? 'present' : unread,
    present: all,
    lookalikes: plan.lookalikes,
    leftovers: plan.leftovers,
    unread: [...plan.unread, ...guided.unread],
    plan,
  }
}

/** Guided steps of the run that want a proof, and have none after another look. */
async function unprovenGuides(
  journal: Journal,
  run: RunRecord,
  desk: ReadingDesk,
): Promise<readonly string[]> {
  const checking = { ...desk, journal, runId: run.id, plan: run.plan, systems: desk.readers }
  const guides = await guidesOf(desk.platform.steps, checking)
  for (const step of guides) if (step.provable === true) await checkGuided(checking, step)
  const unfinished = await unfinishedGuides(journal, run)
  return guides.filter(({ id, provable }) => provable === true && unfinished.includes(id)).map(({ id }) => id)
}

/**
 * Adds a dated result to a run. A clean one lifts what could not be proven then, and each guided step that is proven by
 * now; the run then says how it stands. Answers what was found, which is not clean as long as a guided step is unproven.
 */
export async function recordVerification(
  desk: ReadingDesk,
  journal: Journal,
  run: RunRecord,
  found: Verification,
): Promise<Verification> {
  const unproven = await unprovenGuides(journal, run, desk)
  const outcome = found.outcome === 'clean' && unproven.length > 0 ? 'unverified' : found.outcome
  const lives = livesOf(await journal.entries(run.id))
  const isClean = found.outcome === 'clean'
  const waits = run.plan.waits.filter(({ id }) => lifeOf(lives, id).outcome === 'unverified')
  const lifted = isClean ? waits : []
  await journal.append(run.id, [
    {
      subject: 'run',
      event: isClean ? 'verified' : 'note',
      data: { verification: outcome, present: found.present.map(({ id }) => id), unproven },
    },
    ...lifted.map(({ id }) => ({
      subject: id,
      event: 'verified' as const,
      data: { evidence: 'a later look found nothing of the footprint' },
    })),
  ])
  await restate(journal, run, found.lookalikes)
  return { ...found, outcome }
}
