import { type Operation, type OperationKey, operations } from './operations.ts'

/** A request that the table of operations knows. */
export interface Matched {
  readonly operation: Operation
  readonly key: OperationKey
  /** What stands in the path for the names in braces. */
  readonly parameters: Readonly<Record<string, string>>
}

interface Template {
  readonly key: OperationKey
  readonly method: string
  readonly segments: readonly string[]
}

function isOperation(key: string): key is OperationKey {
  return Object.hasOwn(operations, key)
}

const templates: readonly Template[] = Object.keys(operations)
  .filter(isOperation)
  .map((key) => {
    const [method = '', path = ''] = key.split(' ')
    return { key, method, segments: path.split('/').slice(1) }
  })

/** `servicePrincipals(appId='…')` stands for two segments: the collection, and the key of one of it. */
function segmentsOf(path: string): readonly string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => decodeURIComponent(segment))
    .flatMap((segment) => /^([^()]+)\((.+)\)$/.exec(segment)?.slice(1) ?? [segment])
}

function parametersOf({ segments }: Template, path: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== path.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of segments.entries()) {
    const given = path[index] ?? ''
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = given
    else if (part.toLowerCase() !== given.toLowerCase()) return undefined
  }
  return parameters
}

/** The operation that a method and a path (behind /v1.0) ask for; undefined when there is none. */
export function matchOperation(method: string, path: string): Matched | undefined {
  const given = segmentsOf(path)
  for (const template of templates) {
    const parameters = template.method === method ? parametersOf(template, given) : undefined
    if (parameters !== undefined)
      return { operation: operations[template.key], key: template.key, parameters }
  }
  return undefined
}

/** Whether the path is known, with whatever method. */
export function isKnownPath(path: string): boolean {
  const given = segmentsOf(path)
  return templates.some((template) => parametersOf(template, given) !== undefined)
}
