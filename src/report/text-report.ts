import type { Writable } from 'node:stream'
import type { Listener, RunEvent, Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import { eventText, type Verbosity } from './event-text.ts'
import type { Look } from './layout.ts'
import { planText, totals, urgentPlanText } from './plan-text.ts'
import { errorText, summaryText } from './summary-text.ts'

export interface TextOptions {
  readonly stdout: Writable
  readonly stderr: Writable
  readonly columns: number
  readonly color: boolean
  readonly verbosity: Verbosity
  readonly now: () => Date
}

type PlanEvent = Extract<RunEvent, { type: 'plan' }>

function planEventText({ plan, resumed }: PlanEvent, verbosity: Verbosity, look: Look): string {
  if (verbosity === 'quiet') return resumed === true ? '' : urgentPlanText(plan, look)
  if (resumed === true) return `Plan ${plan.hash.slice(0, 12)}: ${totals(plan)}\n`
  return planText(plan, look)
}

/** Tells what happens in plain lines, one for each event that matters: nothing moves the cursor. */
export function createTextReport(options: TextOptions): Listener {
  const { stdout, stderr, verbosity, now } = options
  const look: Look = { ...options, verbose: verbosity === 'verbose' }
  let plan: Plan | undefined
  let begun = false
  let last = ''

  /** Sections stand apart from what was told before them. */
  const write = (text: string, apart: boolean) => {
    if (text === '' || text === last) return
    stdout.write(begun && apart ? `\n${text}` : text)
    begun = true
    last = text
  }

  const end = (summary: Summary) => {
    if (summary.error !== undefined) stderr.write(`${begun ? '\n' : ''}${errorText(summary.error, look)}`)
    write(summaryText(summary, { plan, now: now() }, look), true)
  }

  return (event) => {
    if (event.type === 'summary') return end(event)
    if (event.type !== 'plan')
      return write(eventText(event, verbosity, look), event.type === 'guided' || event.type === 'run')
    plan = event.plan
    write(planEventText(event, verbosity, look), event.resumed !== true)
  }
}
