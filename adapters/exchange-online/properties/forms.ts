import type { Json } from '../../../src/model/json.ts'
import { isList, isObject } from '../json.ts'

/**
 * How a property is written. One value has several spellings, by transport and by who wrote it; `normalise` gives
 * them one. `any` is for properties that we do not know.
 */
export type Form = 'text' | 'id' | 'flag' | 'number' | 'set' | 'domains' | 'date' | 'size' | 'any'

type Value = Exclude<Json, null>

function plainText(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(sortKeys(value))
}

function sortKeys(value: Json): Json {
  if (isList(value)) return value.map(sortKeys)
  if (!isObject(value)) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sortKeys(member)]))
}

/** The entries of a list; a single value is a list of one. */
export function entries(value: Json | undefined): readonly string[] {
  const all = isList(value) ? value : [value]
  return all.flatMap((entry) =>
    entry === null || entry === undefined || entry === '' ? [] : plainText(entry),
  )
}

function id(value: Value): string {
  const text = plainText(value)
  const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(text)?.[1]
  return guid?.toLowerCase() ?? text
}

function flag(value: Value): Json | undefined {
  return value === true || (typeof value === 'string' && /^true$/i.test(value)) ? true : undefined
}

function number(value: Value): Json {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
}

function set(values: readonly string[]): Json | undefined {
  return values.length === 0 ? undefined : [...new Set(values)].sort()
}

/** `smtp:contoso.com;1`, with an address type and a cost, is `contoso.com`. */
function domain(text: string): string {
  return text
    .replace(/^(?:smtp:)+/i, '')
    .replace(/(?:;1)+$/, '')
    .toLowerCase()
}

/** A time in UTC, to the second. One without a zone is UTC, and the first of all times means none. */
function date(value: Value): Json | undefined {
  const text = plainText(value)
  const ticks = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1]
  const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  const ms = ticks === undefined ? Date.parse(`${iso?.[1]}${iso?.[2] ?? 'Z'}`) : Number(ticks)
  const at = new Date(ms)
  if (Number.isNaN(at.getTime())) return text
  return at.getUTCFullYear() <= 1 ? undefined : at.toISOString().replace(/\.\d+Z$/, 'Z')
}

const units: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 }

/** A size in bytes: `8 KB (8,192 bytes)`, `8 KB`, `8192`. */
function size(value: Value): Json {
  if (typeof value === 'number') return value
  const text = plainText(value)
  const bytes = /\(([\d.,'\s]+) bytes?\)$/i.exec(text)?.[1]?.replace(/\D/g, '')
  if (bytes) return Number(bytes)
  const [, amount, unit = 'B'] = /^(\d{1,15}(?:\.\d+)?)\s*([KMGT]?B)?$/i.exec(text) ?? []
  const factor = units[unit.toUpperCase()]
  return amount === undefined || factor === undefined ? text : Math.round(Number(amount) * factor)
}

const forms: Readonly<Record<Form, (value: Value) => Json | undefined>> = {
  text: plainText,
  id,
  flag,
  number,
  set: (value) => set(entries(value)),
  domains: (value) =>
    set(
      entries(value)
        .map(domain)
        .filter((text) => text !== ''),
    ),
  date,
  size,
  any: sortKeys,
}

/** The one spelling of a value; undefined for null, empty text, an empty list and false, which all mean "not set". */
export function normalise(form: Form, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '' || value === false) return undefined
  return isList(value) && value.length === 0 ? undefined : forms[form](value)
}

/** A value as a parameter takes it. Lists keep their order. */
export function parameter(form: Form, value: Json): Json {
  if (form === 'set' || form === 'domains') return entries(value)
  if (form === 'text' || form === 'id') return value
  return normalise(form, value) ?? false
}
