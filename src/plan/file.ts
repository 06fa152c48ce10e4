import type * as z from 'zod'
import { RefusedError, UsageError } from '../model/errors.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Plan } from '../model/plan.ts'
import { digest } from './canonical.ts'
import { planHash } from './hash.ts'
import { jsonError } from './json-error.ts'
import { planFileSchema } from './schema.ts'

const hint = 'Make one with "offboard run … --dry-run -o plan.json".'

/** A plan as a file holds it: JSON, with the digest of all else as its last member. */
export function planToText(plan: Plan): string {
  const content: JsonObject = JSON.parse(JSON.stringify(plan))
  return `${JSON.stringify({ ...content, digest: digest(content) }, null, 2)}\n`
}

/**
 * Reads what `planToText` wrote. `place` names the file in errors. UsageError: not JSON, or another
 * format; RefusedError: changed since it was written. How it is spaced does not matter.
 */
export function planFromText(text: string, place: string): Plan {
  const file = membersOf(text, place)
  if (file.format !== 'offboard.plan/1')
    throw new UsageError({
      tried: `read the plan ${place}`,
      said: `its format is ${JSON.stringify(file.format ?? null)}, and this version reads "offboard.plan/1"`,
      hint,
    })
  const result = planFileSchema.safeParse(file)
  if (!result.success) throw changedByHand(wrongMember(result.error), place)
  const { digest: written, ...content } = file
  // The text once more: what the schema answers has lost members that are called "__proto__".
  const { digest: _, ...plan }: z.output<typeof planFileSchema> = JSON.parse(text)
  if (digest(content) !== written || planHash(plan) !== plan.hash) throw changedByHand('', place)
  return plan
}

function membersOf(text: string, place: string): JsonObject {
  const error = jsonError(text)
  if (error !== undefined)
    throw new UsageError({
      tried: `read the plan ${place}, line ${error.line}, column ${error.column}`,
      said: `it is not JSON: ${error.said}`,
      hint,
    })
  const value: Json = JSON.parse(text)
  if (isObject(value)) return value
  throw new UsageError({ tried: `read the plan ${place}`, said: 'it is not a plan', hint })
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function changedByHand(said: string, place: string): RefusedError {
  return new RefusedError({
    tried: `read the plan ${place}`,
    said: `it was changed by hand, or damaged, since it was made${said}`,
    hint: 'Make a new plan. What to keep or to remove is said with --exclude and --include.',
  })
}

function wrongMember({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return `: ${path === undefined || path === '' ? '' : `${path.replace(/^\./, '')}: `}${issue?.message}`
}
