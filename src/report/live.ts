import type { Writable } from 'node:stream'
import { Listr, type ListrTask } from 'listr2'
import type { RunEvent, Summary } from '../model/events.ts'
import { visible } from '../model/name.ts'
import type { Change, Plan } from '../model/plan.ts'
import type { ItemOutcome } from '../model/words.ts'
import { LiveRenderer, rendererOptions } from './live-output.ts'
import { createRow, type ListrRow } from './live-row.ts'
import { type PlannedStep, plannedSteps } from './plan-steps.ts'
import { duration, moment } from './time.ts'
import { isSettled } from './words.ts'

export interface LiveOptions {
  readonly plan: Plan
  readonly stdout: Writable
  readonly columns: number
  readonly color: boolean
  readonly verbose: boolean
  readonly now: () => Date
}

type Of<Type> = Extract<RunEvent, { readonly type: Type }>

/** Events that the live view shows itself. */
export type ProgressEvent = Of<'step' | 'change' | 'wait' | 'retry' | 'warning'>

export interface Live {
  show(event: ProgressEvent): void
  /** Ends the view, which stays on the screen. What has not ended is as the summary says. */
  stop(summary?: Summary): Promise<void>
}

type Task = ListrTask<undefined, typeof LiveRenderer, typeof LiveRenderer>

const waitOutcomes = {
  over: 'verified',
  unverified: 'unverified',
  'action-required': 'action-required',
} as const satisfies Record<string, ItemOutcome>

/** Draws a run in a terminal while it goes on: a line for each step, wait and change. Done ones stay. */
export function startLive({ plan, stdout, columns, color, verbose, now }: LiveOptions): Live {
  const steps = plannedSteps(plan)
  const starts = new Map(steps.map(({ id }) => [id, Promise.withResolvers<void>()]))
  const waits = steps.filter(({ wait }) => wait !== undefined)
  const rows = new Map([
    ...plan.changes.map(({ id }) => [id, createRow(id, color, [])] as const),
    ...waits.map(({ id, title }) => [id, createRow(title, color, ['planned', 'unverified'])] as const),
  ])
  const begun = new Set<string>()
  let current: ListrRow | undefined
  let ticking: NodeJS.Timeout | undefined
  /** How the changes were left, once the run has ended. */
  let left: ReadonlyMap<string, ItemOutcome> | undefined

  function rowTask(id: string): Task {
    return { title: visible(id), task: (_, row) => rows.get(id)?.draw(row) }
  }

  function stepTask({ id, title, changes, wait }: PlannedStep): Task {
    return {
      title: visible(title),
      rendererOptions: { persistentOutput: verbose, outputBar: verbose ? Number.POSITIVE_INFINITY : true },
      async task(_, row) {
        current = row
        await starts.get(id)?.promise
        if (wait === undefined && wasNotReached(id, changes)) return row.skip()
        if (wait !== undefined) return rows.get(id)?.draw(row)
        const tasks = changes.map((change) => rowTask(change.id))
        return row.newListr(tasks, { concurrent: true, exitOnError: false })
      },
    }
  }

  /** Nothing of the step was told of, now or earlier. */
  function wasNotReached(step: string, changes: readonly Change[]): boolean {
    if (left === undefined || begun.has(step)) return false
    return !changes.some(({ id }) => isSettled(left?.get(id) ?? 'planned'))
  }

  /** A step begins when those before it are over: what they did not tell of was done by an earlier process. */
  function begin(id: string): void {
    const place = steps.findIndex((step) => step.id === id)
    for (const before of steps.slice(0, Math.max(0, place))) {
      starts.get(before.id)?.resolve()
      begun.add(before.id)
      for (const subject of [before, ...before.changes])
        rows.get(subject.id)?.end({ outcome: 'verified', detail: 'before' })
    }
    starts.get(id)?.resolve()
    begun.add(id)
  }

  function countDown(id: string, until: number, evidence: string): void {
    const restMs = until - now().getTime()
    const rest =
      restMs > 0
        ? `${duration(restMs)} left, until ${moment(new Date(until).toISOString())}`
        : 'looking again every minute'
    rows.get(id)?.say(`${rest}: ${evidence}`)
  }

  function showWait({ id, state, until, evidence }: Of<'wait'>): void {
    begin(id)
    clearInterval(ticking)
    if (state !== 'waiting') {
      rows.get(id)?.stand({ outcome: waitOutcomes[state], detail: evidence })
      return
    }
    const tick = () => countDown(id, Date.parse(until), evidence)
    tick()
    ticking = setInterval(tick, 1000)
  }

  function note(text: string): void {
    if (current !== undefined) current.output = visible(text)
  }

  const list = new Listr<undefined, typeof LiveRenderer, typeof LiveRenderer>(steps.map(stepTask), {
    renderer: LiveRenderer,
    rendererOptions: rendererOptions(stdout, columns, color),
    concurrent: false,
    exitOnError: false,
    registerSignalListeners: false,
  })
  const drawn = list.run().catch(() => undefined)

  return {
    show(event) {
      if (event.type === 'step') begin(event.id)
      else if (event.type === 'change') rows.get(event.id)?.stand(event)
      else if (event.type === 'wait') showWait(event)
      else if (event.type === 'retry') note(`retry in ${duration(event.waitMs)}: ${event.reason}`)
      else if (verbose) note(`warning: ${event.text}`)
    },
    async stop(summary) {
      clearInterval(ticking)
      left = new Map(summary?.changes.map(({ id, outcome }) => [id, outcome]))
      for (const [id, row] of rows) row.end({ outcome: left.get(id) ?? 'planned' })
      for (const start of starts.values()) start.resolve()
      await drawn
    },
  }
}
