import type { OffboardError } from '../model/errors.ts'
import { fold } from '../model/name.ts'
import type { GuidedStep, Step } from '../model/platform.ts'
import { runAutomaticStep } from './automatic-step.ts'
import { closedBy } from './closing.ts'
import type { Execution } from './context.ts'
import { checkGuided, guidesOf } from './guided.ts'
import { lanesOf } from './lanes.ts'
import { runWaitStep } from './wait-step.ts'

/** How far the steps got. */
export interface Progress {
  /** Automatic steps that are verified or have nothing to do, and guided ones that are closed. */
  readonly complete: ReadonlySet<string>
  /** Automatic steps with something to do that only a guided step holds back. */
  readonly held: ReadonlySet<string>
  /** What stopped single lanes. */
  readonly errors: readonly OffboardError[]
  /** A wait that is to be resumed, and when. */
  readonly waitingUntil?: Date
}

interface StepResult {
  /** Lanes in which it is not complete. */
  readonly unfinished: ReadonlySet<string>
  readonly errors?: readonly OffboardError[]
  readonly waitingUntil?: Date
}

async function isGuideClosed(execution: Execution, step: GuidedStep): Promise<boolean> {
  await checkGuided(execution, step)
  const isOpen = (await guidesOf(execution.steps, execution)).some(({ id }) => id === step.id)
  return !isOpen || (await closedBy(execution.journal, recordOf(execution), step.id)) !== undefined
}

/** Does a step in the lanes in which all before it is complete. */
async function runStep(
  execution: Execution,
  step: Exclude<Step, GuidedStep>,
  lanes: ReadonlySet<string>,
): Promise<StepResult> {
  if (step.kind !== 'wait') return runAutomaticStep(execution, step, lanes)
  const result = await runWaitStep(execution, step, lanes)
  if (result.is === 'waiting') return { unfinished: lanes, waitingUntil: result.until }
  return { unfinished: result.is === 'action-required' ? lanes : new Set() }
}

function recordOf({ runId, plan }: Execution) {
  return { id: runId, plan }
}

/** What a step waits for, without what the operator waived. */
function awaited({ after, waivers = {} }: Step, previous: readonly string[], allow: readonly string[]) {
  const allowed = new Set(allow.map(fold))
  return (after ?? previous).filter((id) => !allowed.has(fold(waivers[id] ?? '')))
}

/** Whether a step that a guided one holds back has something to do. */
function isNeeded({ changes, waits }: Execution['plan'], id: string): boolean {
  return changes.some((change) => change.step === id) || waits.some((wait) => wait.id === id)
}

/** How far the walk is. */
interface Walk {
  readonly complete: Set<string>
  /** Complete in the lanes that go on, while others were stopped. */
  readonly partly: Set<string>
  readonly held: Set<string>
  /** Lanes that go on. */
  readonly lanes: Set<string>
  /** Of the plan; undefined when its changes hang together. */
  readonly allLanes: ReadonlySet<string> | undefined
  /** Automatic steps, and guided ones, by id; a heading may have one of each. */
  readonly automatic: ReadonlySet<string>
  readonly guided: ReadonlySet<string>
}

function idsOf(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.map(({ id }) => id))
}

function begin({ steps, plan }: Execution): Walk {
  const lanes = lanesOf(plan)
  return {
    complete: new Set(),
    partly: new Set(),
    held: new Set(),
    lanes: new Set(lanes),
    allLanes: plan.changes.some(({ lane }) => lane !== undefined) ? lanes : undefined,
    automatic: idsOf(steps.filter(({ kind }) => kind !== 'guided')),
    guided: idsOf(steps.filter(({ kind }) => kind === 'guided')),
  }
}

/** Of what a step comes after, what is not complete: for an automatic one, in the lanes that go on. */
function missingFor({ complete, partly }: Walk, step: Step, before: readonly string[]): readonly string[] {
  return before.filter((id) => !complete.has(id) && (step.kind === 'guided' || !partly.has(id)))
}

/** A guided step of a heading that has an automatic one too: what it would do is not done. */
function holdByHand({ complete, held, automatic }: Walk, id: string): void {
  if (automatic.has(id) && complete.delete(id)) held.add(id)
}

/** A step of which something before it is missing. */
function passOver(walk: Walk, plan: Execution['plan'], { kind, id }: Step, missing: readonly string[]): void {
  const { complete, held, guided } = walk
  if (!missing.every((one) => guided.has(one) || held.has(one))) return
  if (kind === 'guided') {
    if (plan.guided.some((planned) => planned.id === id)) holdByHand(walk, id)
    return
  }
  if (isNeeded(plan, id)) held.add(id)
  else complete.add(id)
}

/** What the program has not done of a heading, or the service has refused, a person still has to do. */
function noteGuided(walk: Walk, { id }: Step, isClosed: boolean): void {
  if (!isClosed) holdByHand(walk, id)
  else if (!walk.automatic.has(id)) walk.complete.add(id)
}

function noteAutomatic(walk: Walk, { id }: Step, unfinished: ReadonlySet<string>): void {
  const { complete, partly, lanes, allLanes } = walk
  if (allLanes === undefined) {
    if (unfinished.size === 0) complete.add(id)
    return
  }
  for (const lane of unfinished) lanes.delete(lane)
  if (lanes.size === allLanes.size) complete.add(id)
  else if (lanes.size > 0) partly.add(id)
}

/**
 * Walks the steps in their order. A step starts when those that it comes after are complete, by default the one
 * before it; an open guided step holds back only those that name it, and what stops a lane only what comes in that lane.
 */
export async function runSteps(execution: Execution): Promise<Progress> {
  const { steps, plan } = execution
  const walk = begin(execution)
  const errors: OffboardError[] = []
  let waitingUntil: Date | undefined
  let previous: readonly string[] = []
  for (const step of steps) {
    const missing = missingFor(walk, step, awaited(step, previous, plan.decisions.allow))
    if (step.kind !== 'guided') previous = [step.id]
    if (missing.length > 0) {
      passOver(walk, plan, step, missing)
      continue
    }
    execution.signal.throwIfAborted()
    if (step.kind === 'guided') {
      noteGuided(walk, step, await isGuideClosed(execution, step))
      continue
    }
    const result = await runStep(execution, step, new Set(walk.lanes))
    noteAutomatic(walk, step, result.unfinished)
    errors.push(...(result.errors ?? []))
    waitingUntil ??= result.waitingUntil
  }
  const { complete, held } = walk
  return { complete, held, errors, ...(waitingUntil === undefined ? {} : { waitingUntil }) }
}
