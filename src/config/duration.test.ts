import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { formatDuration, longestDurationMs, parseDuration } from './duration.ts'

test.each([
  ['0', 0],
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['1h30m', 5_400_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['0m', 0],
])('%s is %d milliseconds', (text, ms) => {
  expect(parseDuration(text, '--drain')).toBe(ms)
})

test.each(['', '30', 'm', '-5m', '1.5h', '30m1h', '30 m', '1h1h', '٣m', '\u202e30m', '99999999d'])(
  '%j is refused, naming the option',
  (text) => {
    expect(() => parseDuration(text, '--drain-max')).toThrow(UsageError)
    expect(() => parseDuration(text, '--drain-max')).toThrow(/--drain-max/)
  },
)

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: longestDurationMs }), (ms) => {
      expect(parseDuration(formatDuration(ms), '--drain')).toBe(ms)
    }),
  )
})
