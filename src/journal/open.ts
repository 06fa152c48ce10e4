import type { Clock } from '../model/clock.ts'
import type { Journal } from '../model/journal.ts'

export interface JournalOptions {
  /** Where the journal's file lives. Made, for the owner alone, when it is not there. */
  readonly folder: string
  /** Dates runs and entries. Leases go by the machine's own time. */
  readonly clock: Clock
}

/**
 * Opens the journal in `folder`, making it when there is none. Nothing of SQLite is loaded before.
 * Throws a UsageError that names the path and the remedy when folder or file cannot be used as they are.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { openSqliteJournal } = await import('./sqlite/journal.ts')
  return openSqliteJournal(options)
}
