import type { Change } from '../model/plan.ts'
import { placed } from '../plan/place.ts'
import { backupsOf } from './backup.ts'
import { collateralOf, refuseCollateral } from './collateral.ts'
import { type Execution, resourceOf } from './context.ts'
import { having, inspectAll, type Listing, listKinds, refuseDrift, unsettledOf } from './inspect.ts'
import { laneOf, type Stopped } from './lanes.ts'
import { type Life, lifeOf, livesOf } from './life.ts'
import { record } from './record.ts'
import { type AutomaticStep, assertGuard, listed } from './step-guard.ts'

/** How the changes of a step stand before its first write. */
export interface Stock {
  /** Still to be made; their objects are saved. */
  readonly pending: readonly Change[]
  /** In effect, and not to be believed yet. */
  readonly unsettled: readonly Change[]
}

function isBegun(lives: ReadonlyMap<string, Life>): (change: Change) => boolean {
  return ({ id }) => lifeOf(lives, id).intended
}

/** Writes down what is gone already, and what a killed run left in doubt. */
async function noteEffective(
  execution: Execution,
  effective: readonly Change[],
  listing: Listing,
): Promise<void> {
  const lives = livesOf(await execution.journal.entries(execution.runId))
  const begun = effective.filter(isBegun(lives))
  const inDoubt = begun.filter((change) => lifeOf(lives, change.id).outcome !== 'applied')
  const damaged = await collateralOf(execution, inDoubt, listing)
  await record(
    execution,
    inDoubt.filter((change) => !damaged.has(change.id) && lifeOf(lives, change.id).outcome === 'planned'),
    'applied',
    'in doubt; read as done',
  )
  await record(
    execution,
    effective.filter((change) => !begun.includes(change)),
    'absent',
  )
  await record(
    execution,
    begun.filter(({ id }) => !damaged.has(id)),
    'verified',
  )
  if (damaged.size > 0) await refuseCollateral(execution, begun, damaged)
}

/** The changes of lanes in which all is as it was planned on. */
async function withoutDrift(
  execution: Execution,
  changes: readonly Change[],
  listing: Listing,
  stopped: Stopped,
) {
  const inspected = await inspectAll(execution, changes, listing)
  for (const [lane, those] of Map.groupBy(inspected, ({ change }) => laneOf(change)))
    await stopped.guard(lane, () => refuseDrift(those))
  return inspected.filter(({ change }) => !stopped.has(laneOf(change)))
}

/** What the customer has moved, made or deleted since the plan was made has moved the places too. */
function placedNow(execution: Execution, changes: readonly Change[], listing: Listing): readonly Change[] {
  return placed(changes, execution.plan.order, {
    objects: (kind) => listing.get(kind) ?? [],
    place: (change) => resourceOf(execution, change).place,
  })
}

/** The intention and the whole object are on the disk before anything is written. */
async function intend(execution: Execution, pending: readonly Change[], listing: Listing): Promise<void> {
  if (pending.length === 0) return
  await execution.lease.assertHeld()
  await execution.journal.append(
    execution.runId,
    pending.map((change) => ({ subject: change.id, event: 'intended' })),
    backupsOf(pending, listing, await execution.journal.backups(execution.runId)),
  )
}

/** Reads before the first write: what is gone already, what a killed run left in doubt, and what is still to be made. */
export async function takeStock(
  execution: Execution,
  step: AutomaticStep,
  changes: readonly Change[],
  stopped: Stopped,
): Promise<Stock> {
  const listing = await listKinds(execution, listed(step, changes))
  const inspected = await withoutDrift(execution, changes, listing, stopped)
  const effective = having(inspected, 'effective')
  const unsettled = effective.filter((change) => unsettledOf(execution, change, listing) !== undefined)
  await noteEffective(
    execution,
    effective.filter((change) => !unsettled.includes(change)),
    listing,
  )
  const open = having(inspected, 'pending')
  for (const [lane, those] of Map.groupBy(open, laneOf))
    await stopped.guard(lane, () => assertGuard(execution, step, listing, those))
  const pending = open.filter((change) => !stopped.has(laneOf(change)))
  await intend(execution, pending, listing)
  return { pending: placedNow(execution, pending, listing), unsettled }
}
