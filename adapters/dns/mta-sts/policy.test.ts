import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../../../src/model/errors.ts'
import { parsePolicy, permitsHost } from './policy.ts'

const host = fc.domain().map((name) => name.toLowerCase())
const policy = fc.record({
  mode: fc.constantFrom('enforce' as const, 'testing' as const, 'none' as const),
  mx: fc.array(
    fc.oneof(
      host,
      host.map((name) => `*.${name}`),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  maxAge: fc.integer({ min: 0, max: 31_557_600 }),
})

test('a policy says what it was made of, in any order of its fields, with others among them', () => {
  const written = fc
    .record({ policy, end: fc.constantFrom('\n', '\r\n'), gap: fc.constantFrom('', ' ', '\t') })
    .chain(({ policy: given, end, gap }) => {
      const lines = [
        `mode:${gap}${given.mode}`,
        ...given.mx.map((one) => `mx:${gap}${one}`),
        `max_age:${gap}${given.maxAge}`,
        `later:${gap}a field: of later`,
      ]
      const order = fc.shuffledSubarray(lines, { minLength: lines.length })
      return order.map((all) => ({ given, text: [`version:${gap}STSv1`, ...all].join(end) }))
    })
  fc.assert(
    fc.property(written, ({ given, text }) => {
      const { mx, ...read } = parsePolicy(text)
      expect(read).toEqual({ mode: given.mode, maxAge: given.maxAge })
      expect(mx.toSorted()).toEqual(given.mx.toSorted())
    }),
  )
})

test('no text makes it fail but as what it is', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('version: STSv1', 'mode: enforce', 'mx: a.example', 'max_age: 1'),
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        expect(parsePolicy(lines.join('\n')).mode).toBe('enforce')
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError)
      }
    }),
  )
})

test('of a field that is there twice the first counts', () => {
  const text = 'version: STSv1\nmode: testing\nmode: enforce\nmx: a.example\nmax_age: 1\nmax_age: 2\n'
  expect(parsePolicy(text)).toEqual({ mode: 'testing', mx: ['a.example'], maxAge: 1 })
})

test.each([
  ['', 'version'],
  ['version: STSv2\nmode: none\nmax_age: 1', 'version'],
  ['version: STSv1\nmax_age: 1\nmx: a.example', 'mode'],
  ['version: STSv1\nmode: Enforce\nmax_age: 1\nmx: a.example', 'mode'],
  ['version: STSv1\nmode: enforce\nmx: a.example', 'max_age'],
  ['version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1', 'max_age'],
  ['version: STSv1\nmode: enforce\nmax_age: 1', 'permits no host'],
  ['version: STSv1\nmode: enforce\nmx: *.*.example\nmax_age: 1', 'name of a host'],
  ['<html>', 'field'],
])('%j is no policy: %s', (text, reason) => {
  expect(() => parsePolicy(text)).toThrow(reason)
})

test('a policy that is off needs no host', () => {
  expect(parsePolicy('version: STSv1\nmode: none\nmax_age: 86400')).toEqual({
    mode: 'none',
    mx: [],
    maxAge: 86_400,
  })
})

test('a star stands for one label, no more and no less', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,10}$/)
  fc.assert(
    fc.property(host, fc.array(label, { maxLength: 3 }), (name, labels) => {
      const below = [...labels, name].join('.')
      expect(permitsHost([`*.${name}`], below)).toBe(labels.length === 1)
      expect(permitsHost([name], below)).toBe(labels.length === 0)
    }),
  )
})

test('hosts are compared as DNS knows them', () => {
  expect(permitsHost(['mx.xn--bcher-kva.example'], 'MX.Bücher.example.')).toBe(true)
  expect(permitsHost(['example'], 'mx.example')).toBe(false)
})
