import { fold } from '../model/name.ts'
import type { Step } from '../model/platform.ts'
import { runAutomaticStep } from './automatic-step.ts'
import { closedBy } from './closing.ts'
import type { Execution } from './context.ts'
import { checkGuided, guidesOf } from './guided.ts'
import { runWaitStep } from './wait-step.ts'

/** How far the steps got. */
export interface Progress {
  /** Automatic steps that are verified or have nothing to do, and guided ones that are closed. */
  readonly complete: ReadonlySet<string>
  /** Automatic steps with something to do that only a guided step holds back. */
  readonly held: ReadonlySet<string>
  /** A wait that is to be resumed, and when. */
  readonly waitingUntil?: Date
}

interface StepResult {
  readonly complete: boolean
  readonly waitingUntil?: Date
}

async function runStep(execution: Execution, step: Step): Promise<StepResult> {
  if (step.kind === 'guided') {
    await checkGuided(execution, step)
    const isOpen = (await guidesOf(execution.steps, execution)).some(({ id }) => id === step.id)
    if (!isOpen) return { complete: true }
    return { complete: (await closedBy(execution.journal, recordOf(execution), step.id)) !== undefined }
  }
  if (step.kind !== 'wait') return { complete: await runAutomaticStep(execution, step) }
  const result = await runWaitStep(execution, step)
  if (result.is === 'waiting') return { complete: false, waitingUntil: result.until }
  return { complete: result.is !== 'action-required' }
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
  readonly held: Set<string>
  /** Automatic steps, and guided ones, by id; a heading may have one of each. */
  readonly automatic: ReadonlySet<string>
  readonly guided: ReadonlySet<string>
}

function idsOf(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.map(({ id }) => id))
}

/** A step of which something before it is missing. */
function passOver(
  { complete, held, guided }: Walk,
  plan: Execution['plan'],
  step: Step,
  missing: readonly string[],
) {
  if (step.kind === 'guided' || !missing.every((id) => guided.has(id))) return
  if (isNeeded(plan, step.id)) held.add(step.id)
  else complete.add(step.id)
}

/** What the program has not done of a heading, or the service has refused, a person still has to do. */
function note({ complete, held, automatic }: Walk, { kind, id }: Step, isComplete: boolean): void {
  const isByHand = kind === 'guided' && automatic.has(id)
  if (isComplete && !isByHand) complete.add(id)
  if (!isComplete && isByHand && complete.delete(id)) held.add(id)
}

/**
 * Walks the steps in their order. A step starts when those that it comes after are complete, by default the one
 * before it; an open guided step holds back only those that name it.
 */
export async function runSteps(execution: Execution): Promise<Progress> {
  const { steps, plan } = execution
  const walk: Walk = {
    complete: new Set(),
    held: new Set(),
    automatic: idsOf(steps.filter(({ kind }) => kind !== 'guided')),
    guided: idsOf(steps.filter(({ kind }) => kind === 'guided')),
  }
  const { complete, held } = walk
  let waitingUntil: Date | undefined
  let previous: readonly string[] = []
  for (const step of steps) {
    const missing = awaited(step, previous, plan.decisions.allow).filter((id) => !complete.has(id))
    if (step.kind !== 'guided') previous = [step.id]
    if (missing.length > 0) {
      passOver(walk, plan, step, missing)
      continue
    }
    execution.signal.throwIfAborted()
    const result = await runStep(execution, step)
    note(walk, step, result.complete)
    waitingUntil ??= result.waitingUntil
  }
  return waitingUntil === undefined ? { complete, held } : { complete, held, waitingUntil }
}
