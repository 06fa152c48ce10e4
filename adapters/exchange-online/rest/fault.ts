import * as z from 'zod'
import { type Fault, parseFault } from '../fault.ts'

const said = z.looseObject({ message: z.string().nullish(), type: z.string().nullish() })
const errorBody = z.looseObject({
  error: said.extend({
    details: z.array(said).nullish().catch(undefined),
    innererror: said
      .extend({ internalexception: said.nullish().catch(undefined) })
      .nullish()
      .catch(undefined),
  }),
})
type Said = z.infer<typeof said>

/** The keys' case differs between answers. */
function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.toLowerCase(), lowerKeys(member)]),
  )
}

function best(candidates: readonly (Said | null | undefined)[]): Fault | undefined {
  const faults = candidates.flatMap((candidate) =>
    candidate ? (parseFault(candidate.message, candidate.type) ?? []) : [],
  )
  return faults.find((fault) => fault.type !== '') ?? faults[0]
}

/** Reads the body of a failed request: the outer message is generic, the real one stands deeper. */
export function readFault(body: unknown): Fault | undefined {
  const parsed = errorBody.safeParse(lowerKeys(body))
  if (!parsed.success) return undefined
  const { details, innererror, ...outer } = parsed.data.error
  return best([...(details ?? []), innererror?.internalexception, innererror, outer])
}

/** Reads the `@adminapi.errors` of an answer that calls itself a success. */
export function readAnswerErrors(errors: readonly unknown[]): Fault | undefined {
  const candidates = errors.map((error) => {
    if (typeof error === 'string') return { message: error }
    const parsed = said.safeParse(lowerKeys(error))
    return parsed.success ? parsed.data : undefined
  })
  if (errors.length === 0) return undefined
  return best(candidates) ?? { type: '', message: 'an error that it does not describe' }
}
