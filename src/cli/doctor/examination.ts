import type { CmdletCheck } from '../../../adapters/exchange-online/preflight.ts'
import type { Environment } from '../../config/environment.ts'
import type { SystemReader } from '../../model/adapter.ts'
import type { Attempt } from '../../model/attempt.ts'
import { InternalError } from '../../model/errors.ts'
import type { Platform } from '../../model/platform.ts'
import type { TenantIdentity } from '../../model/tenant.ts'
import { regionIds, type SystemId } from '../../model/words.ts'
import { createAttempt } from '../../run/retry.ts'
import type { SandboxEndpoints } from '../../sandbox/endpoints.ts'
import { clockOf, openSandbox } from '../clock.ts'
import type { Context } from '../command.ts'
import { type Connection, createConnection } from '../connection.ts'
import { type EndpointsInUse, endpointsInUse } from '../endpoints.ts'
import { attemptsOver, transportOf } from '../exchange-transport.ts'
import type { Options } from '../parse.ts'
import { assignmentOf, findPlatform } from '../session.ts'
import { environmentOf, stateDirOf } from '../state.ts'
import { cmdletGroups } from './cmdlet-groups.ts'

/** What the checks look at. Each thing is opened when it is first asked for, once; a failure is kept too. */
export interface Examination {
  readonly options: Options
  readonly context: Context
  readonly environment: Environment
  readonly stateDir: string
  readonly platform: Platform
  /** The tenant as it was asked for: an id or a domain. */
  readonly asked: string
  /** undefined without --sandbox. */
  sandbox(): Promise<SandboxEndpoints | undefined>
  endpoints(): Promise<EndpointsInUse>
  /** The retry policy, and the one of DNS. */
  attempts(): Promise<{ readonly attempt: Attempt; readonly dnsAttempt: Attempt }>
  /** Rejects with a UsageError when no credential can be chosen. */
  connection(): Promise<Connection>
  identity(): Promise<TenantIdentity>
  /** For every cmdlet that the platform uses, whether the caller may run it. */
  cmdlets(): Promise<ReadonlyMap<string, CmdletCheck>>
  close(): Promise<void>
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

function exchangeOf(readers: ReadonlyMap<SystemId, SystemReader>): SystemReader {
  const reader = readers.get('exchange-online')
  if (reader !== undefined) return reader
  throw new InternalError({ tried: 'ask Exchange Online who the tenant is', said: 'it was not opened' })
}

/** Reads what is to be examined. Nothing is opened yet. Throws a UsageError as every command does. */
export async function openExamination(
  options: Options,
  context: Context,
  onWarning: (text: string) => void,
): Promise<Examination> {
  const environment = environmentOf(options, context)
  const { platform: id = 'm365-inline', region = regionIds, cloud = 'global' } = options
  const { tenant } = assignmentOf({ ...options, platform: id, region }, environment)
  const platform = await findPlatform(id)
  const stateDir = stateDirOf(options, environment, context, false)

  const sandbox = once(async () => {
    const wanted = options.region === undefined ? {} : { regions: options.region }
    return options.sandbox ? openSandbox(stateDir, wanted, context) : undefined
  })
  const attempts = once(async () => {
    const retrying = { clock: await clockOf(await sandbox(), context), signal: context.stopping }
    return {
      attempt: createAttempt({ ...retrying, attempts: attemptsOver[transportOf(options)] }),
      dnsAttempt: createAttempt({ ...retrying, attempts: 2 }),
    }
  })
  const connection = once(async () =>
    createConnection({
      ...(await attempts()),
      tenant,
      options,
      environment,
      sandbox: await sandbox(),
      context,
      onWarning,
    }),
  )
  let opened: Promise<ReadonlyMap<SystemId, SystemReader>> | undefined
  const readers = once(async () => {
    opened = (await connection()).open()
    return opened
  })

  return {
    options,
    context,
    environment,
    stateDir,
    platform,
    asked: tenant,
    sandbox,
    endpoints: async () => endpointsInUse(environment, cloud, await sandbox()),
    attempts,
    connection,
    identity: once(async () => exchangeOf(await readers()).identity()),
    cmdlets: once(async () => {
      const names = cmdletGroups(platform).flatMap(({ cmdlets }) => cmdlets)
      const { exchange } = await connection()
      const checks = await exchange.preflight({ asked: tenant }, [...new Set(names)])
      return new Map(checks.map((check) => [check.cmdlet, check]))
    }),
    async close() {
      const systems = await opened?.catch(() => undefined)
      await Promise.all([...(systems?.values() ?? [])].map((reader) => reader.close()))
    },
  }
}
