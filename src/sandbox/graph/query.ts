import type { JsonObject } from '../../model/json.ts'
import { badRequest, GraphRefusal, unsupportedQuery } from './errors.ts'

const defaultPageSize = 100
const largestPage = 999

/** What a request for a list asks for. */
export interface Query {
  readonly select: readonly string[] | undefined
  readonly pageSize: number
  matches(object: JsonObject): boolean
}

const known = ['$select', '$filter', '$top', '$skiptoken', '$count']

function pageSizeOf(text: string | null): number {
  if (text === null) return defaultPageSize
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1 || size > largestPage)
    throw unsupportedQuery(
      `Invalid page size specified: '${text}'. Must be between 1 and ${largestPage} inclusive.`,
    )
  return size
}

function noProperty(name: string, type: string): GraphRefusal {
  return new GraphRefusal(
    400,
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type}'.`,
  )
}

interface Clause {
  readonly property: string
  readonly value: string | boolean | null
}

const clausePattern = /^\s*(\w+)\s+eq\s+(?:'((?:[^']|'')*)'|(true|false|null))\s*$/

function clauseOf(text: string): Clause {
  const [, property, quoted, word] = clausePattern.exec(text) ?? []
  if (property === undefined)
    throw unsupportedQuery(`Unsupported or invalid query filter clause specified: ${text}.`)
  if (quoted !== undefined) return { property, value: quoted.replaceAll("''", "'") }
  return { property, value: word === 'null' ? null : word === 'true' }
}

/** The clauses of a filter, all of which must hold. An "and" within quotes joins nothing. */
function clausesOf(filter: string): readonly Clause[] {
  const parts = filter.match(/(?:'(?:[^']|'')*'|(?! and )[^'])+/g) ?? []
  return parts.map((part) => clauseOf(part.replace(/^and /, '')))
}

function isEqual(object: JsonObject, { property, value }: Clause): boolean {
  const found = object[property] ?? null
  if (typeof found === 'string' && typeof value === 'string')
    return found.toLowerCase() === value.toLowerCase()
  return found === value
}

/** The properties of the type that $select may name, and that $filter may compare. */
export interface QueryType {
  readonly name: string
  readonly properties: readonly string[]
  readonly filterable: readonly string[]
}

/**
 * Reads the query of a request: $select, $filter with `eq`, $top. Throws a GraphRefusal for what Graph refuses, and
 * for what the sandbox does not know.
 */
export function readQuery({ searchParams }: URL, type: QueryType): Query {
  const unknown = [...searchParams.keys()].find((name) => name.startsWith('$') && !known.includes(name))
  if (unknown !== undefined) throw badRequest(`The query option '${unknown}' is not supported here.`)
  const select = searchParams
    .get('$select')
    ?.split(',')
    .map((name) => name.trim())
  const missing = select?.find((name) => !type.properties.includes(name))
  if (missing !== undefined) throw noProperty(missing, type.name)
  const clauses = clausesOf(searchParams.get('$filter') ?? '')
  const refused = clauses.find(({ property }) => !type.filterable.includes(property))
  if (refused !== undefined)
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${refused.property}' of resource '${type.name}'.`,
    )
  return {
    select,
    pageSize: pageSizeOf(searchParams.get('$top')),
    matches: (object) => clauses.every((clause) => isEqual(object, clause)),
  }
}

/** The object with the selected properties, or whole. */
export function selected(object: JsonObject, select: readonly string[] | undefined): JsonObject {
  if (select === undefined) return object
  return Object.fromEntries(
    select.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])),
  )
}
