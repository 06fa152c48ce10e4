import { RefusedError, UsageError } from '../model/errors.ts'
import type { Journal, RunRecord } from '../model/journal.ts'
import type { GuidedStep, Step } from '../model/platform.ts'
import { closedBy, notYet } from './guided.ts'
import { identityOf } from './identity.ts'
import { lifeOf, livesOf } from './life.ts'
import type { ReadingDesk } from './plan-tenant.ts'
import { restate } from './restate.ts'
import { takeSurvey } from './survey.ts'

export interface Confirmation {
  readonly step: string
  readonly by: string
  readonly note?: string
}

/** The guided step of that name. Throws a UsageError with the list when there is none. */
function guidedStep(steps: readonly Step[], id: string): GuidedStep {
  const guided = steps.filter((step): step is GuidedStep => step.kind === 'guided')
  const found = guided.find((step) => step.id === id.toLowerCase())
  if (found !== undefined) return found
  throw new UsageError({
    tried: `confirm the step "${id}"`,
    said: 'this procedure has no such guided step',
    hint: `It has: ${guided.map((step) => step.id).join(', ')}.`,
  })
}

/** Automatic steps that the run has not completed, of those that a guided step comes after. */
async function openBefore(journal: Journal, run: RunRecord, step: GuidedStep): Promise<readonly string[]> {
  const lives = livesOf(await journal.entries(run.id))
  const open = run.plan.changes.filter(({ id }) => {
    const { outcome } = lifeOf(lives, id)
    return outcome !== 'verified' && outcome !== 'absent'
  })
  return (step.after ?? []).filter((id) => open.some((change) => change.step === id))
}

async function reasonsAgainst(desk: ReadingDesk, journal: Journal, run: RunRecord, step: GuidedStep) {
  const survey = await takeSurvey(desk.readers, desk.platform.reads, identityOf(desk.readers), desk.clock)
  const before = await openBefore(journal, run, step)
  const { createdAt, decisions } = run.plan
  const found = await step.check?.(desk.readers, {
    footprint: desk.footprint,
    decisions,
    now: desk.clock.now(),
    planned: new Date(createdAt),
  })
  const checked = found?.is === 'present' ? [found.evidence] : []
  return [
    ...before.map(notYet),
    ...step.lock({ footprint: desk.footprint, survey, decisions }).reasons,
    ...checked,
  ]
}

/**
 * Closes a guided step on a person's word. Reads the tenant first: a step that is locked, or whose check still finds
 * it, is refused and nothing is written. Doing it twice is no error. Answers whether it was closed just now.
 */
export async function confirmStep(
  desk: ReadingDesk,
  journal: Journal,
  run: RunRecord,
  { step: id, by, note }: Confirmation,
): Promise<boolean> {
  const step = guidedStep(desk.platform.steps, id)
  const reasons = await reasonsAgainst(desk, journal, run, step)
  if (reasons.length > 0)
    throw new RefusedError({
      tried: `confirm "${step.id}"`,
      said: `it may not be done yet: ${reasons.join('; ')}`,
      hint: 'Finish that first; nothing was written.',
    })
  if ((await closedBy(journal, run, step.id)) !== undefined) return false
  const at = desk.clock.now().toISOString()
  const data = { by, at, ...(note === undefined ? {} : { note }) }
  await journal.append(run.id, [{ subject: step.id, event: 'attested', data }])
  await restate(journal, run, run.plan.lookalikes)
  return true
}
