import { RefusedError, ServiceError } from '../model/errors.ts'
import type { Change } from '../model/plan.ts'
import type { Edit, TenantObject } from '../model/resource.ts'
import { type Standing, standingOf } from '../plan/standing.ts'
import { type Execution, resourceOf } from './context.ts'
import { type Life, lifeOf, livesOf } from './life.ts'

/** Objects by kind, read just now. */
export type Listing = ReadonlyMap<string, readonly TenantObject[]>

/** How objects of a kind are listed: of a resource, or of a source that is only read. */
function listOf(execution: Execution, change: Pick<Change, 'system' | 'kind'>) {
  const source = execution.systems.get(change.system)?.sources.get(change.kind)
  return source === undefined ? resourceOf(execution, change).list() : source.list()
}

/** Lists each kind once, in parallel. */
export async function listKinds(
  execution: Execution,
  changes: readonly Pick<Change, 'system' | 'kind'>[],
): Promise<Listing> {
  const kinds = new Map(changes.map((change) => [change.kind, change]))
  const lists = [...kinds].map(async ([kind, change]) => [kind, await listOf(execution, change)] as const)
  return new Map(await Promise.all(lists))
}

function ownEdits(change: Change, execution: Execution, lives: ReadonlyMap<string, Life>): readonly Edit[] {
  return execution.plan.changes
    .filter((other) => other.object.guid === change.object.guid && lifeOf(lives, other.id).intended)
    .flatMap((other) => other.edit ?? [])
}

/** How the tenant stands to one change. */
export function inspect(
  change: Change,
  listing: Listing,
  execution: Execution,
  lives: ReadonlyMap<string, Life>,
): Standing {
  const resource = resourceOf(execution, change)
  const { identifying, unread } = resource
  return standingOf({
    change,
    purpose: execution.plan.purpose,
    objects: listing.get(change.kind) ?? [],
    ownEdits: ownEdits(change, execution, lives),
    writable: (object) => resource.writable(object),
    unread,
    identifying,
  })
}

/** A change, and how the tenant stands to it. */
export interface Inspected {
  readonly change: Change
  readonly standing: Standing
}

export async function inspectAll(
  execution: Execution,
  changes: readonly Change[],
  listing: Listing,
): Promise<readonly Inspected[]> {
  const lives = livesOf(await execution.journal.entries(execution.runId))
  return changes.map((change) => ({ change, standing: inspect(change, listing, execution, lives) }))
}

export function having(inspected: readonly Inspected[], is: Standing['is']): readonly Change[] {
  return inspected.filter(({ standing }) => standing.is === is).map(({ change }) => change)
}

/** Throws a ServiceError with the reasons when how something stands could not be read. */
function refuseUnread(inspected: readonly Inspected[]): void {
  const unread = inspected.flatMap(({ change, standing }) =>
    standing.is === 'unread' ? [`${change.id}: ${standing.reason}`] : [],
  )
  if (unread.length === 0) return
  throw new ServiceError({
    tried: 'read what is to be changed',
    said: unread.join('; '),
    hint: 'Whether it is as it was planned on is not known. Resume when it can be read.',
  })
}

/** Throws a RefusedError, with the difference, when something is not as it was planned on; not known is a ServiceError. */
export function refuseDrift(inspected: readonly Inspected[]): void {
  refuseUnread(inspected)
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

/** What still speaks against believing what was just read of a change's object; undefined: nothing. */
export function unsettledOf(execution: Execution, change: Change, listing: Listing): string | undefined {
  const object = listing.get(change.kind)?.find(({ guid }) => guid === change.object.guid)
  return object && resourceOf(execution, change).unsettled?.(object)
}
