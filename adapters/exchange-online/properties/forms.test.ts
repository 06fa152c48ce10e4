import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/model/json.ts'
import { type Form, normalise, parameter } from './forms.ts'

const forms: readonly Form[] = ['text', 'id', 'flag', 'number', 'set', 'domains', 'date', 'size', 'any']
const awkward = [
  'smtp:smtp:A.b;1;1',
  '{A1B2C3D4-0000-4000-8000-00000000000F}',
  '/Date(1763971200000)/',
  '2026-07-23T21:51:45.0000000+02:00',
  '8 KB (8,192 bytes)',
  'True',
  '007',
]
const json: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(...awkward),
  fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
)

describe('normalise', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), json, (form, value) => {
        const once = normalise(form, value)
        expect(normalise(form, once)).toEqual(once)
      }),
    )
  })

  it.each(forms)('takes null, empty text, an empty list, false and absence for the same: %s', (form) => {
    for (const value of [null, '', [], false, undefined]) expect(normalise(form, value)).toBeUndefined()
  })

  it('compares lists as sets', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (values) => {
        const doubled = [...values].reverse().concat(values)
        expect(normalise('set', doubled)).toEqual(normalise('set', values))
      }),
    )
  })

  it.each<[Form, Json, Json]>([
    ['set', 'contoso.com', ['contoso.com']],
    ['set', [null, 'b', '', 'a'], ['a', 'b']],
    ['domains', ['smtp:*;1'], ['*']],
    ['domains', ['smtp:Contoso.com;10', 'b.example'], ['b.example', 'contoso.com;10']],
    ['date', '2026-07-23T21:51:45.1234567+02:00', '2026-07-23T19:51:45Z'],
    ['date', '2026-07-23T21:51:45.0000000Z', '2026-07-23T21:51:45Z'],
    ['date', '2026-07-23T21:51:45', '2026-07-23T21:51:45Z'],
    ['date', '/Date(1784843505000)/', '2026-07-23T21:51:45Z'],
    ['date', 'next spring', 'next spring'],
    ['size', '8 KB (8,192 bytes)', 8192],
    ['size', '1,5 MB (1.572.864 bytes)', 1_572_864],
    ['size', '8 KB', 8192],
    ['size', '8192', 8192],
    ['size', 8192, 8192],
    ['number', '9', 9],
    ['number', -1, -1],
    ['number', 0, 0],
    ['flag', 'True', true],
    ['id', '{A1B2C3D4-0000-4000-8000-00000000000F}', 'a1b2c3d4-0000-4000-8000-00000000000f'],
    ['id', 'Company Confidential', 'Company Confidential'],
    ['text', '  kept as it is ', '  kept as it is '],
    ['any', { b: 1, a: [{ d: 1, c: 2 }] }, { a: [{ c: 2, d: 1 }], b: 1 }],
  ])('as %s: %j is %j', (form, value, expected) => {
    expect(JSON.stringify(normalise(form, value))).toBe(JSON.stringify(expected))
  })

  it('takes the first of all times for none', () => {
    expect(normalise('date', '0001-01-01T00:00:00')).toBeUndefined()
  })
})

describe('parameter', () => {
  it('keeps the order of lists, and text as it is', () => {
    expect(parameter('set', ['b', 'a', 'b'])).toEqual(['b', 'a', 'b'])
    expect(parameter('domains', ['smtp:*;1'])).toEqual(['smtp:*;1'])
    expect(parameter('text', '{A1B2C3D4-0000-4000-8000-00000000000F}')).toBe(
      '{A1B2C3D4-0000-4000-8000-00000000000F}',
    )
  })

  it('sends sizes in bytes and numbers as numbers', () => {
    expect(parameter('size', '8 KB (8,192 bytes)')).toBe(8192)
    expect(parameter('number', '9')).toBe(9)
  })
})
