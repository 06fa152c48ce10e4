import { InterruptedError, OffboardError, RefusedError } from '../model/errors.ts'
import type { PlannedWait } from '../model/plan.ts'
import type { WaitAnswer, WaitStep } from '../model/platform.ts'
import { closedBy } from './closing.ts'
import type { Execution } from './context.ts'
import { checkGuided, guidesOf } from './guided.ts'
import { inspect, listKinds } from './inspect.ts'
import { isOver, isSettled, lifeOf, livesOf } from './life.ts'

/** How often the answer is asked for once the least wait is over. */
const pollMs = 60_000

export type WaitResult =
  | { readonly is: 'over' | 'unverified' | 'action-required' }
  | { readonly is: 'waiting'; readonly until: Date }

/** How the guided steps that a wait comes after were closed. One that is open again has no closing. */
async function closings(execution: Execution, { after = [] }: WaitStep) {
  const before = execution.plan.guided.filter(({ id }) => after.includes(id))
  const run = { id: execution.runId, plan: execution.plan }
  return Promise.all(
    before.map(async ({ id }) => ({ id, closed: await closedBy(execution.journal, run, id) })),
  )
}

/** When the last of what it comes after was done; without guided steps among that, when the run came to it. */
async function beganAt(execution: Execution, step: WaitStep): Promise<Date> {
  const done = (await closings(execution, step)).flatMap(({ closed }) => closed?.from ?? [])
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
  since: Date,
  unproven: readonly string[],
): Promise<WaitAnswer> {
  const { footprint, systems, clock } = execution
  try {
    return await step.until({ footprint, systems, now: clock.now(), since, unproven })
  } catch (error) {
    const isUnreadable = error instanceof OffboardError
    if (!isUnreadable || error instanceof RefusedError || error instanceof InterruptedError) throw error
    return { is: 'unknown', evidence: `it could not be read: ${error.said ?? error.message}` }
  }
}

/**
 * What the wait came after must still be in effect when it ends: a redirect that somebody switched on again sends
 * mail out anew. Throws a RefusedError with the difference.
 */
async function assertStillInEffect(execution: Execution, { after = [] }: WaitStep): Promise<void> {
  const lives = livesOf(await execution.journal.entries(execution.runId))
  const before = execution.plan.changes.filter(
    ({ id, step }) => after.includes(step) && isSettled(lifeOf(lives, id)),
  )
  const listing = await listKinds(execution, before)
  const undone = before.filter((change) => inspect(change, listing, execution, lives).is !== 'effective')
  if (undone.length === 0) return
  throw new RefusedError({
    tried: 'go on after the wait',
    said: `what was done before it is no longer so\n  - ${undone.map(({ id }) => id).join('\n  - ')}`,
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
function verdict(
  answer: WaitAnswer,
  wait: PlannedWait,
): { after: number; is: 'over' | 'unverified' | 'action-required' } {
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
  wait: PlannedWait,
  is: 'over' | 'unverified' | 'action-required',
  evidence: string,
  until: Date,
): Promise<WaitResult> {
  const event = is === 'over' ? 'verified' : is
  await execution.journal.append(execution.runId, [{ subject: wait.id, event, data: { evidence } }])
  execution.emit({
    type: 'wait',
    id: wait.id,
    title: wait.title,
    state: is,
    until: until.toISOString(),
    evidence,
  })
  return { is }
}

async function pause(
  execution: Execution,
  wait: PlannedWait,
  ms: number,
  until: Date,
  evidence: string,
): Promise<WaitResult | undefined> {
  execution.emit({
    type: 'wait',
    id: wait.id,
    title: wait.title,
    state: 'waiting',
    until: until.toISOString(),
    evidence,
  })
  if (!execution.waitsHere(ms))
    return { is: 'waiting', until: new Date(execution.clock.now().getTime() + ms) }
  await execution.clock.sleep(ms, execution.signal)
  return undefined
}

/** One look: how the wait ends, or until when to wait on. */
async function look(
  execution: Execution,
  step: WaitStep,
  wait: PlannedWait,
  since: Date,
): Promise<WaitResult | undefined> {
  const least = new Date(since.getTime() + wait.atLeastMs)
  const passedMs = execution.clock.now().getTime() - since.getTime()
  const restMs = wait.atLeastMs - passedMs
  if (restMs > 0) return pause(execution, wait, restMs, least, step.why)
  const { open, unproven } = await lookBefore(execution, step)
  if (open.length > 0) return { is: 'action-required' }
  const answer = await ask(step, execution, since, unproven)
  const { after, is } = verdict(answer, wait)
  if (passedMs >= after) {
    await assertStillInEffect(execution, step)
    return settle(execution, wait, is, answer.evidence, least)
  }
  return pause(execution, wait, pollMs, least, answer.evidence)
}

/** Waits until the step says that it is over, at least and at most as long as was planned. */
export async function runWaitStep(execution: Execution, step: WaitStep): Promise<WaitResult> {
  const wait = execution.plan.waits.find(({ id }) => id === step.id)
  if (wait === undefined) return { is: 'over' }
  const life = lifeOf(livesOf(await execution.journal.entries(execution.runId)), step.id)
  if (isOver(life)) return { is: life.outcome === 'verified' ? 'over' : 'unverified' }
  const since = await beganAt(execution, step)
  for (;;) {
    const result = await look(execution, step, wait, since)
    if (result !== undefined) return result
  }
}
