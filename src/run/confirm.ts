import { RefusedError, UsageError } from '../model/errors.ts'
import type { Journal, NewEntry, RunRecord } from '../model/journal.ts'
import type { Evidence, GuidedStep, Step } from '../model/platform.ts'
import { type Attestation, closedBy, closingData } from './closing.ts'
import { notYet, readGuided, unfinishedGuides } from './guided.ts'
import { identityOf } from './identity.ts'
import { isOver, isSettled, type Life, lifeOf, livesOf } from './life.ts'
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

/** Headings of which the service refused a change, and that a read found done by a person since. */
async function provenByHand(
  journal: Journal,
  run: RunRecord,
  lives: ReadonlyMap<string, Life>,
): Promise<ReadonlySet<string>> {
  const refused = run.plan.changes.filter(({ id }) => lifeOf(lives, id).outcome === 'action-required')
  const headings = [...new Set(refused.map(({ step }) => step))]
  const closed = await Promise.all(headings.map((heading) => closedBy(journal, run, heading)))
  return new Set(headings.filter((_, index) => closed[index]?.outcome === 'verified'))
}

/** Steps before a guided one that the run has not completed: of those of its plan. */
async function openBefore(journal: Journal, run: RunRecord, step: GuidedStep): Promise<readonly string[]> {
  const lives = livesOf(await journal.entries(run.id))
  const { changes, waits } = run.plan
  const leftToPerson = await provenByHand(journal, run, lives)
  const open = [
    ...changes
      .filter(({ id, step: heading }) => !isSettled(lifeOf(lives, id)) && !leftToPerson.has(heading))
      .map((change) => change.step),
    ...waits.filter(({ id }) => !isOver(lifeOf(lives, id))).map(({ id }) => id),
    ...(await unfinishedGuides(journal, run)),
  ]
  return (step.after ?? []).filter((id) => open.includes(id))
}

async function reasonsAgainst(
  desk: ReadingDesk,
  journal: Journal,
  run: RunRecord,
  step: GuidedStep,
  found: Evidence | undefined,
) {
  const before = await openBefore(journal, run, step)
  if (step.endsAccess === true) return before.map(notYet)
  const survey = await takeSurvey(desk.readers, desk.platform.reads, identityOf(desk.readers), desk.clock)
  const checked = found?.is === 'present' ? [found.evidence] : []
  const { decisions } = run.plan
  const locked = step.lock({ footprint: desk.footprint, survey, decisions }).reasons
  return [...before.map(notYet), ...locked, ...checked]
}

/** How a person's word closes a step: with what was read for it, or without a proof where there should be one. */
function entryOf(step: GuidedStep, said: Attestation, found: Evidence | undefined): NewEntry {
  const { id } = step
  if (step.provable !== true || found === undefined)
    return { subject: id, event: 'attested', data: closingData(said.at, said, undefined) }
  const event = found.is === 'gone' ? 'verified' : 'unverified'
  return { subject: id, event, data: closingData(said.at, said, found) }
}

/**
 * Closes a guided step on a person's word. Reads the tenant first, unless the step itself ends our access: a step that
 * is locked, or whose check still finds it, is refused and nothing is written. Doing it twice is no error. Answers whether it was closed just now.
 */
export async function confirmStep(
  desk: ReadingDesk,
  journal: Journal,
  run: RunRecord,
  { step: id, by, note }: Confirmation,
): Promise<boolean> {
  const step = guidedStep(desk.platform.steps, id)
  const now = desk.clock.now()
  const closed = await closedBy(journal, run, step.id)
  const since = closed === undefined ? now : new Date(closed.from)
  const found = await readGuided({ ...desk, plan: run.plan, systems: desk.readers }, step, since)
  const reasons = await reasonsAgainst(desk, journal, run, step, found)
  if (reasons.length > 0)
    throw new RefusedError({
      tried: `confirm "${step.id}"`,
      said: `it may not be done yet: ${reasons.join('; ')}`,
      hint: 'Finish that first; nothing was written.',
    })
  if (closed !== undefined) return false
  const said = { by, at: now.toISOString(), ...(note === undefined ? {} : { note }) }
  await journal.append(run.id, [entryOf(step, said, found)])
  await restate(journal, run, run.plan.lookalikes)
  return true
}
