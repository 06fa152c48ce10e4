import { InterruptedError, OffboardError, RefusedError } from '../model/errors.ts'
import type { Change, PlannedWait } from '../model/plan.ts'
import type { WaitStep } from '../model/platform.ts'
import type { WaitAnswer } from '../model/wait.ts'
import { isInEffect } from '../plan/edit.ts'
import { closedBy } from './closing.ts'
import type { Execution } from './context.ts'
import { checkGuided, guidesOf } from './guided.ts'
import { inspect, listKinds } from './inspect.ts'
import { laneOf } from './lanes.ts'
import { isOver, isSettled, lifeOf, livesOf } from './life.ts'
import { lanesToWaitFor, type WaitEnd, waitEntry } from './wait-lanes.ts'

/** What proves a change in the journal. */
const proving: ReadonlySet<string> = new Set(['verified', 'absent'])

/** How often the answer is asked for once the least wait is over. */
const pollMs = 60_000

export type WaitResult = { readonly is: WaitEnd } | { readonly is: 'waiting'; readonly until: Date }

/** A wait under way. */
interface Waiting {
  readonly wait: PlannedWait
  readonly since: Date
  readonly least: Date
  readonly lanes: ReadonlySet<string>
}

/** How the guided steps that a wait comes after were closed. One that is open again has no closing. */
async function closings(execution: Execution, { after = [] }: WaitStep) {
  const before = execution.plan.guided.filter(({ id }) => after.includes(id))
  const run = { id: execution.runId, plan: execution.plan }
  return Promise.all(
    before.map(async ({ id }) => ({ id, closed: await closedBy(execution.journal, run, id) })),
  )
}

/** The changes that a wait comes after, in the lanes that it is for. */
function changesBefore({ plan }: Execution, { after = [] }: WaitStep, lanes: ReadonlySet<string>) {
  return plan.changes.filter((change) => after.includes(change.step) && lanes.has(laneOf(change)))
}

/** When what it comes after was found to be so. */
async function proofs(
  execution: Execution,
  step: WaitStep,
  lanes: ReadonlySet<string>,
): Promise<readonly string[]> {
  const ids = new Set(changesBefore(execution, step, lanes).map(({ id }) => id))
  const entries = await execution.journal.entries(execution.runId)
  const changed = entries.filter(({ subject, event }) => ids.has(subject) && proving.has(event))
  const closed = (await closings(execution, step)).flatMap((closing) => closing.closed?.at ?? [])
  return [...changed.map(({ at }) => at), ...closed]
}

/** When the last of what it comes after was done; without guided steps among that, when the run came to it. */
async function beganAt(execution: Execution, step: WaitStep, lanes: ReadonlySet<string>): Promise<Date> {
  const done =
    step.fromProof === true
      ? await proofs(execution, step, lanes)
      : (await closings(execution, step)).flatMap(({ closed }) => closed?.from ?? [])
  const { id } = step
  const life = lifeOf(livesOf(await execution.journal.entries(execution.runId)), id)
  const now = execution.clock.now()
  if (life.beganAt === undefined)
    await execution.journal.append(execution.runId, [{ subject: id, event: 'began' }])
  const last = done.toSorted().at(-1)
  return new Date(last ?? life.beganAt ?? now)
}

/** What cannot be read is unknown; a wrong tenant or an interrupt is no answer at all. */
async function ask(
  step: WaitStep,
  execution: Execution,
  { since, least, lanes }: Waiting,
  unproven: readonly string[],
): Promise<WaitAnswer> {
  const { footprint, systems, clock, plan } = execution
  const { decisions } = plan
  try {
    return await step.until({
      ...{ footprint, systems, decisions, now: clock.now() },
      ...{ since, least, lanes, unproven },
    })
  } catch (error) {
    const isUnreadable = error instanceof OffboardError
    if (!isUnreadable || error instanceof RefusedError || error instanceof InterruptedError) throw error
    return { is: 'unknown', evidence: `it could not be read: ${error.said ?? error.message}` }
  }
}

/** Whether a change that was verified still is so. Of a list, others may have added to it or taken from it. */
async function undone(execution: Execution, changes: readonly Change[]): Promise<readonly Change[]> {
  const lives = livesOf(await execution.journal.entries(execution.runId))
  const before = changes.filter(({ id }) => isSettled(lifeOf(lives, id)))
  const listing = await listKinds(execution, before)
  return before.filter((change) => {
    const object = listing.get(change.kind)?.find(({ guid }) => guid === change.object.guid)
    const { edit } = change
    if (object !== undefined && edit !== undefined && edit.kind !== 'set')
      return !isInEffect(edit, object.properties)
    return inspect(change, listing, execution, lives).is !== 'effective'
  })
}

