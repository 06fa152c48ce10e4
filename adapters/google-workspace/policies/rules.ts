import type { Json, JsonObject } from '../../../src/model/json.ts'
import { objectOf, objectsOf, ordered, textOf } from '../json.ts'
import { complianceRules } from './entries.ts'
import type { Policy } from './policy.ts'

/** The rules of a content-compliance policy, in their order. */
export function rulesOf({ value }: Policy): readonly JsonObject[] {
  return objectsOf(value, complianceRules.field)
}

/** A policy's value with these rules, and with all else as it is. */
export function valueWith({ value }: Policy, rules: readonly JsonObject[]): JsonObject {
  return { ...value, [complianceRules.field]: rules }
}

/** The value as two are compared: a rule that is new has its id from the service, and no rules is no list. */
function comparable(value: JsonObject, knownIds: ReadonlySet<string>): JsonObject {
  const rules = objectsOf(value, complianceRules.field).map(({ [complianceRules.id]: id, ...rule }) =>
    typeof id === 'string' && knownIds.has(id) ? { ...rule, [complianceRules.id]: id } : rule,
  )
  return { ...value, [complianceRules.field]: rules }
}

/** All of a policy that a change of its value must leave alone, and the value. The service orders policies itself. */
function compared(whole: JsonObject, value: JsonObject, knownIds: ReadonlySet<string>): JsonObject {
  const { sortOrder: _sortOrder, ...query } = objectOf(whole, 'policyQuery')
  const type: Json = objectOf(whole, 'setting').type ?? null
  const customer: Json = whole.customer ?? null
  return { customer, query, type, value: comparable(value, knownIds) }
}

/** A policy before a change, as it shall be, and how a later read stands to both. */
export interface Intended {
  readonly before: Policy
  readonly value: JsonObject
}

export interface Comparison {
  readonly before: JsonObject
  readonly intended: JsonObject
  readonly now: JsonObject
}

/** What is compared, byte for byte but for the order of keys. */
export function compare({ before, value }: Intended, now: Policy): Comparison {
  const ids = new Set(rulesOf(before).flatMap((rule) => textOf(rule, complianceRules.id) ?? []))
  return {
    before: compared(before.whole, before.value, ids),
    intended: compared(before.whole, value, ids),
    now: compared(now.whole, now.value, ids),
  }
}

/** HTML's spelling of a character: text that was read so may not come back as it is kept. */
const entity = /&(?:amp|lt|gt|quot|apos|#x?[0-9a-f]+);/i

/** Whether a value could be written as it was read. */
export function mayBeWritten(value: JsonObject): boolean {
  return !entity.test(JSON.stringify(value))
}

export function isSame(a: JsonObject, b: JsonObject): boolean {
  return ordered(a) === ordered(b)
}

/** What a patch sends: the whole value, and what says which policy it is. The members of the query cannot change. */
export function bodyOf({ whole }: Policy, value: JsonObject): JsonObject {
  const { orgUnit, group, query } = objectOf(whole, 'policyQuery')
  const named = {
    ...(orgUnit === undefined ? {} : { orgUnit }),
    ...(group === undefined ? {} : { group }),
  }
  const policyQuery = Object.keys(named).length === 0 && query !== undefined ? { query } : named
  return {
    ...(whole.customer === undefined ? {} : { customer: whole.customer }),
    policyQuery,
    setting: { ...objectOf(whole, 'setting'), value },
  }
}
