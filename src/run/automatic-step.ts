import {
  InterruptedError,
  OffboardError,
  PermissionError,
  RefusedError,
  ServiceError,
  ThrottledError,
} from '../model/errors.ts'
import type { NewEntry } from '../model/journal.ts'
import type { Change } from '../model/plan.ts'
import type { ItemOutcome } from '../model/words.ts'
import { placed } from '../plan/place.ts'
import type { Standing } from '../plan/standing.ts'
import { backupsOf } from './backup.ts'
import { collateralOf, refuseCollateral } from './collateral.ts'
import { type Execution, resourceOf } from './context.ts'
import { inspect, type Listing, listKinds } from './inspect.ts'
import { isSettled, lifeOf, livesOf } from './life.ts'
import { waits } from './retry.ts'
import { type AutomaticStep, askAgain, assertGuard, listed } from './step-guard.ts'
import { writeGroup, writeGroups } from './write.ts'

/** How long a change that was answered "ok" may take until a read no longer finds what it took away. */
const verification = { totalMs: 60_000, baseMs: 500, maxDelayMs: 8_000 }

interface Inspected {
  readonly change: Change
  readonly standing: Standing
}

async function record(
  execution: Execution,
  changes: readonly Change[],
  event: ItemOutcome,
  detail?: string,
): Promise<void> {
  if (changes.length === 0) return
  const data = detail === undefined ? {} : { data: { detail } }
  await execution.journal.append(
    execution.runId,
    changes.map((change) => ({ subject: change.id, event, ...data }) satisfies NewEntry),
  )
  for (const { id, name } of changes)
    execution.emit({ type: 'change', id, name, outcome: event, ...(detail === undefined ? {} : { detail }) })
}

async function inspectAll(
  execution: Execution,
  changes: readonly Change[],
  listing: Listing,
): Promise<readonly Inspected[]> {
  const lives = livesOf(await execution.journal.entries(execution.runId))
  return changes.map((change) => ({ change, standing: inspect(change, listing, execution, lives) }))
}

function refuseDrift(inspected: readonly Inspected[]): void {
  const drifted = inspected.flatMap(({ change, standing }) =>
    standing.is === 'drift' ? [`${change.id}: ${standing.difference}`] : [],
  )
  if (drifted.length === 0) return
  throw new RefusedError({
    tried: 'change what was approved',
    said: `it is no longer as it was planned on\n  - ${drifted.join('\n  - ')}`,
    hint: 'Nothing of this step was written. Put it back and resume, or abandon this run and make a new plan.',
  })
}

function having(inspected: readonly Inspected[], is: Standing['is']): readonly Change[] {
  return inspected.filter(({ standing }) => standing.is === is).map(({ change }) => change)
}

/** Reads before the first write: what is gone already, what a killed run left in doubt, and what is still to be made. */
async function takeStock(
  execution: Execution,
  step: AutomaticStep,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const listing = await listKinds(execution, listed(step, changes))
  const inspected = await inspectAll(execution, changes, listing)
  refuseDrift(inspected)
  const lives = livesOf(await execution.journal.entries(execution.runId))
  const effective = having(inspected, 'effective')
  const begun = effective.filter((change) => lifeOf(lives, change.id).intended)
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
  const pending = having(inspected, 'pending')
  if (pending.length > 0) assertGuard(step, listing, pending)
  await intend(execution, pending, listing)
  return placedNow(execution, pending, listing)
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
): Promise<OffboardError | 'by-hand' | undefined> {
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
  return undefined
}

async function write(
  execution: Execution,
  step: AutomaticStep,
  pending: readonly Change[],
): Promise<Written> {
  const made: Change[] = []
  let refusal: OffboardError | undefined
  for (const group of writeGroups(pending)) {
    const hangsOnOthers = !group.every((change) => step.independent?.(change))
    if (refusal !== undefined && hangsOnOthers) continue
    execution.signal.throwIfAborted()
    if (made.length > 0 && hangsOnOthers) await askAgain(execution, step, pending)
    const refused = await attemptGroup(execution, step, group)
    if (refused === undefined) made.push(...group)
    if (refused !== 'by-hand') refusal ??= refused
  }
  return refusal === undefined ? { made } : { made, refusal }
}

/** How many reads in a row must show a change: a replica that lags may show what another no longer has. */
function readsToBelieve(execution: Execution, change: Change): number {
  return resourceOf(execution, change).replicated === true ? 2 : 1
}

/** Lists until all is gone, and says of each change when it was. Answers whether all of them are. */
async function verify(execution: Execution, written: readonly Change[]): Promise<boolean> {
  let left = written
  let reasons = new Map<string, string>()
  const seen = new Map<string, number>()
  for await (const _ of waits({ clock: execution.clock, signal: execution.signal, ...verification })) {
    const inspected = await inspectAll(execution, left, await listKinds(execution, left))
    for (const { change, standing } of inspected)
      seen.set(change.id, standing.is === 'effective' ? (seen.get(change.id) ?? 0) + 1 : 0)
    const proven = left.filter((change) => (seen.get(change.id) ?? 0) >= readsToBelieve(execution, change))
    await record(execution, proven, 'verified')
    left = left.filter((change) => !proven.includes(change))
    reasons = new Map(
      inspected.map(({ change, standing }) => [
        change.id,
        standing.is === 'drift' ? standing.difference : '',
      ]),
    )
    if (left.length === 0) return true
  }
  for (const change of left) {
    const difference = reasons.get(change.id)
    const how =
      difference === '' || difference === undefined ? 'it is still as before' : `it differs: ${difference}`
    await record(execution, [change], 'failed', `the service answered "ok", but ${how}`)
  }
  return false
}

/** What the service refused is not sent again: a person does it, and a read tells when. */
async function lookAtRefused(execution: Execution, refused: readonly Change[]): Promise<void> {
  if (refused.length === 0) return
  const inspected = await inspectAll(execution, refused, await listKinds(execution, refused))
  await record(execution, having(inspected, 'effective'), 'verified')
}

/** Makes the changes of one step and proves them. Answers whether all of them are verified or were gone. */
export async function runAutomaticStep(execution: Execution, step: AutomaticStep): Promise<boolean> {
  const lives = livesOf(await execution.journal.entries(execution.runId))
  const open = execution.plan.changes.filter(
    (change) => change.step === step.id && !isSettled(lifeOf(lives, change.id)),
  )
  if (open.length === 0) return true
  execution.emit({ type: 'step', id: step.id, title: step.title })
  const isRefused = ({ id }: Change) => lifeOf(lives, id).outcome === 'action-required'
  await lookAtRefused(execution, open.filter(isRefused))
  const left = open.filter((change) => !isRefused(change))
  if (left.length === 0) return true
  const pending = await takeStock(execution, step, left)
  const { made, refusal } = await write(execution, step, pending)
  const isProven = made.length === 0 || (await verify(execution, made))
  if (refusal !== undefined) throw refusal
  return isProven
}
