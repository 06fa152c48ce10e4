import { findTraces } from '../../footprint/traces.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'

/** What was seen there. */
export interface Sighting {
  readonly name: string
  readonly reason: string
}

/** One place where something of the vendor may remain: what harm it does there, and how it is removed by hand. */
export interface Lookout {
  readonly kind: string
  readonly prefix: string
  readonly harm: string
  readonly remedy: string
  look(object: TenantObject, context: MatchContext): readonly Sighting[]
}

/** Any value of the vendor's in the object. The generated description of a rule repeats the others. */
export function traced(object: TenantObject, { footprint }: MatchContext): readonly Sighting[] {
  const traces = findTraces(object.properties, footprint, ['Description'])
  if (traces.length === 0) return []
  const values = [...new Set(traces.map(({ property, value }) => `${property} ${value}`))]
  return [{ name: object.name, reason: `it names the vendor: ${values.slice(0, 4).join('; ')}` }]
}

/** The harm of what lets mail through. */
export const bypass =
  'mail that matches it is not filtered as other mail is, and cloud addresses are given to others in time'
