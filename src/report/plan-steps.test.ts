import { describe, expect, it } from 'vitest'
import { planText } from './plan-text.ts'
import { samplePlan } from './sample/plan.ts'

describe('a step by hand', () => {
  const steps = [
    { id: 'rule', title: 'Delete the rule' },
    { id: 'effect', title: 'Wait for effect' },
    { id: 'console', title: 'Deactivate' },
  ]
  const guide = (id: string) => ({
    id,
    title: `Guide ${id}`,
    optional: false,
    link: 'https://vendor.example/',
  })
  const wait = { id: 'effect', title: 'Wait for effect', atLeastMs: 1, atMostMs: 2, unreadableMs: 1 }

  it('stands in its place when the program goes on after it, and at the end when it does not', () => {
    const guided = [guide('rule'), guide('console')]
    const plan = { ...samplePlan, steps, changes: [], waits: [wait], guided }
    const shown = planText(plan, { columns: 120, color: false, verbose: false })
    const places = [
      '1. By hand: Guide rule (rule)',
      '2. Wait for effect',
      'By hand, afterwards',
      'Guide console',
    ]
    const found = places.map((place) => shown.indexOf(place))
    expect(found).not.toContain(-1)
    expect(found).toEqual(found.toSorted((one, other) => one - other))
  })
})
