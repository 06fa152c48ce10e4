import type { ObjectRef } from '../model/resource.ts'

/**
 * The place at which an object is put back among `current`: right after the nearest of those that came before it in
 * the old order and are still, or again, there; first when none is. Objects are known by id, and by name where
 * they have been made again. A customer's own new order and new objects stay as they are.
 */
export function positionFor(name: string, old: readonly ObjectRef[], current: readonly ObjectRef[]): number {
  const own = old.findIndex((object) => object.name === name)
  const before = own < 0 ? [] : old.slice(0, own)
  for (const predecessor of before.toReversed()) {
    const index = current.findIndex(
      (object) => object.guid === predecessor.guid || object.name === predecessor.name,
    )
    if (index >= 0) return index + 1
  }
  return 0
}
