import { InternalError, InterruptedError, OffboardError } from '../model/errors.ts'
import type { Change, Plan } from '../model/plan.ts'

/** Of a plan whose changes all hang together. */
const onlyLane = ''

/** The lane of a change: what fails in one stops no other. */
export function laneOf({ lane = onlyLane }: Pick<Change, 'lane'>): string {
  return lane
}

/** All lanes of a plan; one without a name where its changes have none. */
export function lanesOf({ changes }: Pick<Plan, 'changes'>): ReadonlySet<string> {
  return new Set(changes.length === 0 ? [onlyLane] : changes.map(laneOf))
}

/** The lanes that something stopped in one step. */
export interface Stopped {
  has(lane: string): boolean
  /** Does `work` of a lane; what goes wrong in it stops the lane, or everything where there are no lanes. */
  guard<T>(lane: string, work: () => T | Promise<T>): Promise<T | undefined>
  stop(lane: string): void
  readonly lanes: ReadonlySet<string>
  readonly errors: readonly OffboardError[]
}

/** Whether an error concerns no lane more than the others. */
function concernsAll(error: unknown): boolean {
  const isOurs = error instanceof OffboardError
  return !isOurs || error instanceof InterruptedError || error instanceof InternalError
}

export function createStopped(onStop: (lane: string, error: OffboardError) => void): Stopped {
  const lanes = new Set<string>()
  const errors: OffboardError[] = []
  return {
    lanes,
    errors,
    has: (lane) => lanes.has(lane),
    stop: (lane) => lanes.add(lane),
    async guard(lane, work) {
      try {
        return await work()
      } catch (error) {
        if (lane === onlyLane || concernsAll(error) || !(error instanceof OffboardError)) throw error
        lanes.add(lane)
        errors.push(error)
        onStop(lane, error)
        return undefined
      }
    },
  }
}
