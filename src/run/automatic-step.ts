import type { OffboardError } from '../model/errors.ts'
import type { Change } from '../model/plan.ts'
import type { Execution } from './context.ts'
import { having, inspectAll, listKinds } from './inspect.ts'
import { createStopped, laneOf } from './lanes.ts'
import { isSettled, lifeOf, livesOf } from './life.ts'
import { prove } from './prove.ts'
import { record } from './record.ts'
import type { AutomaticStep } from './step-guard.ts'
import { takeStock } from './take-stock.ts'
import { writeStep } from './write-step.ts'

/** How a step ended in the lanes that it was to be done in. */
export interface StepEnd {
  /** Lanes in which not all of it is verified, or was gone. */
  readonly unfinished: ReadonlySet<string>
  /** What stopped lanes. */
  readonly errors: readonly OffboardError[]
}

/** What the service refused is not sent again: a person does it, and a read tells when. */
async function lookAtRefused(execution: Execution, refused: readonly Change[]): Promise<void> {
  if (refused.length === 0) return
  const inspected = await inspectAll(execution, refused, await listKinds(execution, refused))
  await record(execution, having(inspected, 'effective'), 'verified')
}

/** Makes the changes of one step, in the lanes that are named, and proves them. */
export async function runAutomaticStep(
  execution: Execution,
  step: AutomaticStep,
  lanes: ReadonlySet<string>,
): Promise<StepEnd> {
  const stopped = createStopped((lane, { message }) =>
    execution.emit({ type: 'warning', text: `${lane}: ${message}; this stops no other` }),
  )
  const end = { unfinished: stopped.lanes, errors: stopped.errors }
  const lives = livesOf(await execution.journal.entries(execution.runId))
  const open = execution.plan.changes
    .filter((change) => change.step === step.id && !isSettled(lifeOf(lives, change.id)))
    .filter((change) => lanes.has(laneOf(change)))
  if (open.length === 0) return end
  execution.emit({ type: 'step', id: step.id, title: step.title })
  const isRefused = ({ id }: Change) => lifeOf(lives, id).outcome === 'action-required'
  await lookAtRefused(execution, open.filter(isRefused))
  const left = open.filter((change) => !isRefused(change))
  if (left.length === 0) return end
  const { pending, unsettled } = await takeStock(execution, step, left, stopped)
  const { made, refusal } = await writeStep(execution, step, pending, stopped)
  const isOurs = ({ id }: Change) => pending.some((change) => change.id === id) || lifeOf(lives, id).intended
  const unproven = await prove(execution, [...made, ...unsettled], (change) =>
    isOurs(change) ? 'verified' : 'absent',
  )
  if (refusal !== undefined) throw refusal
  for (const change of unproven) stopped.stop(laneOf(change))
  return end
}
