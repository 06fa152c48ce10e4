import { describe, expect, test } from 'vitest'
import { buildFootprint } from './footprint.ts'
import { findTraces } from './traces.ts'

describe('traces of the vendor in any object', () => {
  const footprint = buildFootprint(['eu'])

  test('an address in a list, a host in an address, a header in a pattern', () => {
    const traces = findTraces(
      {
        a: ['10.0.0.1', '99.81.216.78'],
        b: 'journal@eu.perception-point.io',
        c: { d: 'x-perception-point-spam: fail' },
        e: 'perception',
      },
      footprint,
    )
    expect(traces.map(({ property }) => property)).toEqual(['a', 'b', 'c'])
  })

  test('a property to pass over is passed over, and none of the same name further in', () => {
    const traces = findTraces(
      { text: 'mail to eu.perception-point.io', a: { text: '99.81.216.78' } },
      footprint,
      ['text'],
    )
    expect(traces).toEqual([{ property: 'a', value: '99.81.216.78' }])
  })

  test('a name that only looks alike is none', () => {
    expect(
      findTraces({ a: 'notperception-point.io', b: '199.81.216.78', c: '99.81.216.789' }, footprint),
    ).toEqual([])
  })
})
