import type { RunOutcome } from '../../model/words.ts'
import { type Answer, answerOf, type DoctorCheck, unknown } from './check.ts'
import type { Examination } from './examination.ts'

/** A check with its answer. */
export interface Answered {
  readonly check: DoctorCheck
  readonly answer: Answer
}

/**
 * Makes all checks, in parallel as far as they do not need one another, and answers them in their order. A check
 * that fails hides no other; one that needs it is "not checked". Rejects only when the operator stops the program.
 */
export async function runChecks(
  checks: readonly DoctorCheck[],
  examination: Examination,
): Promise<readonly Answered[]> {
  const begun = new Map<string, Promise<Answered>>()

  async function make(check: DoctorCheck): Promise<Answered> {
    const needed = await Promise.all(check.needs.flatMap((id) => begun.get(id) ?? []))
    const fault = needed.find(({ answer }) => answer.ok !== 'ok')
    if (fault !== undefined) return { check, answer: unknown(`not checked: see "${fault.check.title}"`) }
    try {
      return { check, answer: await check.look(examination) }
    } catch (error) {
      return { check, answer: answerOf(error) }
    }
  }

  for (const check of checks) begun.set(check.id, make(check))
  return Promise.all(begun.values())
}

/** `failed` when something required is missing, `unverified` when something required could not be told. */
export function outcomeOf(answered: readonly Answered[]): RunOutcome {
  const required = answered.filter(({ check }) => check.required).map(({ answer }) => answer.ok)
  if (required.includes('missing')) return 'failed'
  return required.includes('unknown') ? 'unverified' : 'done'
}
