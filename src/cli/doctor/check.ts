import {
  InterruptedError,
  OffboardError,
  PermissionError,
  RefusedError,
  TenantError,
  UsageError,
} from '../../model/errors.ts'
import type { Check } from '../../model/events.ts'
import { told } from '../failure.ts'
import type { Examination } from './examination.ts'

/** What a check found: ok, or what to do. */
export type Answer = Omit<Check, 'check'>

/** One check, as data. */
export interface DoctorCheck {
  readonly id: string
  /** What is checked, as people read it. */
  readonly title: string
  /** Whether a run needs it. What is not required never makes `doctor` fail. */
  readonly required: boolean
  /** Ids of checks without which this one says nothing. Those that are not asked for do not count. */
  readonly needs: readonly string[]
  /** Reads only. What it throws is an answer too: by who must act, `missing` or `unknown`. */
  look(examination: Examination): Promise<Answer>
}

export function ok(detail: string): Answer {
  return { ok: 'ok', detail }
}

export function missing(detail: string, remedy: string): Answer {
  return { ok: 'missing', detail, remedy }
}

export function unknown(detail: string, remedy?: string): Answer {
  return { ok: 'unknown', detail, ...(remedy === undefined ? {} : { remedy }) }
}

/** Somebody must act first; anything else may be otherwise the next time. */
const actionable = [UsageError, PermissionError, TenantError, RefusedError]

/** What an error says about what was checked. An interrupt is no answer and is thrown on. */
export function answerOf(error: unknown): Answer {
  if (error instanceof InterruptedError) throw error
  const { message, hint } = told(error)
  const isActionable = error instanceof OffboardError && actionable.some((kind) => error instanceof kind)
  return isActionable
    ? missing(message, hint ?? 'Correct it, and run doctor again.')
    : unknown(message, hint ?? 'Run doctor again later.')
}
