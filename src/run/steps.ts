import { fold } from '../model/name.ts'
import type { Step } from '../model/platform.ts'
import { runAutomaticStep } from './automatic-step.ts'
import type { Execution } from './context.ts'
import { checkGuided, closedBy } from './guided.ts'
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

/**
 * Walks the steps in their order. A step starts when those that it comes after are complete, by default the one
 * before it; an open guided step holds back only those that name it.
 */
export async function runSteps(execution: Execution): Promise<Progress> {
  const { steps, plan } = execution
  const guided = new Set(steps.filter(({ kind }) => kind === 'guided').map(({ id }) => id))
  const complete = new Set<string>()
  const held = new Set<string>()
  let waitingUntil: Date | undefined
  let previous: readonly string[] = []
  for (const step of steps) {
    const missing = awaited(step, previous, plan.decisions.allow).filter((id) => !complete.has(id))
    if (step.kind !== 'guided') previous = [step.id]
    if (missing.length > 0) {
      if (step.kind === 'guided' || !missing.every((id) => guided.has(id))) continue
      const isNeeded = plan.changes.some((change) => change.step === step.id)
      if (isNeeded) held.add(step.id)
      else complete.add(step.id)
      continue
    }
    execution.signal.throwIfAborted()
    const result = await runStep(execution, step)
    if (result.complete) complete.add(step.id)
    waitingUntil ??= result.waitingUntil
  }
  return waitingUntil === undefined ? { complete, held } : { complete, held, waitingUntil }
}
