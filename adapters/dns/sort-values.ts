import { parseMx } from './presentation.ts'
import type { RecordType } from './record-set.ts'

function byText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** The order in which the values of a set are shown: MX by preference and host, others by their spelling. */
export function sortValues(type: RecordType, values: readonly string[]): readonly string[] {
  if (type === 'TXT') return values.toSorted(byText)
  const preference = new Map(values.map((value) => [value, parseMx(value).preference]))
  return values.toSorted(
    (one, other) => (preference.get(one) ?? 0) - (preference.get(other) ?? 0) || byText(one, other),
  )
}
