import type { SystemWriter } from '../model/adapter.ts'
import type { Clock } from '../model/clock.ts'
import { InternalError } from '../model/errors.ts'
import type { Listener } from '../model/events.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, Lease } from '../model/journal.ts'
import type { Change, Plan } from '../model/plan.ts'
import type { Step } from '../model/platform.ts'
import type { WritableResource } from '../model/resource.ts'
import type { SystemId } from '../model/words.ts'

export type Writers = ReadonlyMap<SystemId, SystemWriter>

/** All that the execution of one approved plan works with. */
export interface Execution {
  readonly runId: string
  readonly plan: Plan
  readonly steps: readonly Step[]
  readonly footprint: Footprint
  readonly systems: Writers
  readonly journal: Journal
  readonly lease: Lease
  readonly clock: Clock
  /** Fires when the operator stops the run. */
  readonly signal: AbortSignal
  readonly emit: Listener
  /** Whether to wait here, or to end with "waiting" and be resumed. */
  waitsHere(restMs: number): boolean
}

export function resourceOf(
  { systems }: Pick<Execution, 'systems'>,
  change: Pick<Change, 'system' | 'kind'>,
): WritableResource {
  const resource = systems.get(change.system)?.resources.get(change.kind)
  if (resource === undefined)
    throw new InternalError({
      tried: `find how ${change.kind} of ${change.system} is changed`,
      said: 'nothing knows it',
    })
  return resource
}
