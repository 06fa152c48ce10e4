import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containsAddress, equalsAddress, parseRange } from './address.ts'

const octet = fc.integer({ min: 0, max: 255 })
const address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'))

describe('entries of an allow list', () => {
  test('a single address, a block and a range are read', () => {
    expect(parseRange('0.0.1.2')).toEqual({ first: 258, last: 258 })
    expect(parseRange('0.0.1.77/24')).toEqual({ first: 256, last: 511 })
    expect(parseRange('0.0.0.1 - 0.0.0.9')).toEqual({ first: 1, last: 9 })
  })

  test.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4/33',
    '1.2.3.4/',
    '9.9.9.9-1.1.1.1',
    '::1',
    'a.b.c.d',
    '1.2.3.4/24/1',
  ])('"%s" is none', (text) => {
    expect(parseRange(text)).toBeUndefined()
  })

  test('law: an address equals and lies in itself, and in every block around it', () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), (single, bits) => {
        expect(equalsAddress(single, single)).toBe(true)
        expect(equalsAddress(`${single}/32`, single)).toBe(true)
        expect(containsAddress(`${single}/${bits}`, single)).toBe(true)
        expect(equalsAddress(`${single}/${bits}`, single)).toBe(bits === 32)
      }),
    )
  })

  test('law: a range holds exactly what is between its ends', () => {
    fc.assert(
      fc.property(address, address, address, (a, b, c) => {
        const value = (text: string) => parseRange(text)?.first ?? 0
        const [low, high] = value(a) <= value(b) ? [a, b] : [b, a]
        expect(containsAddress(`${low}-${high}`, c)).toBe(value(low) <= value(c) && value(c) <= value(high))
      }),
    )
  })
})
