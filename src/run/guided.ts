import type { SystemReader } from '../model/adapter.ts'
import type { Clock } from '../model/clock.ts'
import type { GuidedState } from '../model/events.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, RunRecord } from '../model/journal.ts'
import type { DecidedContext, GuidedStep, Step } from '../model/platform.ts'
import type { SystemId } from '../model/words.ts'
import { type Life, lifeOf, livesOf } from './life.ts'

/** How a guided step was closed: by a person who says so, or by what could be read. */
export type Closed =
  | { readonly outcome: 'attested'; readonly by: string; readonly at: string; readonly note?: string }
  | { readonly outcome: 'verified'; readonly at: string; readonly evidence: string }

type Run = Pick<RunRecord, 'id' | 'plan'>

function closing({ outcome, data }: Life): Closed | undefined {
  const { by, at, note, evidence } = data
  if (typeof at !== 'string') return undefined
  if (outcome === 'verified' && typeof evidence === 'string') return { outcome, at, evidence }
  if (outcome !== 'attested' || typeof by !== 'string') return undefined
  return { outcome, by, at, ...(typeof note === 'string' ? { note } : {}) }
}

/** Whether a run's plan takes something away that stands before a guided step: then it was found again. */
function foundBefore({ plan }: Run, step: string): boolean {
  const order = plan.steps.map(({ id }) => id)
  const before = new Set(order.slice(0, Math.max(0, order.indexOf(step))))
  return plan.changes.some((change) => before.has(change.step))
}

/** How earlier runs on the same tenant closed it. It counts only while nothing of the footprint was found again. */
async function earlier(journal: Journal, run: Run, step: string): Promise<Closed | undefined> {
  if (foundBefore(run, step)) return undefined
  const runs = await journal.runs({ tenant: run.plan.tenant.guid })
  const before = runs.slice(
    0,
    Math.max(
      0,
      runs.findIndex(({ id }) => id === run.id),
    ),
  )
  const others = before.filter(({ plan }) => plan.platform === run.plan.platform)
  for (const other of others.toReversed()) {
    const found = closing(lifeOf(livesOf(await journal.entries(other.id)), step))
    if (found !== undefined || foundBefore(other, step)) return found
  }
  return undefined
}

/** How a guided step was closed, in this run or in an earlier one that still counts; undefined: it is open. */
export async function closedBy(journal: Journal, run: Run, step: string): Promise<Closed | undefined> {
  const life = lifeOf(livesOf(await journal.entries(run.id)), step)
  // What could be read speaks against what was said earlier.
  if (life.outcome === 'action-required') return undefined
  return closing(life) ?? earlier(journal, run, step)
}

/** Why a step that comes after another one may not be done. */
export function notYet(step: string): string {
  return `the step "${step}" is not verified yet`
}

/** What looking at a guided step works with. */
export interface Checking {
  readonly runId: string
  readonly footprint: Footprint
  readonly plan: RunRecord['plan']
  readonly journal: Journal
  readonly clock: Clock
  readonly systems: ReadonlyMap<SystemId, SystemReader>
}

/**
 * Looks whether a guided step was done, where something can be read of it, and writes into the journal what that
 * changes: it is closed when what it takes away is gone, and open again when it is there after all.
 */
export async function checkGuided(checking: Checking, step: GuidedStep): Promise<string | undefined> {
  if (step.check === undefined) return undefined
  const { journal, runId, plan, clock } = checking
  const { is, evidence } = await step.check(checking.systems, {
    footprint: checking.footprint,
    decisions: plan.decisions,
    now: clock.now(),
    planned: new Date(plan.createdAt),
  })
  const closed = await closedBy(journal, { id: runId, plan }, step.id)
  const at = clock.now().toISOString()
  if (is === 'gone' && closed === undefined)
    await journal.append(runId, [{ subject: step.id, event: 'verified', data: { at, evidence } }])
  if (is === 'present' && closed !== undefined)
    await journal.append(runId, [{ subject: step.id, event: 'action-required', data: { at, evidence } }])
  return evidence
}

function lockedBy(step: GuidedStep, context: DecidedContext, open: ReadonlySet<string>): readonly string[] {
  const waiting = (step.after ?? []).filter((id) => open.has(id))
  return [...waiting.map(notYet), ...step.lock(context).reasons]
}

function told(closed: Closed | undefined): Pick<GuidedState, 'outcome' | 'attested' | 'evidence'> {
  if (closed === undefined) return { outcome: 'action-required' }
  const { outcome, ...how } = closed
  return 'evidence' in how ? { outcome, evidence: how.evidence } : { outcome, attested: how }
}

/**
 * How the guided steps stand. `open` are the steps that are not verified yet; `context` rests on a survey made
 * after the last write.
 */
export async function guidedStates(
  steps: readonly Step[],
  context: DecidedContext,
  open: ReadonlySet<string>,
  checking: Checking,
): Promise<readonly GuidedState[]> {
  const { journal, runId: id, plan } = checking
  const guided = steps.filter((step): step is GuidedStep => step.kind === 'guided')
  return Promise.all(
    guided.map(async (step) => {
      const locked = lockedBy(step, context, open)
      const evidence = await checkGuided(checking, step)
      return {
        id: step.id,
        title: step.title,
        optional: step.optional,
        link: step.link,
        instructions: step.instructions(context),
        locked,
        attachments: locked.length === 0 ? (step.attachments?.(context) ?? []) : [],
        ...(evidence === undefined ? {} : { evidence }),
        ...told(await closedBy(journal, { id, plan }, step.id)),
      }
    }),
  )
}
