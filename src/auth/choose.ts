import type { Environment, VariableName } from '../config/environment.ts'
import { UsageError } from '../model/errors.ts'
import type { AuthMethod, AuthMethodId } from './method.ts'
import { authMethods } from './methods.ts'

/**
 * The method of `--auth`, or without it the only one that is configured. A UsageError lists what was found and what
 * to set when it is none or several, or when the named one lacks a variable.
 */
export function chooseAuthMethod(auth: AuthMethodId | undefined, environment: Environment): AuthMethod {
  if (auth !== undefined) return complete(authMethods[auth], environment)
  const configured = Object.values(authMethods).filter((method) =>
    method.variables.some((names) => missing(names, environment).length === 0),
  )
  const [only] = configured
  if (only !== undefined && configured.length === 1) return only
  throw new UsageError({
    tried: 'choose the credentials',
    said: only === undefined ? noneFound(environment) : `several are configured: ${names(configured)}`,
    hint:
      only === undefined
        ? `${whatToSet()}; or name one that needs none: ${names(Object.values(authMethods).filter(({ variables }) => variables.length === 0))}.`
        : `Choose one: ${configured.map(({ id }) => `--auth ${id}`).join(', ')}.`,
  })
}

function complete(method: AuthMethod, environment: Environment): AuthMethod {
  const lacks = method.variables.map((set) => missing(set, environment))
  if (lacks.length === 0 || lacks.some((lacking) => lacking.length === 0)) return method
  throw new UsageError({
    tried: `use --auth ${method.id}`,
    said: `not set: ${lacks.map((lacking) => lacking.join(' and ')).join('; or ')}`,
    hint: method.unavailable,
  })
}

function missing(variables: readonly VariableName[], environment: Environment): readonly VariableName[] {
  return variables.filter((name) => environment[name] === undefined)
}

function noneFound(environment: Environment): string {
  const wanted = new Set(Object.values(authMethods).flatMap(({ variables }) => variables.flat()))
  const found = [...wanted].filter((name) => environment[name] !== undefined)
  return found.length === 0 ? 'none are configured' : `none are complete; found only ${found.join(', ')}`
}

function whatToSet(): string {
  return Object.values(authMethods)
    .filter(({ variables }) => variables.length > 0)
    .map(({ id, variables: [first = []] }) => `${id}: set ${first.join(' and ')}`)
    .join('; ')
}

function names(methods: readonly AuthMethod[]): string {
  return methods.map(({ id }) => id).join(', ')
}
