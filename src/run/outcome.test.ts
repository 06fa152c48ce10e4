import fc from 'fast-check'
import { expect, test } from 'vitest'
import { itemOutcomes } from '../model/words.ts'
import { outcomeOf, type Standings } from './outcome.ts'

const clean: Standings = {
  items: ['verified', 'absent', 'kept'],
  guided: [],
  undecided: 0,
  cameBack: 0,
  waiting: false,
}

test.each<[string, Partial<Standings>, string]>([
  ['all verified', {}, 'done'],
  ['a failed change', { items: ['verified', 'failed'], undecided: 1 }, 'failed'],
  [
    'a wait under way, whatever else is open',
    { items: ['verified', 'planned'], waiting: true, undecided: 1 },
    'waiting',
  ],
  [
    'what was not proven, before what a person must do',
    { items: ['unverified'], undecided: 1 },
    'unverified',
  ],
  ['an undecided lookalike', { undecided: 1 }, 'action-required'],
  ['something that came back', { cameBack: 1 }, 'action-required'],
  ['an open guided step', { guided: [{ optional: false, outcome: 'action-required' }] }, 'action-required'],
  ['a guided step without a proof', { guided: [{ optional: false, outcome: 'unverified' }] }, 'unverified'],
  [
    'a guided step without a proof, and an open one',
    {
      guided: [
        { optional: false, outcome: 'unverified' },
        { optional: false, outcome: 'action-required' },
      ],
    },
    'action-required',
  ],
  ['an attested guided step', { guided: [{ optional: false, outcome: 'attested' }] }, 'done'],
  ['an optional step', { guided: [{ optional: true, outcome: 'action-required' }] }, 'done'],
  ['a change that was only applied', { items: ['applied'] }, 'failed'],
  ['a change that was never made', { items: ['verified', 'planned'] }, 'failed'],
])('%s', (_, given, outcome) => {
  expect(outcomeOf({ ...clean, ...given })).toBe(outcome)
})

test('law: done means that every change is verified, gone or kept, and nothing is open', () => {
  fc.assert(
    fc.property(
      fc.record({
        items: fc.array(fc.constantFrom(...itemOutcomes)),
        guided: fc.array(fc.record({ optional: fc.boolean(), outcome: fc.constantFrom(...itemOutcomes) })),
        undecided: fc.nat(2),
        cameBack: fc.nat(2),
        waiting: fc.boolean(),
      }),
      (standings) => {
        if (outcomeOf(standings) !== 'done') return
        const settled = ['verified', 'absent', 'kept', 'attested']
        expect(standings.items.every((item) => settled.includes(item))).toBe(true)
        expect(standings.undecided + standings.cameBack).toBe(0)
        expect(standings.waiting).toBe(false)
      },
    ),
  )
})
