import { fold } from '../model/name.ts'

/**
 * The ids that a given text names: those that are equal to the letter, or, when none is, those that are equal
 * with case and spaces folded.
 */
export function matchingIds(given: string, ids: readonly string[]): readonly string[] {
  const exact = ids.filter((id) => id === given)
  return exact.length > 0 ? exact : ids.filter((id) => fold(id) === fold(given))
}
