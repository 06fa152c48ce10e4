import type { Clock } from '../model/clock.ts'
import { InterruptedError, OffboardError, RefusedError } from '../model/errors.ts'
import type { ChangeSummary, GuidedState, Listener } from '../model/events.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, Lease, RunRecord } from '../model/journal.ts'
import type { ApprovedPlan, Finding, Leftover, Lookalike, Plan } from '../model/plan.ts'
import type { Platform, Step } from '../model/platform.ts'
import type { RunOutcome } from '../model/words.ts'
import { approvedBefore } from '../plan/guard.ts'
import type { Writers } from './context.ts'
import { guidedStates, heldBack } from './guided.ts'
import { lookAgain, recordLook } from './last-look.ts'
import { isSettled, itemsOf, type Life, lifeOf, livesOf } from './life.ts'
import { outcomeOf } from './outcome.ts'
import { type Progress, runSteps } from './steps.ts'

/** What a run works with, besides its record. */
export interface WritingDesk {
  readonly platform: Platform
  readonly steps: readonly Step[]
  readonly footprint: Footprint
  readonly journal: Journal
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly emit: Listener
  /** Version of this program. */
  readonly tool: string
  openForWriting(approved: ApprovedPlan): Promise<Writers>
  waitsHere(restMs: number): boolean
}

/** How a run stands when this process leaves it. */
export interface RunResult {
  readonly outcome: RunOutcome
  readonly changes: readonly ChangeSummary[]
  readonly guided: readonly GuidedState[]
  readonly leftovers: readonly Leftover[]
  readonly lookalikes: readonly Lookalike[]
  readonly cameBack: readonly Finding[]
  readonly waitingUntil?: Date
  /** What ended it early. */
  readonly error?: unknown
}

/** How each change of a run stands by its journal. */
export async function changeSummaries(
  journal: Journal,
  run: Pick<RunRecord, 'id' | 'plan'>,
): Promise<readonly ChangeSummary[]> {
  const lives = livesOf(await journal.entries(run.id))
  return run.plan.changes.map(({ id, step, kind, name }) => ({
    id,
    step,
    kind,
    name,
    outcome: lifeOf(lives, id).outcome,
  }))
}

/** Whether a step that is not complete still has a change to make: what was refused is left to a person. */
function hasChangesToMake(
  { changes }: Plan,
  open: ReadonlySet<string>,
  lives: ReadonlyMap<string, Life>,
): boolean {
  return changes
    .filter(({ step }) => open.has(step))
    .map(({ id }) => lifeOf(lives, id))
    .some((life) => !isSettled(life) && life.outcome !== 'action-required')
}

/** How the run stands when its automatic steps got as far as they could. */
async function close(
  desk: WritingDesk,
  run: RunRecord,
  progress: Progress,
  writers: Writers,
): Promise<RunResult> {
  const { journal, steps } = desk
  const automatic = steps.filter((step) => step.kind !== 'guided')
  const open = new Set(automatic.filter((step) => !progress.complete.has(step.id)).map((step) => step.id))
  const forPerson = [...open].every((step) => progress.held.has(step))
  const last =
    forPerson && run.plan.purpose === 'offboard'
      ? await lookAgain(desk, run.plan, writers, progress.held)
      : undefined
  if (last !== undefined) await recordLook(journal, run.id, last)
  for (const { kind, reason } of last?.unread ?? [])
    desk.emit({ type: 'warning', text: `the last look could not read ${kind}: ${reason}` })
  const guided =
    last === undefined
      ? await heldBack(steps, { journal, runId: run.id, plan: run.plan })
      : await guidedStates(
          steps,
          { footprint: desk.footprint, survey: last.survey, decisions: run.plan.decisions },
          open,
          { ...desk, runId: run.id, plan: run.plan, systems: writers },
        )
  for (const step of guided) desk.emit({ type: 'guided', step })
  const changes = await changeSummaries(journal, run)
  const lives = livesOf(await journal.entries(run.id))
  const lookalikes = last?.lookalikes ?? run.plan.lookalikes
  const outcome = outcomeOf({
    items: itemsOf(run.plan, lives),
    guided,
    undecided: lookalikes.filter(({ decision }) => decision === 'undecided').length,
    cameBack: last?.cameBack.length ?? 0,
    waiting: progress.waitingUntil !== undefined,
  })
  const finished = forPerson && !hasChangesToMake(run.plan, open, lives)
  await journal.mark(run.id, finished && outcome !== 'failed' ? 'ended' : 'open', outcome)
  return {
    outcome,
    changes,
    guided,
    lookalikes,
    leftovers: last?.leftovers ?? run.plan.leftovers,
    cameBack: last?.cameBack ?? [],
    ...(progress.waitingUntil === undefined ? {} : { waitingUntil: progress.waitingUntil }),
  }
}

function outcomeOfError(error: unknown): RunOutcome {
  if (error instanceof RefusedError) return 'refused'
  return error instanceof InterruptedError ? 'interrupted' : 'failed'
}

/** How the run stands when an error or an interrupt ended this process's work on it. It stays open. */
async function breakOff(
  desk: WritingDesk,
  run: RunRecord,
  error: unknown,
  waitingUntil?: Date,
): Promise<RunResult> {
  const outcome = outcomeOfError(error)
  const said = error instanceof OffboardError ? error.message : 'an internal error'
  await desk.journal.append(run.id, [{ subject: 'run', event: 'note', data: { outcome, said } }])
  await desk.journal.mark(run.id, 'open', outcome)
  return {
    outcome,
    changes: await changeSummaries(desk.journal, run),
    guided: await heldBack(desk.steps, { journal: desk.journal, runId: run.id, plan: run.plan }),
    lookalikes: run.plan.lookalikes,
    leftovers: run.plan.leftovers,
    cameBack: [],
    ...(waitingUntil === undefined ? {} : { waitingUntil }),
    error,
  }
}

/** What counts of the errors that stopped single lanes: a failure before what was refused. */
function worstOf(errors: readonly OffboardError[]): OffboardError | undefined {
  return errors.find((error) => outcomeOfError(error) === 'failed') ?? errors[0]
}

async function closeAll(writers: Writers): Promise<void> {
  await Promise.all([...writers.values()].map((system) => system.close()))
}

/**
 * Carries out an approved plan, from wherever its journal says that it stands. Errors and interrupts are journaled
 * and are part of the result.
 */
export async function carryOut(desk: WritingDesk, run: RunRecord, lease: Lease): Promise<RunResult> {
  try {
    const systems = await desk.openForWriting(approvedBefore(run.plan, run.approval))
    try {
      const progress = await runSteps({ ...desk, runId: run.id, plan: run.plan, systems, lease })
      const error = worstOf(progress.errors)
      if (error !== undefined) return await breakOff(desk, run, error, progress.waitingUntil)
      return await close(desk, run, progress, systems)
    } finally {
      await closeAll(systems)
    }
  } catch (error) {
    return breakOff(desk, run, error)
  }
}
