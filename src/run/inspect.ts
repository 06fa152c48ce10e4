import type { Change } from '../model/plan.ts'
import type { Edit, TenantObject } from '../model/resource.ts'
import { type Standing, standingOf } from '../plan/standing.ts'
import { type Execution, resourceOf } from './context.ts'
import { type Life, lifeOf } from './life.ts'

/** Objects by kind, read just now. */
export type Listing = ReadonlyMap<string, readonly TenantObject[]>

/** Lists each kind once, in parallel. */
export async function listKinds(
  execution: Execution,
  changes: readonly Pick<Change, 'system' | 'kind'>[],
): Promise<Listing> {
  const kinds = new Map(changes.map((change) => [change.kind, change]))
  const lists = [...kinds].map(
    async ([kind, change]) => [kind, await resourceOf(execution, change).list()] as const,
  )
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
  const { identifying } = resource
  return standingOf({
    change,
    purpose: execution.plan.purpose,
    objects: listing.get(change.kind) ?? [],
    ownEdits: ownEdits(change, execution, lives),
    writable: (object) => resource.writable(object),
    identifying,
  })
}
