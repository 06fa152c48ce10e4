import type * as z from 'zod'
import { UsageError } from '../model/errors.ts'
import { type CloudId, isOwnHost } from './clouds.ts'
import { type Dotenv, readDotenv } from './dotenv.ts'
import { isLoopback, readAllowedHosts } from './endpoint.ts'
import type { Variable } from './variable.ts'
import { type Environment, environmentSchema, variables } from './variables.ts'
import { quoted } from './visible.ts'

export type { Environment, VariableName } from './variables.ts'

export interface EnvironmentInput {
  /** The process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The working folder, whose `.env` is read. */
  readonly cwd: string
  /** Hosts of `--allow-endpoint`. */
  readonly allowEndpoints: readonly string[]
  readonly cloud: CloudId
}

/**
 * Reads all settings from the environment and from `.env` in the working folder; the environment wins, and an
 * empty variable counts as not set. A UsageError names the variable and where it stands; no value is repeated.
 */
export function readEnvironment({ env, cwd, allowEndpoints, cloud }: EnvironmentInput): Environment {
  const allowed = readAllowedHosts(allowEndpoints)
  const dotenv = readDotenv(cwd)
  refuseInDotenv(dotenv)
  const place = (name: string) => placeOf(name, env, dotenv)
  const environment = parse({ ...fromDotenv(dotenv), ...fromProcess(env) }, place)
  for (const [name, value] of Object.entries(environment)) {
    const service = variables.get(name)?.service
    if (service === undefined || !(value instanceof URL)) continue
    const { hostname } = value
    if (isLoopback(hostname) || isOwnHost(hostname, service, cloud) || allowed.includes(hostname)) continue
    throw new UsageError({
      tried: `read ${place(name)}`,
      said: `${quoted(hostname)} is not a host of the ${service} service (cloud ${cloud})`,
      hint: `If credentials may be sent there, add --allow-endpoint ${hostname}; a national cloud is named with --cloud.`,
    })
  }
  return environment
}

/** Whether a name may stand in `.env`: endpoints and programs decide who gets the credentials, so they may not. */
export function mayStandInDotenv({ kind }: Variable): boolean {
  return kind !== 'endpoint' && kind !== 'program'
}

function refuseInDotenv({ path, entries }: Dotenv): void {
  for (const { name, line } of entries) {
    const variable = variables.get(name)
    if (variable === undefined && name.startsWith('OFFBOARD_')) {
      throw new UsageError({
        tried: `read ${path}, line ${line}`,
        said: `${name} is not a setting of offboard`,
        hint: '.env.example lists all of them.',
      })
    }
    if (variable === undefined || mayStandInDotenv(variable)) continue
    throw new UsageError({
      tried: `read ${path}, line ${line}`,
      said: `${name} decides who gets the credentials and is not taken from a .env file`,
      hint: `Remove the line and set ${name} in the environment.`,
    })
  }
}

function fromDotenv({ entries }: Dotenv): Record<string, string> {
  return onlySet(entries.map(({ name, value }) => [name, value]))
}

function fromProcess(env: EnvironmentInput['env']): Record<string, string> {
  return onlySet([...variables.keys()].map((name) => [name, env[name]]))
}

function onlySet(entries: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''))
}

function parse(values: Record<string, string>, place: (name: string) => string): Environment {
  const result = environmentSchema.safeParse(values)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new UsageError({ tried: `read ${place(String(issue?.path[0]))}`, ...explained(issue) })
}

function explained(issue: z.core.$ZodIssue | undefined): { said: string; hint?: string } {
  const hint: unknown = issue?.code === 'custom' ? issue.params?.hint : undefined
  const said = `the value ${issue?.message ?? 'is not valid'}`
  return typeof hint === 'string' ? { said, hint } : { said }
}

function placeOf(name: string, env: EnvironmentInput['env'], { path, entries }: Dotenv): string {
  const entry = entries.find((candidate) => candidate.name === name)
  return (env[name] ?? '') === '' && entry
    ? `${name} in ${path}, line ${entry.line}`
    : `the environment variable ${name}`
}
