import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import type { RunEvent } from '../model/events.ts'
import { findingSchema, leftoverSchema, lookalikeSchema, planSchema, unreadSchema } from '../plan/schema.ts'
import { eventLineSchema } from './event-schema.ts'
import { createReporter } from './reporter.ts'
import { sampleEvents } from './sample/events.ts'
import { samplePlan } from './sample/plan.ts'
import { createRecorder } from './sample/recorder.ts'
import { sampleSummary } from './sample/summary.ts'

const schema = eventLineSchema({
  plan: planSchema,
  finding: findingSchema,
  lookalike: lookalikeSchema,
  leftover: leftoverSchema,
  unread: unreadSchema,
})

type Line = z.output<typeof schema>

/** Holds by types alone: every event is a line that the schema knows. */
function asLine(event: RunEvent): Line {
  return event
}

const events: readonly RunEvent[] = [
  { type: 'plan', plan: samplePlan, resumed: false },
  ...sampleEvents,
  sampleSummary({ error: { name: 'RefusedError', message: 'no', hint: 'yes' } }),
]

function linesOf(told: readonly RunEvent[]): readonly unknown[] {
  const stdout = createRecorder()
  const stderr = createRecorder()
  const reporter = createReporter({
    format: 'json',
    stdout: stdout.stream,
    stderr: stderr.stream,
    isTerminal: true,
    columns: 80,
    color: true,
    verbosity: 'quiet',
    version: '0.1.0',
    now: () => new Date(),
  })
  for (const event of told) reporter.listener(event)
  expect(stderr.text()).toBe('')
  return stdout
    .text()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

describe('the JSON lines', () => {
  it('begin with the format, before anything happens', () => {
    expect(linesOf([])).toStrictEqual([{ type: 'version', format: 'offboard.events/1', version: '0.1.0' }])
  })

  it('are the events as they happen, whatever the verbosity, the summary last', () => {
    const lines = linesOf(events)
    expect(lines.slice(1)).toStrictEqual(JSON.parse(JSON.stringify(events.map(asLine))))
    expect(lines.at(-1)).toMatchObject({ type: 'summary' })
  })

  it('are each as the schema says', () => {
    for (const line of linesOf(events)) expect(schema.parse(line)).toStrictEqual(line)
  })

  it('cover every event that the schema knows', () => {
    const told = new Set(['version', ...events.map(({ type }) => type)])
    const known = schema.options.map((option) => option.shape.type.value)
    expect([...told].sort()).toStrictEqual([...known].sort())
  })

  it('hold in the summary what the contract names, and nothing else', () => {
    expect(Object.keys(sampleSummary()).sort()).toStrictEqual([
      'blockers',
      'changes',
      'command',
      'exitCode',
      'guided',
      'leftovers',
      'lookalikes',
      'next',
      'outcome',
      'planHash',
      'platform',
      'regions',
      'resumeAfter',
      'runId',
      'tenant',
      'type',
    ])
    expect(schema.safeParse({ ...sampleSummary(), also: 1 }).success).toBe(false)
    expect(schema.safeParse({ ...sampleSummary(), outcome: 'fine' }).success).toBe(false)
  })
})
