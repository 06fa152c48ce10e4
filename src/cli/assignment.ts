import type { Environment } from '../config/environment.ts'
import { readFootprintFile } from '../config/footprint-file.ts'
import { assertTenantOf, parseTenant } from '../config/tenant.ts'
import { type FootprintAdditions, noAdditions } from '../footprint/footprint.ts'
import { UsageError } from '../model/errors.ts'
import type { Decisions } from '../model/plan.ts'
import { type PlatformId, platformIds, type RegionId, regionIds } from '../model/words.ts'
import { mxDecisionsOf } from './mx-decisions.ts'
import type { Options } from './parse.ts'

/** The tenant that the sandbox simulates, and its customer at Google. */
const sandboxTenant = 'contoso.onmicrosoft.com'
const sandboxCustomer = 'contoso.com'

/** What a command on one tenant is about. */
export interface Assignment {
  /** As asked for: an id or a domain. */
  readonly tenant: string
  readonly platform: PlatformId
  readonly regions: readonly RegionId[]
  readonly decisions: Decisions
  readonly additions: FootprintAdditions
}

function required<T>(value: T | undefined, option: string, hint: string): T {
  if (value !== undefined) return value
  throw new UsageError({ tried: 'read the options', said: `${option} is missing`, hint })
}

/** The tenant as it was given, with where; undefined when it was not. */
function givenTenant(options: Options, environment: Environment): readonly [string, string] | undefined {
  if (options.tenant !== undefined) return [options.tenant, '--tenant']
  const { OFFBOARD_TENANT: text } = environment
  if (text === undefined || options.sandbox) return undefined
  return [parseTenant(text, 'OFFBOARD_TENANT').value, 'OFFBOARD_TENANT']
}

const noTenant = {
  said: '--tenant is missing',
  hint: 'Give the tenant id or a verified domain, or set OFFBOARD_TENANT; --sandbox needs none.',
}
const noDomain = {
  said: '--domain is missing',
  hint: 'Name each domain whose mail goes to the vendor, as --domain contoso.com; --sandbox needs none.',
}

/** Platforms whose tenant goes by its domain in the sandbox, and not by the one that Microsoft gave it. */
const byDomain: readonly PlatformId[] = ['google-workspace', 'other']

function tenantOf(options: Options, platform: PlatformId, environment: Environment): string {
  const [first] = platform === 'other' ? options.domain : []
  if (first !== undefined && options.tenant === undefined) return first
  const given = givenTenant(options, environment)
  if (given !== undefined) {
    const [tenant, source] = given
    assertTenantOf(platform, tenant, source)
    return tenant
  }
  if (options.sandbox) return byDomain.includes(platform) ? sandboxCustomer : sandboxTenant
  throw new UsageError({ tried: 'read the options', ...(platform === 'other' ? noDomain : noTenant) })
}

/** What the operator adds to the footprint: of the file, and the apps, clients and hosts that are named. */
function additionsOf({ footprint, remediationApp, delegationClient, vendorMx }: Options): FootprintAdditions {
  const more = footprint === undefined ? noAdditions : readFootprintFile(footprint)
  const apps = [...more.apps.map((id) => id.toLowerCase()), ...remediationApp]
  const clients = [...more.clients, ...delegationClient]
  const hosts = [...more.hosts, ...vendorMx]
  return { ...more, apps: [...new Set(apps)], clients: [...new Set(clients)], hosts: [...new Set(hosts)] }
}

/** Reads what a command is about from its options. */
export function assignmentOf(options: Options, environment: Environment): Assignment {
  const { drain = 30 * 60_000, drainMax = 2 * 3_600_000, effectWait = 24 * 3_600_000 } = options
  if (drain > drainMax)
    throw new UsageError({
      tried: 'read the options',
      said: '--drain is longer than --drain-max',
      hint: 'The least wait must fit into the longest.',
    })
  const platform = required(options.platform, '--platform', `One of ${platformIds.join(', ')}.`)
  const asked = {
    tenant: tenantOf(options, platform, environment),
    platform,
    regions: required(
      options.region,
      '--region',
      `One or more of ${regionIds.join(', ')}, as the vendor's console says.`,
    ),
    additions: additionsOf(options),
  }
  return {
    ...asked,
    decisions: {
      include: options.include,
      exclude: options.exclude,
      allow: options.allow,
      drainMs: drain,
      drainMaxMs: drainMax,
      revokeGrants: options.revokeGrants,
      deleteApp: options.deleteApp,
      googlePolicyWrites: options.googlePolicyWrites,
      effectWaitMs: effectWait,
      ...(platform === 'other' ? { mx: mxDecisionsOf(options, asked.tenant, asked) } : {}),
    },
  }
}
