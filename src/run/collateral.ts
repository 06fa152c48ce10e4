import { TenantError } from '../model/errors.ts'
import type { Change } from '../model/plan.ts'
import { type Execution, resourceOf } from './context.ts'
import type { Listing } from './inspect.ts'

/** What else changed, by the id of the change whose write was cut off. */
export type Collateral = ReadonlyMap<string, readonly string[]>

/**
 * Compares what the writes that a killed run left in doubt were written together with, to what was saved before. Where
 * each object is written alone there is nothing to compare.
 */
export async function collateralOf(
  execution: Execution,
  inDoubt: readonly Change[],
  listing: Listing,
): Promise<Collateral> {
  const removals = inDoubt.filter(({ action }) => action === 'remove')
  if (removals.length === 0) return new Map()
  const backups = await execution.journal.backups(execution.runId)
  const removed = new Set(
    execution.plan.changes.filter(({ action }) => action === 'remove').map(({ object }) => object.guid),
  )
  return new Map(
    removals.flatMap((change) => {
      const saved = backups.find((backup) => backup.change === change.id)?.object
      if (saved === undefined) return []
      const now = listing.get(change.kind) ?? []
      const found = resourceOf(execution, change).collateral?.(saved, now, removed) ?? []
      return found.length === 0 ? [] : [[change.id, found] as const]
    }),
  )
}

/** Journals that these changes have harmed something else, and throws what is to be done by hand. */
export async function refuseCollateral(
  execution: Execution,
  changes: readonly Change[],
  found: Collateral,
): Promise<never> {
  const harmed = changes.filter(({ id }) => found.has(id))
  const detail = (id: string) => `something else is not as it was before: ${(found.get(id) ?? []).join('; ')}`
  await execution.journal.append(
    execution.runId,
    harmed.map(({ id }) => ({ subject: id, event: 'failed', data: { detail: detail(id) } })),
  )
  for (const { id, name } of harmed)
    execution.emit({ type: 'change', id, name, outcome: 'failed', detail: detail(id) })
  throw new TenantError({
    tried: 'prove what a run that was cut off has written',
    said: harmed.map(({ id }) => `${id}: ${detail(id)}`).join('; '),
    hint: 'Compare it with the backup of this run, and put it right by hand; then resume.',
  })
}
