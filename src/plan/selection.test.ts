import { expect, test } from 'vitest'
import { noDecisions } from '../model/no-decisions.ts'
import type { Decisions } from '../model/plan.ts'
import { select, unmatched } from './selection.ts'

const items = [
  { id: 'rule:Send Office 365 spam', step: 'rules' },
  { id: 'rule:Send Office365 spam', step: 'rules' },
  { id: 'ip:1.2.3.0/24', step: 'addresses' },
]

function decisions(given: Partial<Decisions>): Decisions {
  return { ...noDecisions, ...given }
}

test('an ID that is there to the letter means that one alone', () => {
  const selection = select(decisions({ exclude: ['rule:Send Office365 spam'] }), items)
  expect(items.map((item) => selection.isExcluded(item))).toEqual([false, true, false])
})

test('else case and spaces are folded, and it may mean several', () => {
  const selection = select(decisions({ include: ['RULE:send  office 365SPAM'] }), items)
  expect(items.map((item) => selection.isIncluded(item))).toEqual([true, true, false])
})

test('step:ID takes or keeps all of a step', () => {
  const including = select(decisions({ include: ['step:Rules'] }), items)
  expect(items.map((item) => including.isIncluded(item))).toEqual([true, true, false])
  const excluding = select(decisions({ exclude: ['step:Rules'] }), items)
  expect(items.map((item) => excluding.isExcluded(item))).toEqual([true, true, false])
})

test('what names nothing is said', () => {
  const given = decisions({
    include: ['rule:gone', 'step:nowhere'],
    exclude: ['ip:1.2.3.0/24'],
    allow: ['region:us', 'x'],
  })
  expect(unmatched(given, items, ['region:us'])).toEqual(['rule:gone', 'step:nowhere', 'x'])
})
