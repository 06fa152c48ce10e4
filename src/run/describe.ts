import type { Describe } from '../plan/describe.ts'
import type { Readers } from './survey.ts'

/** How objects are normalised and made again, by the adapters that read them. */
export function describeFrom(readers: Readers): Describe {
  const resources = new Map([...readers.values()].flatMap((reader) => [...reader.resources]))
  return (kind) => resources.get(kind)
}
