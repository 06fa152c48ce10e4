import type { Journal, RunRecord } from '../model/journal.ts'
import type { Finding, Plan, Unread } from '../model/plan.ts'
import type { Evidence, GuidedStep, Step } from '../model/platform.ts'
import { checkGuided, guidesOf, readGuided, unfinishedGuides } from './guided.ts'
import type { ReadingDesk } from './plan-tenant.ts'

/** A run that is verified, and the journal that holds it. */
export interface VerifiedRun {
  readonly journal: Journal
  readonly run: RunRecord
}

/** What was read of the steps that a person does. */
export interface GuidesRead {
  readonly present: readonly Finding[]
  readonly unread: readonly Unread[]
  /** Steps of the run that want a proof, and have none. */
  readonly unproven: readonly string[]
}

interface Look {
  readonly step: GuidedStep
  readonly found: Evidence | undefined
}

/** Those whose objects the survey does not read already. */
function checkable(steps: readonly Step[]): readonly GuidedStep[] {
  const automatic = new Set(steps.filter(({ kind }) => kind !== 'guided').map(({ id }) => id))
  return steps.filter(
    (step): step is GuidedStep => step.kind === 'guided' && step.provable === true && !automatic.has(step.id),
  )
}

function findings(looks: readonly Look[]): Omit<GuidesRead, 'unproven'> {
  return {
    present: looks.flatMap(({ step: { id, title }, found }) =>
      found?.is === 'present' ? { id, kind: 'guided-step', name: title, reason: found.evidence } : [],
    ),
    unread: looks.flatMap(({ step: { id }, found }) =>
      found?.is === 'unknown' ? { kind: id, reason: found.evidence, required: false } : [],
    ),
  }
}

/** Without a run nobody has said anything, so that what nothing tells by itself is "not checked". */
export async function readGuides(desk: ReadingDesk, plan: Plan): Promise<GuidesRead> {
  const looks = await Promise.all(
    checkable(desk.platform.steps).map(async (step) => ({
      step,
      found: await readGuided({ ...desk, plan, systems: desk.readers }, step, undefined),
    })),
  )
  return { ...findings(looks), unproven: [] }
}

/** Looks at the guided steps of a run, and writes into its journal what that changes. */
export async function readGuidesOf(desk: ReadingDesk, { journal, run }: VerifiedRun): Promise<GuidesRead> {
  const checking = { ...desk, journal, runId: run.id, plan: run.plan, systems: desk.readers }
  const provable = (await guidesOf(desk.platform.steps, checking)).filter((step) => step.provable === true)
  const looks: Look[] = []
  for (const step of provable) looks.push({ step, found: await checkGuided(checking, step) })
  const unfinished = await unfinishedGuides(journal, run)
  const unproven = provable.map(({ id }) => id).filter((id) => unfinished.includes(id))
  const own = checkable(desk.platform.steps)
  return { ...findings(looks.filter(({ step }) => own.includes(step))), unproven }
}
