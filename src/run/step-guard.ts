import { RefusedError } from '../model/errors.ts'
import type { Change } from '../model/plan.ts'
import type { CreateStep, EditStep, RemoveStep } from '../model/platform.ts'
import type { Execution } from './context.ts'
import { type Listing, listKinds } from './inspect.ts'

export type AutomaticStep = RemoveStep | EditStep | CreateStep

/** What is listed for a step: the kinds of its changes, and those that its guard looks at. */
export function listed(step: AutomaticStep, changes: readonly Change[]) {
  const guarded = (step.guard?.kinds ?? []).map((kind) => ({ system: step.system, kind }))
  return [...changes, ...guarded]
}

interface Guarded {
  readonly tried: string
  /** What is written already. */
  readonly state: string
}

/** Throws a RefusedError when what a step's changes rest on besides their own objects is not so. */
export function assertGuard(
  { footprint, plan: { decisions } }: Pick<Execution, 'footprint' | 'plan'>,
  step: AutomaticStep,
  listing: Listing,
  changes: readonly Change[],
  { tried, state }: Guarded = { tried: 'begin', state: 'Nothing of this step was written.' },
): void {
  const reasons =
    step.guard?.check((kind) => listing.get(kind) ?? [], changes, { footprint, decisions }) ?? []
  if (reasons.length === 0) return
  throw new RefusedError({
    tried: `${tried} the step "${step.id}"`,
    said: reasons.join('; '),
    hint: `${state} Mend it and resume, or abandon this run and make a new plan.`,
  })
}

/**
 * Asks the guard once more before a change that hangs on others of its step: to make them took time, in which somebody
 * may have done something. A step that knows no independent changes is asked once.
 */
export async function askAgain(
  execution: Execution,
  step: AutomaticStep,
  pending: readonly Change[],
): Promise<void> {
  if (step.independent === undefined || step.guard === undefined) return
  const listing = await listKinds(execution, listed(step, []))
  assertGuard(execution, step, listing, pending, { tried: 'go on with', state: 'What is written stays so.' })
}
