import {
  InterruptedError,
  OffboardError,
  PermissionError,
  RefusedError,
  ServiceError,
  ThrottledError,
} from '../model/errors.ts'
import type { Change } from '../model/plan.ts'
import type { Execution } from './context.ts'
import { having, inspectAll, listKinds, refuseDrift } from './inspect.ts'
import { laneOf, type Stopped } from './lanes.ts'
import { record } from './record.ts'
import { type AutomaticStep, askAgain } from './step-guard.ts'
import { writeGroup, writeGroups } from './write.ts'

/** Whether the service has said no: nothing was done. A lost answer, an interrupt and drift are something else. */
function isRefusal(error: unknown): error is OffboardError {
  const undecided = error instanceof ServiceError || error instanceof InterruptedError
  return error instanceof OffboardError && !undecided && !(error instanceof RefusedError)
}

/** What was answered "ok", and the first change that the service refused, where others do not hang on it. */
interface Written {
  readonly made: readonly Change[]
  readonly refusal?: OffboardError
}

/** Makes one group of changes. Answers why the service refused it, or that a person does it; undefined: answered "ok". */
async function attemptGroup(
  execution: Execution,
  step: AutomaticStep,
  group: readonly Change[],
): Promise<OffboardError | 'by-hand' | 'made'> {
  try {
    await writeGroup(execution, group, async (left) => {
      const inspected = await inspectAll(execution, left, await listKinds(execution, left))
      refuseDrift(inspected)
      return having(inspected, 'pending')
    })
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (step.refusedByHand === true && error instanceof PermissionError) {
      await record(execution, group, 'action-required', error.said ?? error.message)
      return 'by-hand'
    }
    await record(execution, group, 'failed', error.message)
    if (step.independent === undefined || error instanceof ThrottledError) throw error
    return error
  }
  await record(execution, group, 'applied')
  return 'made'
}

function laneOfGroup([first]: readonly Change[]): string {
  return first === undefined ? '' : laneOf(first)
}

/** Makes the changes of a step, group by group. What stops a lane leaves the others be. */
export async function writeStep(
  execution: Execution,
  step: AutomaticStep,
  pending: readonly Change[],
  stopped: Stopped,
): Promise<Written> {
  const made: Change[] = []
  let refusal: OffboardError | undefined
  for (const group of writeGroups(pending)) {
    const lane = laneOfGroup(group)
    const hangsOnOthers = !group.every((change) => step.independent?.(change))
    if (stopped.has(lane) || (refusal !== undefined && hangsOnOthers)) continue
    execution.signal.throwIfAborted()
    if (made.length > 0 && hangsOnOthers) await askAgain(execution, step, pending)
    const result = await stopped.guard(lane, () => attemptGroup(execution, step, group))
    if (result === 'made') made.push(...group)
    if (result instanceof OffboardError) refusal ??= result
  }
  return refusal === undefined ? { made } : { made, refusal }
}
