import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quote } from './quote.ts'
import { duration, moment } from './time.ts'
import { count, listed } from './words.ts'

describe('a span of time', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [1, '1 s'],
    [59_000, '59 s'],
    [90_000, '1 min 30 s'],
    [1_800_000, '30 min'],
    [7_200_000, '2 h'],
    [7_201_000, '2 h'],
    [90_060_000, '1 d 1 h'],
  ])('%i ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })
})

describe('a moment', () => {
  it('is in UTC, and what is no time stays as it is', () => {
    expect(moment('2026-11-24T09:41:07+01:00')).toBe('2026-11-24 08:41:07 UTC')
    expect(moment('soon')).toBe('soon')
  })
})

describe('a word for the shell', () => {
  it('arrives as it was', () => {
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 200, seed: 1 })
    const clean = texts.filter((text) => !text.includes('\u0000') && text.isWellFormed())
    const script = `printf '%s\\0' ${clean.map(quote).join(' ')}`
    expect(
      execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\u0000').slice(0, -1),
    ).toStrictEqual(clean)
  })

  it('is left alone when it needs no quotes', () => {
    expect(quote('ip:192.0.2.10')).toBe('ip:192.0.2.10')
    expect(quote("rule:O'Hara")).toBe('"rule:O\'Hara"')
  })
})

describe('numbers and lists', () => {
  it('read as English', () => {
    expect([count(0, 'change'), count(1, 'change'), count(2, 'change')]).toStrictEqual([
      '0 changes',
      '1 change',
      '2 changes',
    ])
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toStrictEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ])
  })
})
