import type { JsonObject } from './json.ts'
import type { Approval, Plan } from './plan.ts'
import type { TenantObject } from './resource.ts'
import type { ItemOutcome, RunOutcome } from './words.ts'

/**
 * A run is open while it works, after a kill or an interrupt, while it waits, and after a failure; ended when
 * only people have something left to do; abandoned when the operator closed it as it is.
 */
export type RunState = 'open' | 'ended' | 'abandoned'

/** What is known of a run, without its entries. */
export interface RunRecord {
  /** '20261124-081107-k3f9': sorts by time. */
  readonly id: string
  readonly state: RunState
  /** null while it works. */
  readonly outcome: RunOutcome | null
  readonly plan: Plan
  readonly approval: Approval
  /** The options that `resume` takes over, none of them secret. */
  readonly settings: JsonObject
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly updatedAt: string
}

/** The states of a change's life, and what else happens to a subject of a run. */
export type EntryEvent = 'intended' | 'began' | 'note' | ItemOutcome

/** One thing that happened, never altered afterwards. */
export interface NewEntry {
  /** The id of a change, a wait or a guided step; 'run' for the run itself. */
  readonly subject: string
  readonly event: EntryEvent
  /** Evidence, reasons, names: what `show` and the report tell. */
  readonly data?: JsonObject
}

export interface Entry extends NewEntry {
  readonly seq: number
  /** ISO 8601, UTC, on the run's clock. */
  readonly at: string
}

/** An object whole, as it was before this run touched it. */
export interface Backup {
  /** The change that it was saved for. */
  readonly change: string
  readonly kind: string
  readonly object: TenantObject
}

/** One writer per tenant. Renewed by itself until it is released; a dead holder's lease can be taken over. */
export interface Lease {
  /** Throws a RefusedError when another process took the lease over. */
  assertHeld(): Promise<void>
  release(): Promise<void>
}

export interface NewRun {
  readonly plan: Plan
  readonly approval: Approval
  readonly settings: JsonObject
}

export interface RunFilter {
  readonly tenant?: string
  readonly state?: RunState
}

/** The durable record of runs. What a method has resolved is on the disk. */
export interface Journal {
  begin(run: NewRun): Promise<RunRecord>
  /** undefined when there is no such run. */
  run(id: string): Promise<RunRecord | undefined>
  /** Oldest first. */
  runs(filter?: RunFilter): Promise<readonly RunRecord[]>
  /** Adds entries and backups in one transaction. A backup of a change that has one already is not replaced. */
  append(run: string, entries: readonly NewEntry[], backups?: readonly Backup[]): Promise<void>
  entries(run: string): Promise<readonly Entry[]>
  backups(run: string): Promise<readonly Backup[]>
  /** Sets how the run stands. */
  mark(run: string, state: RunState, outcome: RunOutcome | null): Promise<void>
  /** Throws a RefusedError that names the holder when another live process has the tenant. */
  lease(tenant: string): Promise<Lease>
  /** Removes ended and abandoned runs that were last updated before `before`. Never an open one. */
  prune(before: Date): Promise<readonly string[]>
  close(): Promise<void>
}
