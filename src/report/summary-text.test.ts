import { describe, expect, it } from 'vitest'
import type { Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import type { Look } from './layout.ts'
import { samplePlan } from './sample/plan.ts'
import { sampleSummary } from './sample/summary.ts'
import { errorText, summaryText } from './summary-text.ts'

const look: Look = { columns: 100, color: false, verbose: false }
const now = new Date('2026-11-24T08:11:07.000Z')

function text(summary: Partial<Summary>, plan: Partial<Plan> = {}): string {
  return summaryText(sampleSummary(summary), { plan: { ...samplePlan, ...plan }, now }, look)
}

function sentence(summary: Partial<Summary>, plan: Partial<Plan> = {}): string | undefined {
  return text(summary, plan).split('\n')[0]
}

const { changes } = sampleSummary()
const half = changes.map(
  (change, index) => ({ ...change, outcome: index < 2 ? 'verified' : 'planned' }) as const,
)
const console_ = { id: 'vendor-console', optional: false, outcome: 'action-required' } as const
const letter = { id: 'verified-domains', optional: true, outcome: 'action-required' } as const
const undecided = samplePlan.lookalikes.filter(({ decision }) => decision === 'undecided')

describe('the sentence at the end', () => {
  it.each<[string, Partial<Summary>]>([
    ['Off the vendor, all 5 changes verified.', { outcome: 'done' }],
    ['Off the vendor, the one change verified.', { changes: changes.slice(0, 1) }],
    ['Off the vendor, nothing had to be changed.', { changes: [] }],
    [
      'Not finished, all 5 changes verified; 1 step is left for a person.',
      { outcome: 'action-required', guided: [console_, letter] },
    ],
    [
      'Not finished, all 5 changes verified; 1 step and 1 lookalike are left for a person.',
      { outcome: 'action-required', guided: [console_], lookalikes: samplePlan.lookalikes },
    ],
    [
      'Not finished, 2 of 5 changes verified; a person must look at it.',
      { outcome: 'action-required', changes: half },
    ],
    ['Not proven: all 5 changes verified, but something could not be read.', { outcome: 'unverified' }],
    [
      'Not everything could be read, so nothing is proven. Nothing was changed.',
      { outcome: 'unverified', runId: null },
    ],
    ['Failed: 2 of 5 changes verified.', { outcome: 'failed', changes: half }],
    ['Refused: nothing was changed.', { outcome: 'refused', runId: null, changes: half }],
    ['Interrupted: 2 of 5 changes verified.', { outcome: 'interrupted', changes: half }],
    ['Waiting: 2 of 5 changes verified so far.', { outcome: 'waiting', changes: half }],
    ['Dry run: nothing was changed, 5 changes would be made.', { outcome: 'planned', runId: null }],
    ['Dry run: there is nothing to change.', { outcome: 'planned', runId: null, changes: [] }],
    ["Clean: nothing that is surely the vendor's is there.", { outcome: 'clean', command: 'verify' }],
    ["Present: 5 things of the vendor's are there.", { outcome: 'present', command: 'verify' }],
  ])('%s', (expected, summary) => {
    expect(sentence(summary)).toBe(expected)
  })

  it('does not claim that the vendor is gone when something came back or was kept', () => {
    const [first] = changes
    const back = first === undefined ? [] : [{ ...first, reason: 'it is there again' }]
    expect(sentence({ outcome: 'action-required', leftovers: back })).toMatch(
      /^Not off the vendor: 1 object came back, all 5 changes verified/,
    )
    const kept = changes.map((change, index) =>
      index === 0 ? ({ ...change, outcome: 'kept' } as const) : change,
    )
    expect(sentence({ changes: kept })).toBe(
      'Off the vendor but for 1 object kept by you, all 4 changes verified.',
    )
  })

  it('speaks of a restore when it was one', () => {
    expect(sentence({ command: 'resume' }, { purpose: 'restore' })).toBe('Put back, all 5 changes verified.')
  })

  it('says what confirm and abandon did, and nothing for what has told all itself', () => {
    expect(sentence({ command: 'confirm' })).toBe('Noted in run 20261124-081107-k3f9.')
    expect(sentence({ command: 'abandon', outcome: 'failed' })).toBe(
      'Run 20261124-081107-k3f9 is closed as it is.',
    )
    expect(text({ command: 'history' })).toBe('')
    expect(text({ command: 'show', outcome: 'failed' })).toBe('')
  })
})

describe('what is left', () => {
  it('is listed with its id and how it stands', () => {
    const shown = text({
      outcome: 'action-required',
      changes: half,
      guided: [console_, letter],
      lookalikes: undecided,
      leftovers: samplePlan.leftovers,
    })
    expect(shown).toContain('  planned         rule:Junk Rule (High)\n')
    expect(shown).not.toContain('drain:Redirect Rule')
    expect(shown).toContain('  action-required vendor-console\n')
    expect(shown).toContain('  action-required verified-domains (optional)\n')
    expect(shown).toContain("  decide          rule:O'Hara's junk rule: the name is the vendor's")
    expect(shown).toContain('  leftover        block-list:192.0.2.11: an address')
  })

  it('does not ask about a lookalike that is excluded', () => {
    expect(text({ outcome: 'done', lookalikes: samplePlan.lookalikes })).not.toContain('inbound:Relay')
  })

  it('is not said of a dry run, whose plan has just been told', () => {
    expect(text({ outcome: 'planned', runId: null, lookalikes: undecided })).not.toContain('What is left')
  })
})

describe('what to do next', () => {
  it('says when to come back', () => {
    const shown = text({ outcome: 'waiting', resumeAfter: '2026-11-24T08:41:07.000Z' })
    expect(shown).toContain('Come back in 30 min, at 2026-11-24 08:41:07 UTC, or later.\n')
    expect(text({ outcome: 'waiting', resumeAfter: '2026-11-24T08:00:00.000Z' })).toContain(
      'Come back at 2026-11-24 08:00:00 UTC, or later.\n',
    )
  })

  it('ends with the exact commands, each whole on its line', () => {
    const next = [
      `offboard resume 20261124-081107-k3f9 --state-dir ${'/long'.repeat(30)}`,
      'offboard history',
    ]
    expect(text({ next }).endsWith(`\nNext:\n    ${next[0]}\n    ${next[1]}\n`)).toBe(true)
  })

  it('tells an error by what was tried, what was said and what to do, line by line', () => {
    const error = {
      name: 'RefusedError',
      message: 'carry out the plan: it differs\n  - rule:\u001b[2Jx: SCL: 5 → 7',
      hint: 'Make a new plan.',
    }
    expect(errorText(error, look)).toBe(
      'Error: carry out the plan: it differs\n  - rule:\\u{1b}[2Jx: SCL: 5 → 7\nTo do: Make a new plan.\n',
    )
  })
})
