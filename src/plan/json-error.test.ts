import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonError } from './json-error.ts'

describe('the place at which a text stops being JSON', () => {
  it.each([
    ['{"a": b}', 1, 7],
    ['{\n  "a": 1,\n  "b": [1, 2,, 3]\n}', 3, 14],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['plan', 1, 1],
    ['{"a": tru, "b": 1}', 1, 10],
    ['{"a": 1} x', 1, 10],
    ['{"a": "line\nbreak"}', 1, 12],
  ])('%j: line %i, column %i', (text, line, column) => {
    expect(jsonError(text)).toMatchObject({ line, column })
  })

  it.each(['', '{"a": 1', '{"a": "text', '[1, 2'])('%j ends too early', (text) => {
    expect(jsonError(text)?.said).toBe('it ends too early')
  })

  it('finds nothing wrong with JSON, and a place in the text otherwise', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 1 }), (json, at, character) => {
        expect(jsonError(json)).toBeUndefined()
        const place = at % (json.length + 1)
        const text = json.slice(0, place) + character + json.slice(place + 1)
        const error = jsonError(text)
        if (error === undefined) return
        expect(error.line).toBeGreaterThan(0)
        expect(error.line).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})