/**
 * What the wait came after must still be in effect when it ends: a redirect that somebody switched on again sends
 * mail out anew. Throws a RefusedError with the difference.
 */
async function assertStillInEffect(
  execution: Execution,
  step: WaitStep,
  lanes: ReadonlySet<string>,
): Promise<void> {
  const gone = await undone(execution, changesBefore(execution, step, lanes))
  if (gone.length === 0) return
  throw new RefusedError({
    tried: 'go on after the wait',
    said: `what was done before it is no longer so\n  - ${gone.map(({ id }) => id).join('\n  - ')}`,
    hint: 'Nothing was written. Do it again by hand and resume, or abandon this run and make a new plan.',
  })
}

interface Before {
  readonly open: readonly string[]
  readonly unproven: readonly string[]
}

/** Looks once more at the guided steps that it comes after: what is there after all is open again. */
async function lookBefore(execution: Execution, step: WaitStep): Promise<Before> {
  const { after = [] } = step
  for (const guide of await guidesOf(execution.steps, execution))
    if (after.includes(guide.id)) await checkGuided(execution, guide)
  const now = await closings(execution, step)
  return {
    open: now.filter(({ closed }) => closed === undefined).map(({ id }) => id),
    unproven: now.filter(({ closed }) => closed?.outcome === 'unverified').map(({ id }) => id),
  }
}

/** When each answer ends the wait, and how. `after` is the time since it began from which it does. */
function verdict(answer: WaitAnswer, wait: PlannedWait): { after: number; is: WaitEnd } {
  const ends = {
    over: { after: wait.atLeastMs, is: 'over' },
    unknown: { after: wait.unreadableMs, is: 'unverified' },
    'no-comparison': { after: wait.atMostMs, is: 'unverified' },
    'not-yet': { after: wait.atMostMs, is: 'action-required' },
  } as const
  return ends[answer.is]
}

async function settle(
  execution: Execution,
  { wait, lanes, least }: Waiting,
  is: WaitEnd,
  evidence: string,
): Promise<WaitResult> {
  const { journal, runId, plan } = execution
  const entry = waitEntry(await journal.entries(runId), plan, { wait: wait.id, lanes, is, evidence })
  await journal.append(runId, [entry])
  execution.emit({
    type: 'wait',
    id: wait.id,
    title: wait.title,
    state: is,
    until: least.toISOString(),
    evidence,
  })
  return { is }
}

async function pause(
  execution: Execution,
  { wait, least }: Waiting,
  ms: number,
  evidence: string,
): Promise<WaitResult | undefined> {
  execution.emit({
    type: 'wait',
    id: wait.id,
    title: wait.title,
    state: 'waiting',
    until: least.toISOString(),
    evidence,
  })
  if (!execution.waitsHere(ms))
    return { is: 'waiting', until: new Date(execution.clock.now().getTime() + ms) }
  await execution.clock.sleep(ms, execution.signal)
  return undefined
}

/** One look: how the wait ends, or until when to wait on. */
async function look(execution: Execution, step: WaitStep, waiting: Waiting): Promise<WaitResult | undefined> {
  const { wait, since } = waiting
  const passedMs = execution.clock.now().getTime() - since.getTime()
  const restMs = wait.atLeastMs - passedMs
  if (restMs > 0) return pause(execution, waiting, restMs, step.why)
  const { open, unproven } = await lookBefore(execution, step)
  if (open.length > 0) return { is: 'action-required' }
  const answer = await ask(step, execution, waiting, unproven)
  const { after, is } = verdict(answer, wait)
  if (passedMs >= after) {
    await assertStillInEffect(execution, step, waiting.lanes)
    return settle(execution, waiting, is, answer.evidence)
  }
  return pause(execution, waiting, pollMs, answer.evidence)
}

/** Waits, in these lanes, until the step says that it is over, at least and at most as long as was planned. */
export async function runWaitStep(
  execution: Execution,
  step: WaitStep,
  lanes: ReadonlySet<string>,
): Promise<WaitResult> {
  const wait = execution.plan.waits.find(({ id }) => id === step.id)
  if (wait === undefined) return { is: 'over' }
  const entries = await execution.journal.entries(execution.runId)
  const life = lifeOf(livesOf(entries), step.id)
  if (isOver(life)) return { is: life.outcome === 'verified' ? 'over' : 'unverified' }
  const left = lanesToWaitFor(entries, step.id, lanes)
  if (left.size === 0) return { is: 'over' }
  const since = await beganAt(execution, step, left)
  const least = new Date(since.getTime() + wait.atLeastMs)
  for (;;) {
    const result = await look(execution, step, { wait, since, least, lanes: left })
    if (result !== undefined) return result
  }
}
