import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edit } from '../model/resource.ts'
import { applyEdit, isInEffect, reverse } from './edit.ts'

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    property: fc.constant('P'),
    from: fc.boolean(),
    to: fc.string(),
  }),
  fc.record({
    kind: fc.constantFrom('add-entry' as const, 'remove-entry' as const),
    property: fc.constant('P'),
    entry: fc.string(),
  }),
)

test('law: an edit that was applied is in effect, and its reverse is not unless they are the same', () => {
  fc.assert(
    fc.property(edit, fc.array(fc.string()), (given, list) => {
      const after = applyEdit(given, { P: given.kind === 'set' ? given.from : list, Q: 1 })
      expect(isInEffect(given, after)).toBe(true)
      expect(isInEffect(reverse(given), after)).toBe(false)
      expect(after.Q).toBe(1)
      expect(reverse(reverse(given))).toEqual(given)
    }),
  )
})

test('removing one entry leaves the others', () => {
  const after = applyEdit({ kind: 'remove-entry', property: 'L', entry: 'b' }, { L: ['a', 'b', 'c'] })
  expect(after).toEqual({ L: ['a', 'c'] })
})
