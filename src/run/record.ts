import type { NewEntry } from '../model/journal.ts'
import type { Change } from '../model/plan.ts'
import type { ItemOutcome } from '../model/words.ts'
import type { Execution } from './context.ts'

/** Journals how changes stand now, and tells the reports. */
export async function record(
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
