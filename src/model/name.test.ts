import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, sameName, visible } from './name.ts'

test('case and spaces are folded, and nothing else', () => {
  expect(sameName('Send Office 365 spam  emails', 'send office365 SPAM emails')).toBe(true)
  expect(sameName('Rule (High)', 'Rule (Low)')).toBe(false)
  expect(sameName('Point', 'Póint')).toBe(false)
})

test('what would not show, or would turn the line round, is written out', () => {
  expect(visible('a\u202eb\n\u0007\u200f')).toBe('a\\u{202e}b\\u{a}\\u{7}\\u{200f}')
  expect(visible('plain <b>"ü漢"</b>')).toBe('plain <b>"ü漢"</b>')
})

test('law: folding twice is folding once, and a visible text has nothing hidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
  )
})
