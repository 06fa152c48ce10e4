import type { GooglePolicy } from '../tenant/google.ts'
import { invalid } from './errors.ts'

const typeClause = /^setting\.type\.matches\(\s*(?:'([^']*)'|"([^"]*)")\s*\)$/
const customerClause = /^customer\s*==\s*(?:'customers\/([^']+)'|"customers\/([^"]+)")$/

/** What a filter asks for. */
interface PolicyFilter {
  /** undefined: one's own. */
  readonly customer: string | undefined
  matches(policy: GooglePolicy): boolean
}

function refuse(filter: string): never {
  throw invalid(`Error(7012): Invalid filter: ${filter}`)
}

/** The two kinds of quotes in which a value may stand; a backslash in it is written twice. */
function valueIn(match: RegExpExecArray | null): string | undefined {
  const value = match?.[1] ?? match?.[2]
  return value?.replaceAll('\\\\', '\\')
}

function patternOf(text: string, filter: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    return refuse(filter)
  }
}

/**
 * Reads a filter: at most one clause for the type, whose pattern is not anchored, and one for the customer. Throws a
 * GoogleRefusal for anything else. https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies/list
 */
export function readFilter(filter: string): PolicyFilter {
  const clauses = filter.trim() === '' ? [] : filter.split('&&').map((clause) => clause.trim())
  const types = clauses.flatMap((clause) => valueIn(typeClause.exec(clause)) ?? [])
  const customers = clauses.flatMap((clause) => valueIn(customerClause.exec(clause)) ?? [])
  const isKnown = types.length + customers.length === clauses.length
  if (!isKnown || types.length > 1 || customers.length > 1) return refuse(filter)
  const [type] = types
  const pattern = type === undefined ? undefined : patternOf(type, filter)
  return {
    customer: customers[0] === 'my_customer' ? undefined : customers[0],
    matches: (policy) => pattern?.test(policy.type) !== false,
  }
}
