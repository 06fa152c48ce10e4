import type { Step } from '../model/platform.ts'
import { runAutomaticStep } from './automatic-step.ts'
import type { Execution } from './context.ts'
import { runWaitStep } from './wait-step.ts'

/** How far the automatic steps got. */
export interface Progress {
  /** Steps that are complete: verified, or with nothing to do. */
  readonly complete: ReadonlySet<string>
  /** A wait that is to be resumed, and when. */
  readonly waitingUntil?: Date
}

interface StepResult {
  readonly complete: boolean
  readonly waitingUntil?: Date
}

async function runStep(execution: Execution, step: Step): Promise<StepResult> {
  if (step.kind === 'guided') return { complete: false }
  if (step.kind !== 'wait') return { complete: await runAutomaticStep(execution, step) }
  const result = await runWaitStep(execution, step)
  if (result.is === 'waiting') return { complete: false, waitingUntil: result.until }
  return { complete: result.is !== 'action-required' }
}

/**
 * Walks the steps in their order. A step starts when those that it comes after are complete, by default the one
 * before it; an open guided step holds back only those that name it.
 */
export async function runSteps(execution: Execution): Promise<Progress> {
  const complete = new Set<string>()
  let waitingUntil: Date | undefined
  let previous: readonly string[] = []
  for (const step of execution.steps) {
    const after = step.after ?? previous
    if (step.kind !== 'guided') previous = [step.id]
    if (!after.every((id) => complete.has(id))) continue
    execution.signal.throwIfAborted()
    const result = await runStep(execution, step)
    if (result.complete) complete.add(step.id)
    waitingUntil ??= result.waitingUntil
  }
  return waitingUntil === undefined ? { complete } : { complete, waitingUntil }
}
