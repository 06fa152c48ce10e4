import type { Change } from '../model/plan.ts'
import type { ItemOutcome } from '../model/words.ts'
import { type Execution, resourceOf } from './context.ts'
import { type Inspected, inspectAll, listKinds, unsettledOf } from './inspect.ts'
import { record } from './record.ts'
import { waits } from './retry.ts'

/** How long a change that was answered "ok" may take until a read no longer finds what it took away. */
const limits = { totalMs: 60_000, baseMs: 500, maxDelayMs: 8_000 }

/** How many reads in a row must show a change: a replica that lags may show what another no longer has. */
function readsToBelieve(execution: Execution, change: Change): number {
  return resourceOf(execution, change).replicated === true ? 2 : 1
}

/** A change as one read shows it. */
interface Seen extends Inspected {
  /** What speaks against believing it, where it is in effect. */
  readonly unsettled: string | undefined
}

async function read(execution: Execution, changes: readonly Change[]): Promise<readonly Seen[]> {
  const listing = await listKinds(execution, changes)
  const inspected = await inspectAll(execution, changes, listing)
  return inspected.map((seen) => ({ ...seen, unsettled: unsettledOf(execution, seen.change, listing) }))
}

/** How a change stands that could not be proven in time. */
function unproven({ standing, unsettled }: Seen): readonly [ItemOutcome, string] {
  if (standing.is === 'unread') return ['unverified', standing.reason]
  if (standing.is === 'effective' && unsettled !== undefined) return ['unverified', unsettled]
  const how = standing.is === 'drift' && standing.difference !== '' ? standing.difference : undefined
  const found = how === undefined ? 'it is still as before' : `it differs: ${how}`
  return ['failed', `the service answered "ok", but ${found}`]
}

/**
 * Lists until all changes are in effect and nothing speaks against it, and says of each when it was: `proven` gives the
 * outcome. Answers those that could not be proven in time: failed, or unverified where only a part still lags.
 */
export async function prove(
  execution: Execution,
  changes: readonly Change[],
  proven: (change: Change) => ItemOutcome,
): Promise<readonly Change[]> {
  if (changes.length === 0) return []
  let left = changes
  let last: readonly Seen[] = []
  const times = new Map<string, number>()
  for await (const _ of waits({ clock: execution.clock, signal: execution.signal, ...limits })) {
    last = await read(execution, left)
    for (const { change, standing, unsettled } of last) {
      const isSeen = standing.is === 'effective' && unsettled === undefined
      times.set(change.id, isSeen ? (times.get(change.id) ?? 0) + 1 : 0)
    }
    const done = left.filter((change) => (times.get(change.id) ?? 0) >= readsToBelieve(execution, change))
    for (const [outcome, those] of Map.groupBy(done, proven)) await record(execution, those, outcome)
    left = left.filter((change) => !done.includes(change))
    if (left.length === 0) return []
  }
  for (const seen of last.filter(({ change }) => left.includes(change)))
    await record(execution, [seen.change], ...unproven(seen))
  return left
}
