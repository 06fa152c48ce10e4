import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObjectRef } from '../model/resource.ts'
import { positionFor } from './order.ts'

function refs(names: readonly string[]): readonly ObjectRef[] {
  return names.map((name) => ({ guid: `guid-${name}`, name }))
}

test('an object comes right after the nearest of its old predecessors that is still there', () => {
  const old = refs(['a', 'b', 'gone', 'c'])
  expect(positionFor('gone', old, refs(['a', 'b', 'c']))).toBe(2)
  expect(positionFor('gone', old, refs(['a', 'c']))).toBe(1)
  expect(positionFor('gone', old, refs(['new', 'c']))).toBe(0)
  expect(positionFor('gone', old, refs(['new', 'b', 'other', 'a']))).toBe(2)
})

test('a predecessor that was made again is known by its name', () => {
  expect(positionFor('b', refs(['a', 'b']), [{ guid: 'new', name: 'a' }])).toBe(1)
})

test('law: whatever was removed and is put back in old order, the old order is there again', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.boolean()),
      (names, removed) => {
        const old = refs(names)
        const gone = names.filter(() => removed.next().value)
        const current = [...old.filter(({ name }) => !gone.includes(name))]
        for (const name of gone)
          current.splice(positionFor(name, old, current), 0, { guid: `again-${name}`, name })
        expect(current.map(({ name }) => name)).toEqual(names)
      },
    ),
  )
})
