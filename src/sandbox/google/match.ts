import { type GoogleOperation, type GoogleOperationKey, googleOperations } from './operations.ts'

/** A request that the table of operations knows. */
export interface MatchedOperation {
  readonly operation: GoogleOperation
  readonly key: GoogleOperationKey
  /** What stands in the path for the names in braces. */
  readonly parameters: Readonly<Record<string, string>>
}

interface Template {
  readonly key: GoogleOperationKey
  readonly method: string
  readonly segments: readonly string[]
}

function isOperation(key: string): key is GoogleOperationKey {
  return Object.hasOwn(googleOperations, key)
}

const templates: readonly Template[] = Object.keys(googleOperations)
  .filter(isOperation)
  .map((key) => {
    const [method = '', path = ''] = key.split(' ')
    return { key, method, segments: path.split('/') }
  })

function parametersOf({ segments }: Template, path: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== path.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of segments.entries()) {
    const given = path[index] ?? ''
    if (part.startsWith('{') && given !== '') parameters[part.slice(1, -1)] = given
    else if (part !== given) return undefined
  }
  return parameters
}

/** The operation that a method and a path ask for; undefined when there is none. */
export function matchGoogle(method: string, pathname: string): MatchedOperation | undefined {
  const given = pathname.split('/').map((segment) => decodeURIComponent(segment))
  for (const template of templates) {
    const parameters = template.method === method ? parametersOf(template, given) : undefined
    if (parameters !== undefined)
      return { operation: googleOperations[template.key], key: template.key, parameters }
  }
  return undefined
}

const roots = {
  '/v1/policies': 'cloudidentity',
  '/admin/reports/': 'reports',
  '/admin/directory/': 'directory',
} as const

/** The API whose path this is; undefined when it is none of Google's. */
export function apiOf(pathname: string): GoogleOperation['api'] | undefined {
  return Object.entries(roots).find(([root]) => pathname.startsWith(root))?.[1]
}
