import type { SystemReader } from '../model/adapter.ts'
import type { Clock } from '../model/clock.ts'
import type { GuidedState } from '../model/events.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, NewEntry, RunRecord } from '../model/journal.ts'
import type { DecidedContext, Evidence, GuidedStep, Step } from '../model/platform.ts'
import type { SystemId } from '../model/words.ts'
import { type Closed, closedBy, closingData } from './closing.ts'
import { type Life, lifeOf, livesOf } from './life.ts'

/** Why a step that comes after another one may not be done. */
export function notYet(step: string): string {
  return `the step "${step}" is not verified yet`
}

/** What looking at a guided step works with. */
export interface Checking {
  readonly runId: string
  readonly plan: RunRecord['plan']
  readonly footprint: Footprint
  readonly journal: Journal
  readonly clock: Clock
  readonly systems: ReadonlyMap<SystemId, SystemReader>
}

function isGuided(step: Step): step is GuidedStep {
  return step.kind === 'guided'
}

/** What the service refused of a step that a person then does, in its words. */
function refusals(
  { changes }: Pick<RunRecord['plan'], 'changes'>,
  lives: ReadonlyMap<string, Life>,
  step: string,
) {
  return changes
    .filter((change) => change.step === step)
    .map(({ id }) => lifeOf(lives, id))
    .filter(({ outcome }) => outcome === 'action-required')
    .map(({ data }) => String(data.detail ?? ''))
}

/** The guided steps of a run: those of its plan, and those that the service has left to a person. */
export async function guidesOf(
  steps: readonly Step[],
  { journal, runId, plan }: Pick<Checking, 'journal' | 'runId' | 'plan'>,
): Promise<readonly GuidedStep[]> {
  const lives = livesOf(await journal.entries(runId))
  const planned = new Set(plan.guided.map(({ id }) => id))
  return steps.filter(isGuided).filter(({ id }) => planned.has(id) || refusals(plan, lives, id).length > 0)
}

/** Asks what can be read of a guided step. `since`: when it was closed, or is. */
export function readGuided(
  { footprint, plan, clock, systems }: Omit<Checking, 'runId' | 'journal'>,
  step: GuidedStep,
  since: Date | undefined,
): Promise<Evidence> | undefined {
  return step.check?.(systems, {
    footprint,
    decisions: plan.decisions,
    now: clock.now(),
    planned: new Date(plan.createdAt),
    ...(since === undefined ? {} : { since }),
  })
}

/** What the journal has to hold after a look; undefined when it changes nothing. */
function entryFor(id: string, closed: Closed | undefined, found: Evidence, at: string): NewEntry | undefined {
  if (found.is === 'present')
    return closed && { subject: id, event: 'action-required', data: closingData(at, undefined, found) }
  const unproven = closed?.outcome === 'unverified' ? closed : undefined
  if (found.is === 'gone' && (closed === undefined || unproven !== undefined))
    return { subject: id, event: 'verified', data: closingData(at, unproven?.said, found) }
  if (unproven === undefined || unproven.read.rests === found.rests) return undefined
  return { subject: id, event: 'unverified', data: closingData(at, unproven.said, found) }
}

/**
 * Looks whether a guided step was done, where something can be read of it, and writes into the journal what that
 * changes: it is closed when what it takes away is gone, and open again when it is there after all.
 */
export async function checkGuided(checking: Checking, step: GuidedStep): Promise<Evidence | undefined> {
  const { journal, runId, plan, clock } = checking
  const closed = await closedBy(journal, { id: runId, plan }, step.id)
  const found = await readGuided(checking, step, closed && new Date(closed.from))
  if (found === undefined) return undefined
  const entry = entryFor(step.id, closed, found, clock.now().toISOString())
  if (entry !== undefined) await journal.append(runId, [entry])
  return found
}

/** Guided steps that are open, or that nothing proves yet. */
export async function unfinishedGuides(
  journal: Journal,
  run: Pick<RunRecord, 'id' | 'plan'>,
): Promise<readonly string[]> {
  const closings = await Promise.all(
    run.plan.guided.map(async ({ id }) => ({ id, closed: await closedBy(journal, run, id) })),
  )
  return closings
    .filter(({ closed }) => closed === undefined || closed.outcome === 'unverified')
    .map(({ id }) => id)
}

/** How a guided step stands by how it was closed. */
export function told(
  closed: Closed | undefined,
): Pick<GuidedState, 'outcome' | 'attested' | 'evidence' | 'rests'> {
  if (closed === undefined) return { outcome: 'action-required' }
  const { outcome, said } = closed
  return {
    outcome,
    ...('read' in closed ? closed.read : {}),
    ...(said === undefined ? {} : { attested: said }),
  }
}

/**
 * How the guided steps stand. `open` are the automatic steps that are not verified yet; `context` rests on a survey
 * made after the last write.
 */
export async function guidedStates(
  steps: readonly Step[],
  context: DecidedContext,
  open: ReadonlySet<string>,
  checking: Checking,
): Promise<readonly GuidedState[]> {
  const { journal, runId: id, plan } = checking
  const guided = await guidesOf(steps, checking)
  const found = new Map<string, Evidence | undefined>()
  for (const step of guided) found.set(step.id, await checkGuided(checking, step))
  const before = new Set([...open, ...(await unfinishedGuides(journal, { id, plan }))])
  const lives = livesOf(await journal.entries(id))
  return Promise.all(
    guided.map(async (step) => {
      const waiting = (step.after ?? []).filter((other) => before.has(other)).map(notYet)
      const locked = [...waiting, ...step.lock(context).reasons]
      const { evidence, rests } = found.get(step.id) ?? {}
      const refused = refusals(plan, lives, step.id).map((words) => `By hand, as ${words}`)
      return {
        id: step.id,
        title: step.title,
        optional: step.optional,
        link: step.link,
        instructions: [...refused, ...step.instructions(context)],
        locked,
        attachments: locked.length === 0 ? (step.attachments?.(context) ?? []) : [],
        ...(evidence === undefined ? {} : { evidence }),
        ...(rests === undefined ? {} : { rests }),
        ...told(await closedBy(journal, { id, plan }, step.id)),
      }
    }),
  )
}

/** How the guided steps stand when the automatic ones are not finished: nobody should do the open ones yet. */
export async function heldBack(
  steps: readonly Step[],
  { journal, runId: id, plan }: Pick<Checking, 'journal' | 'runId' | 'plan'>,
): Promise<readonly GuidedState[]> {
  const unfinished = await unfinishedGuides(journal, { id, plan })
  const finished = plan.guided
    .filter((planned) => !unfinished.includes(planned.id))
    .map((planned) => planned.id)
  const afterOf = (guide: string) => steps.find((step) => isGuided(step) && step.id === guide)?.after ?? []
  return Promise.all(
    plan.guided.map(async ({ id: guide, title, optional, link }) => {
      const closed = await closedBy(journal, { id, plan }, guide)
      const before = afterOf(guide).filter((other) => !finished.includes(other))
      const locked = closed === undefined ? before.map(notYet) : []
      return { id: guide, title, optional, link, instructions: [], locked, attachments: [], ...told(closed) }
    }),
  )
}
