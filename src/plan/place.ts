import type { Change, Order } from '../model/plan.ts'
import type { Call, ObjectRef } from '../model/resource.ts'
import { positionFor } from './order.ts'

/** What is there of the kinds whose order matters, and how a call asks for a place. */
export interface Places {
  objects(kind: string): readonly ObjectRef[]
  /** undefined for a kind whose order does not matter. */
  place(change: Change): ((call: Call, position: number) => Call) | undefined
}

/** First to last as they were, so that each object that is made finds those before it there already. */
function inOldOrder(changes: readonly Change[], order: Order): readonly Change[] {
  const rank = ({ kind, object }: Change) => order[kind]?.findIndex(({ name }) => name === object.name) ?? 0
  return changes.toSorted((a, b) => rank(a) - rank(b))
}

/**
 * Gives each object that is made its place among what is there now: after the nearest of those that came before it
 * and are still there.
 */
export function placed(changes: readonly Change[], order: Order, places: Places): readonly Change[] {
  const lists = new Map<string, readonly ObjectRef[]>()
  if (changes.every(({ action }) => action !== 'create')) return changes
  return inOldOrder(changes, order).map((change) => {
    const old = order[change.kind]
    const [first, ...rest] = change.calls ?? []
    if (old === undefined || first === undefined) return change
    const place = places.place(change)
    if (place === undefined) return change
    const current = lists.get(change.kind) ?? places.objects(change.kind)
    const position = positionFor(change.object.name, old, current)
    lists.set(change.kind, current.toSpliced(position, 0, change.object))
    return { ...change, calls: [place(first, position), ...rest] }
  })
}
