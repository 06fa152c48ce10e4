import type { Json, JsonObject } from '../../../src/model/json.ts'
import { visible } from '../../../src/model/name.ts'
import { ordered } from '../json.ts'

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

const longest = 60

function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = visible(JSON.stringify(value))
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function childrenOf(value: JsonObject | readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(Object.entries(value))
}

/** Where two values differ: 'contentComplianceRules.0.matchAnyExpression: true became nothing'. */
export function differencesOf(
  before: Json | undefined,
  after: Json | undefined,
  path = '',
): readonly string[] {
  const bothOfAKind = (isObject(before) && isObject(after)) || (isList(before) && isList(after))
  if (!bothOfAKind) {
    const isSame = before !== undefined && after !== undefined && ordered(before) === ordered(after)
    return isSame ? [] : [`${path}: ${shown(before)} became ${shown(after)}`]
  }
  const [was, is] = [childrenOf(before), childrenOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
    differencesOf(was.get(key), is.get(key), path === '' ? key : `${path}.${key}`),
  )
}
