import { InterruptedError, RefusedError, UsageError } from '../model/errors.ts'
import type { RunOutcome, VerifyOutcome } from '../model/words.ts'

/** What each outcome exits with. Part of the contract: scripts test for these numbers. */
export const exitCodes = {
  done: 0,
  clean: 0,
  planned: 0,
  failed: 1,
  present: 2,
  'action-required': 3,
  refused: 4,
  unverified: 5,
  waiting: 75,
  interrupted: 130,
} as const satisfies Record<RunOutcome | VerifyOutcome, number>

/** A dry run with `--detailed-exitcode` that would change something. */
export const changesExitCode = 2

export const usageExitCode = 64

/** What an error that ends a command counts as. */
export function outcomeOfError(error: unknown): RunOutcome {
  if (error instanceof InterruptedError) return 'interrupted'
  return error instanceof RefusedError ? 'refused' : 'failed'
}

export function exitCodeOfError(error: unknown): number {
  return error instanceof UsageError ? usageExitCode : exitCodes[outcomeOfError(error)]
}
