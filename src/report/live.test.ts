import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { RunEvent, Summary } from '../model/events.ts'
import { createReporter } from './reporter.ts'
import { sampleEvents } from './sample/events.ts'
import { sampleChange, samplePlan } from './sample/plan.ts'
import { createRecorder } from './sample/recorder.ts'
import { sampleSummary } from './sample/summary.ts'

const run: RunEvent = { type: 'run', runId: '20261124-081107-k3f9', resumed: false }
const plan: RunEvent = { type: 'plan', plan: samplePlan, resumed: true }
const now = new Date('2026-11-24T08:11:07.000Z')

function verified(step: string): readonly RunEvent[] {
  const changes = samplePlan.changes.filter((change) => change.step === step)
  return [
    { type: 'step', id: step, title: step },
    ...changes.flatMap(({ id, name }): RunEvent[] => [
      { type: 'change', id, name, outcome: 'applied' },
      { type: 'change', id, name, outcome: 'verified' },
    ]),
  ]
}

function waiting(state: 'waiting' | 'over' | 'unverified' | 'action-required', evidence: string): RunEvent {
  const { id, title } = samplePlan.waits[0] ?? { id: '', title: '' }
  return { type: 'wait', id, title, state, until: '2026-11-24T08:41:07.000Z', evidence }
}

interface Shown {
  /** All that was written. */
  readonly all: string
  /** What stays on the screen, as plain lines. */
  readonly screen: string
}

const esc = String.fromCharCode(27)

/** Shows events in a terminal; at a text, waits until it has been drawn. */
async function show(events: readonly (RunEvent | string)[], color = false): Promise<Shown> {
  const stdout = createRecorder()
  const reporter = createReporter({
    format: 'text',
    stdout: stdout.stream,
    stderr: createRecorder().stream,
    isTerminal: true,
    columns: 100,
    color,
    verbosity: 'normal',
    version: '0.1.0',
    now: () => now,
  })
  for (const event of events) {
    if (typeof event !== 'string') reporter.listener(event)
    else while (!stdout.text().includes(event)) await setImmediate()
  }
  await reporter.close()
  const all = stdout.text()
  const last = all.slice(all.lastIndexOf(`${esc}[G`) + 3)
  return { all, screen: last.replace(`${esc}[?25h`, '') }
}

function left(settled: number): Summary {
  const { changes } = sampleSummary()
  return sampleSummary({
    outcome: 'failed',
    changes: changes.map((change, index) => ({
      ...change,
      outcome: index < settled ? ('verified' as const) : ('planned' as const),
    })),
  })
}

describe('the view of a run in a terminal', () => {
  it('leaves every step and change on the screen, with how it ended in words', async () => {
    const { screen } = await show([
      plan,
      run,
      ...verified('drain'),
      waiting('waiting', 'mail still comes back'),
      waiting('over', 'no mail for 10 minutes'),
      ...verified('addresses'),
      ...verified('rules'),
      ...verified('connectors'),
      sampleSummary(),
    ])
    for (const line of [
      '✔ Stop the redirect',
      '  ✔ drain:Redirect Rule  verified',
      '✔ Wait until the scanner has given back all mail  verified: no mail for 10 minutes',
      '✔ Remove the addresses from the allow list',
      '  ✔ ip:192.0.2.10  verified',
      '  ✔ rule:Junk Rule (High)  verified',
      '✔ Delete the connectors',
      '  ✔ outbound:Scanning  verified',
      'Off the vendor, all 5 changes verified.',
    ])
      expect(screen.split('\n')).toContain(line)
  })

  it('counts down while it waits, and says what it waits for', async () => {
    const { screen } = await show([
      plan,
      run,
      ...verified('drain'),
      waiting('waiting', 'mail still comes back'),
      '30 min left, until 2026-11-24 08:41:07 UTC: mail',
      left(1),
    ])
    expect(screen.split('\n')).toContain('↓ Wait until the scanner has given back all mail  planned')
  })

  it('shows what failed, and does not call done what was not reached', async () => {
    const { screen } = await show([
      plan,
      run,
      ...verified('drain'),
      waiting('unverified', 'the trace cannot be read'),
      { type: 'step', id: 'addresses', title: '' },
      {
        type: 'change',
        id: 'ip:192.0.2.10',
        name: '192.0.2.10',
        outcome: 'failed',
        detail: 'it is still as before',
      },
      left(1),
    ])
    const lines = screen.split('\n')
    expect(lines).toContain('  ✖ ip:192.0.2.10  failed: it is still as before')
    expect(lines).toContain(
      '↓ Wait until the scanner has given back all mail  unverified: the trace cannot be read',
    )
    expect(screen).not.toMatch(/✔ Remove the addresses|✔ Delete/)
    expect(lines).toContain('↓ Delete the connectors')
  })

  it('shows what an earlier process has done when a run goes on', async () => {
    const { screen } = await show([
      plan,
      { ...run, resumed: true },
      ...verified('connectors'),
      sampleSummary(),
    ])
    expect(screen.split('\n')).toContain('  ✔ ip:192.0.2.10  verified: before')
    expect(screen.split('\n')).toContain('  ✔ outbound:Scanning  verified')
  })

  it('tells after the view what came meanwhile, in its order', async () => {
    const guided = sampleEvents.filter(({ type }) => type === 'guided' || type === 'saved')
    const { screen } = await show([plan, run, ...verified('drain'), ...guided, left(1)])
    const places = ['Stop the redirect', 'By hand: Deactivate', 'Saved for', 'Failed: 1 of 5'].map((text) =>
      screen.indexOf(text),
    )
    expect(places).toStrictEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  it('has no colour when none is wanted', async () => {
    const events = [plan, run, ...verified('drain'), left(1)]
    const colors = new RegExp(`${esc}\\[\\d+m`)
    expect((await show(events)).all).not.toMatch(colors)
    expect((await show(events, true)).all).toMatch(colors)
  })

  it('is not moved by a name', async () => {
    const change = sampleChange('a\u001b[2J\nb', { id: 'rule:a\u001b[2J\nb' })
    const { screen } = await show([
      { type: 'plan', plan: { ...samplePlan, changes: [change], waits: [] }, resumed: true },
      run,
      { type: 'step', id: 'rules', title: '' },
      { type: 'change', id: change.id, name: change.name, outcome: 'verified', detail: '\u001b[1A' },
      sampleSummary({ changes: [] }),
    ])
    expect(screen).toContain('rule:a\\u{1b}[2J\\u{a}b  verified: \\u{1b}[1A')
  })

  it('ends, and shows the cursor again, when the command ends without a summary', async () => {
    const { all, screen } = await show([plan, run, ...verified('drain')])
    expect(all.lastIndexOf('\u001b[?25h')).toBeGreaterThan(all.lastIndexOf('\u001b[?25l'))
    expect(screen).toContain('  ✔ drain:Redirect Rule  verified')
  })

  it('is left out for a plan that nobody told of: plain lines do', async () => {
    const { all } = await show([run, ...verified('drain'), left(1)])
    expect(all).toContain('  verified drain:Redirect Rule\n')
  })
})
