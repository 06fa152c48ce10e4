import type { Json, JsonObject } from '../../../src/model/json.ts'
import { objectOf, ordered } from '../json.ts'
import type { Policy } from './policy.ts'

/** The value as two are compared: an empty list may be none. */
function comparable(value: JsonObject): JsonObject {
  const isEmpty = (entry: Json): boolean => Array.isArray(entry) && entry.length === 0
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => !isEmpty(entry)))
}

/** All of a policy that a change of its value must leave alone, and the value. The service orders policies itself. */
function compared(whole: JsonObject, value: JsonObject): JsonObject {
  const { sortOrder: _sortOrder, ...query } = objectOf(whole, 'policyQuery')
  const type: Json = objectOf(whole, 'setting').type ?? null
  const customer: Json = whole.customer ?? null
  return { customer, query, type, value: comparable(value) }
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
  return {
    before: compared(before.whole, before.value),
    intended: compared(before.whole, value),
    now: compared(now.whole, now.value),
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
