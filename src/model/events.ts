import type { Entry, RunRecord } from './journal.ts'
import type { Finding, Leftover, Lookalike, Plan, Unread } from './plan.ts'
import type { Attachment } from './platform.ts'
import type { Ground, ItemOutcome, PlatformId, RegionId, RunOutcome, VerifyOutcome } from './words.ts'

/** A change as the summary lists it. */
export interface ChangeSummary {
  readonly id: string
  readonly step: string
  readonly kind: string
  readonly name: string
  readonly outcome: ItemOutcome
}

/** A guided step as a run leaves it. */
export interface GuidedState {
  readonly id: string
  readonly title: string
  readonly optional: boolean
  readonly outcome: ItemOutcome
  readonly link: string
  readonly instructions: readonly string[]
  /** What speaks against doing it now; empty when it may be done. */
  readonly locked: readonly string[]
  readonly attachments: readonly Attachment[]
  readonly attested?: { readonly by: string; readonly at: string; readonly note?: string }
  /** What could be read of whether it was done. */
  readonly evidence?: string
  /** What that rests on. */
  readonly rests?: Ground
}

/** One check of `doctor`: ok, or what to do. */
export interface Check {
  readonly check: string
  readonly ok: 'ok' | 'missing' | 'unknown'
  readonly detail: string
  readonly remedy?: string
}

/** The last event of every command that works on a tenant. */
export interface Summary {
  readonly type: 'summary'
  readonly command: string
  readonly outcome: RunOutcome | VerifyOutcome
  readonly exitCode: number
  /** The initial domain; null when it is not known. */
  readonly tenant: string | null
  readonly platform: PlatformId | null
  readonly regions: readonly RegionId[]
  readonly planHash: string | null
  /** null in a dry run, which writes no journal. */
  readonly runId: string | null
  readonly changes: readonly ChangeSummary[]
  readonly lookalikes: readonly Finding[]
  readonly leftovers: readonly Finding[]
  readonly blockers: readonly Finding[]
  readonly guided: readonly {
    readonly id: string
    readonly optional: boolean
    readonly outcome: ItemOutcome
  }[]
  /** When to come back, ISO 8601; null when there is nothing to wait for. */
  readonly resumeAfter: string | null
  /** The commands to type next, in order of use. */
  readonly next: readonly string[]
  readonly error?: { readonly name: string; readonly message: string; readonly hint?: string }
}

/** What happens, told to the reports. They only listen. */
export type RunEvent =
  | { readonly type: 'reading'; readonly tenant: string; readonly title: string }
  | {
      readonly type: 'plan'
      readonly plan: Plan
      /** It was approved before, and a run goes on with it. */
      readonly resumed: boolean
    }
  | { readonly type: 'run'; readonly runId: string; readonly resumed: boolean }
  | { readonly type: 'step'; readonly id: string; readonly title: string }
  | {
      readonly type: 'change'
      readonly id: string
      readonly name: string
      readonly outcome: ItemOutcome
      readonly detail?: string
    }
  | {
      readonly type: 'wait'
      readonly id: string
      readonly title: string
      readonly state: 'waiting' | 'over' | 'unverified' | 'action-required'
      /** When the least wait is over, ISO 8601. */
      readonly until: string
      readonly evidence: string
    }
  | { readonly type: 'guided'; readonly step: GuidedState }
  | { readonly type: 'saved'; readonly step: string; readonly files: readonly string[] }
  | { readonly type: 'retry'; readonly reason: string; readonly waitMs: number }
  | { readonly type: 'warning'; readonly text: string }
  | {
      readonly type: 'found'
      readonly present: readonly Finding[]
      readonly lookalikes: readonly Lookalike[]
      readonly leftovers: readonly Leftover[]
      readonly unread: readonly Unread[]
    }
  | { readonly type: 'history'; readonly runs: readonly RunRecord[] }
  | {
      readonly type: 'show'
      readonly run: RunRecord
      readonly entries: readonly Entry[]
    }
  | { readonly type: 'checks'; readonly checks: readonly Check[] }
  | { readonly type: 'pruned'; readonly runs: readonly string[] }
  | Summary

export type Listener = (event: RunEvent) => void
