import type { CmdletCheck } from '../../../adapters/exchange-online/preflight.ts'
import type { ScopeCheck } from '../../../adapters/google-workspace/preflight.ts'
import type { PermissionCheck } from '../../../adapters/graph/preflight.ts'
import type { Environment } from '../../config/environment.ts'
import { buildFootprint } from '../../footprint/footprint.ts'
import type { SystemReader } from '../../model/adapter.ts'
import { InternalError } from '../../model/errors.ts'
import type { Footprint } from '../../model/footprint.ts'
import type { MxDecisions } from '../../model/plan.ts'
import type { Platform } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { TenantIdentity } from '../../model/tenant.ts'
import { regionIds, type SystemId } from '../../model/words.ts'
import { platforms } from '../../platforms/index.ts'
import { identityOf } from '../../run/identity.ts'
import type { SandboxEndpoints } from '../../sandbox/endpoints.ts'
import { assignmentOf } from '../assignment.ts'
import { clockOf, openSandbox, sandboxFor } from '../clock.ts'
import type { Context } from '../command.ts'
import { type Attempts, createAttempts } from '../connection/attempts.ts'
import { type Connection, createConnection } from '../connection/connection.ts'
import { type EndpointsInUse, endpointsInUse } from '../connection/endpoints.ts'
import { xrayAccountOf } from '../connection/xray.ts'
import type { Options } from '../parse.ts'
import { environmentOf, stateDirOf } from '../state.ts'
import { appActs } from './app-acts.ts'
import { cmdletGroups } from './cmdlet-groups.ts'
import { allPurposes } from './google-purposes.ts'

/** What the checks look at. Each thing is opened when it is first asked for, once; a failure is kept too. */
export interface Examination {
  readonly options: Options
  readonly context: Context
  readonly environment: Environment
  readonly stateDir: string
  readonly platform: Platform
  /** Of the regions asked for, or of all. */
  readonly footprint: Footprint
  /** The tenant as it was asked for: an id or a domain. */
  readonly asked: string
  /** undefined without --sandbox. */
  sandbox(): Promise<SandboxEndpoints | undefined>
  endpoints(): Promise<EndpointsInUse>
  attempts(): Promise<Attempts>
  /** Rejects with a UsageError when no credential can be chosen. */
  connection(): Promise<Connection>
  identity(): Promise<TenantIdentity>
  /** For every cmdlet that the platform uses, whether the caller may run it. */
  cmdlets(): Promise<ReadonlyMap<string, CmdletCheck>>
  /** For platforms that change DNS. */
  readonly mx: MxDecisions | undefined
  /** All objects of a kind in Google Workspace, or in DNS. */
  listed(kind: string): Promise<readonly TenantObject[]>
  /** For every scope of Google's that offboard uses, whether a token is given for it. */
  scopes(): Promise<readonly ScopeCheck[]>
  /** Who Microsoft Graph says the tenant is. */
  directory(): Promise<TenantIdentity>
  /** For every request to Microsoft Graph, whether the caller's token is good for it. */
  graphPermissions(): Promise<readonly PermissionCheck[]>
  close(): Promise<void>
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

/** Of what is only asked of platforms that have something there. */
export function inUse<System>(system: System | undefined, name: string): System {
  if (system !== undefined) return system
  throw new InternalError({ tried: `ask ${name}`, said: 'the platform has nothing there' })
}

async function listOf({ google, dns }: Connection, kind: string): Promise<readonly TenantObject[]> {
  const { resources, sources } = await inUse(google ?? dns, 'Google Workspace or DNS').open()
  return inUse(resources.get(kind) ?? sources.get(kind), `for ${kind}`).list()
}

/** Reads what is to be examined. Nothing is opened yet. Throws a UsageError as every command does. */
export async function openExamination(
  options: Options,
  context: Context,
  onWarning: (text: string) => void,
): Promise<Examination> {
  const environment = environmentOf(options, context)
  const { platform: id = 'm365-inline', region = regionIds, cloud = 'global' } = options
  const { tenant, additions, decisions } = assignmentOf({ ...options, platform: id, region }, environment)
  const platform = await platforms[id]()
  const footprint = buildFootprint(region, additions)
  xrayAccountOf(environment)
  const stateDir = stateDirOf(options, environment, context, false)

  const sandbox = once(async () => {
    return options.sandbox ? openSandbox(stateDir, sandboxFor(id, options.region), context) : undefined
  })
  const clock = once(async () => clockOf(await sandbox(), context))
  const attempts = once(async () =>
    createAttempts(options, { clock: await clock(), signal: context.stopping }),
  )
  const connection = once(async () =>
    createConnection({
      tenant,
      platform,
      footprint,
      mx: decisions.mx,
      options,
      environment,
      sandbox: await sandbox(),
      clock: await clock(),
      attempts: await attempts(),
      context,
      onWarning,
    }),
  )
  let opened: Promise<ReadonlyMap<SystemId, SystemReader>> | undefined
  const readers = once(async () => {
    opened = (await connection()).open()
    return opened
  })
  const lists = new Map<string, () => Promise<readonly TenantObject[]>>()

  return {
    options,
    context,
    environment,
    stateDir,
    platform,
    footprint,
    asked: tenant,
    mx: decisions.mx,
    sandbox,
    endpoints: async () => endpointsInUse(environment, cloud, await sandbox()),
    attempts,
    connection,
    identity: once(async () => identityOf(await readers())),
    cmdlets: once(async () => {
      const names = cmdletGroups(platform).flatMap(({ cmdlets }) => cmdlets)
      const exchange = inUse((await connection()).exchange, 'Exchange Online')
      const checks = await exchange.preflight({ asked: tenant }, [...new Set(names)])
      return new Map(checks.map((check) => [check.cmdlet, check]))
    }),
    listed(kind) {
      const list = lists.get(kind) ?? once(async () => listOf(await connection(), kind))
      lists.set(kind, list)
      return list()
    },
    scopes: once(async () => inUse((await connection()).google, 'Google Workspace').preflight(allPurposes)),
    directory: once(async () =>
      (await inUse((await connection()).graph, 'Microsoft Graph').open()).identity(),
    ),
    graphPermissions: once(async () =>
      inUse((await connection()).graph, 'Microsoft Graph').preflight(appActs.map(({ act }) => act)),
    ),
    async close() {
      const systems = await opened?.catch(() => undefined)
      await Promise.all([...(systems?.values() ?? [])].map((reader) => reader.close()))
    },
  }
}
