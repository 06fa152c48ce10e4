import * as z from 'zod'
import type { AccessToken } from '../../../src/model/credentials.ts'
import { RefusedError, UsageError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { readCmdlets, writeCmdlets } from '../cmdlets.ts'
import { isFromElsewhere, tenantOfToken } from '../token-claims.ts'
import type { TenantClaim } from '../transport.ts'
import { localTimeoutMs, startEngine, succeeded } from './engine.ts'
import type { Session, SessionOptions } from './session.ts'

export interface ConnectOptions extends Omit<SessionOptions, 'secret'> {
  readonly tenantId: string
  /** Root of Exchange Online, 'https://outlook.office365.com'. */
  readonly baseUrl: URL
  /** The longest wait for the service, in milliseconds. */
  readonly timeoutMs: number
}

/** A session that is connected to the tenant that was asked for. */
export interface Connection {
  readonly session: Session
  readonly token: AccessToken
  /** What the connection says of itself. */
  readonly claims: readonly TenantClaim[]
  close(): Promise<void>
}

const tried = 'connect to Exchange Online'
const tokenVariable = 'OFFBOARD_CONNECTION_TOKEN'

/** The module reaches its own endpoints, by name. https://learn.microsoft.com/powershell/module/exchange/connect-exchangeonline */
const environments: Readonly<Record<string, string>> = {
  'outlook.office365.com': 'O365Default',
  'outlook.office.com': 'O365Default',
  'outlook.office365.us': 'O365USGovGCCHigh',
  'outlook-dod.office365.us': 'O365USGovDoD',
  'webmail.apps.mil': 'O365USGovDoD',
  'outlook.office365.cn': 'O365China',
  'partner.outlook.cn': 'O365China',
}

function environmentOf({ hostname }: URL): JsonObject {
  const name = environments[hostname]
  if (name !== undefined) return { ExchangeEnvironmentName: name }
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return {}
  throw new UsageError({
    tried,
    said: `PowerShell reaches the service's own endpoints only, and not ${hostname}`,
    hint: 'Use --exchange rest for another endpoint.',
  })
}

function connectParameters({ tenantId, baseUrl }: ConnectOptions, token: string): JsonObject {
  return {
    ...environmentOf(baseUrl),
    [isFromElsewhere(token) ? 'DelegatedOrganization' : 'Organization']: tenantId,
    CommandName: [...readCmdlets, ...writeCmdlets],
    ShowBanner: false,
    SkipLoadingFormatData: true,
  }
}

function assertTenant(tenantId: string, { by, tenantId: connected }: TenantClaim): void {
  if (connected.toLowerCase() === tenantId.toLowerCase()) return
  throw new RefusedError({
    tried,
    said: `${by} is for the tenant ${connected}, and ${tenantId} was asked for`,
    hint: 'Nothing was changed. Check the tenant that you asked for and the credential.',
  })
}

/** The tenant id that a token states of itself. */
export function tokenClaims({ value }: AccessToken): readonly TenantClaim[] {
  const tenantId = tenantOfToken(value)
  return tenantId === undefined ? [] : [{ by: 'the access token', tenantId }]
}

const information = z.looseObject({ TenantID: z.string() })

async function connectionClaims(session: Session): Promise<readonly TenantClaim[]> {
  const answer = await session.run({
    tried,
    timeoutMs: localTimeoutMs,
    command: 'Get-ConnectionInformation',
    parameters: {},
    select: Object.keys(information.shape),
  })
  const connections = z.array(information).parse(succeeded(tried, answer))
  return connections.flatMap(({ TenantID }) =>
    TenantID === '' ? [] : [{ by: 'the PowerShell connection', tenantId: TenantID.toLowerCase() }],
  )
}

/** Lets the module take away what it has left on the disk; whether it does so does not matter here. */
async function disconnect(session: Session): Promise<void> {
  if (session.isAlive())
    await session
      .run({
        tried: 'disconnect from Exchange Online',
        timeoutMs: 10_000,
        command: 'Disconnect-ExchangeOnline',
        parameters: { Confirm: false },
      })
      .catch(() => {})
  await session.end()
}

/**
 * A new process, connected with this token. Throws a RefusedError when the token or the connection is for another
 * tenant, and nothing was sent to that one but the request to connect.
 */
export async function connect(options: ConnectOptions, token: AccessToken): Promise<Connection> {
  const { tenantId, timeoutMs } = options
  for (const claim of tokenClaims(token)) assertTenant(tenantId, claim)
  const parameters = connectParameters(options, token.value)
  const secret = { variable: tokenVariable, value: token.value }
  const { session, module } = await startEngine({ ...options, secret })
  try {
    const load = {
      tried: `load the module ${module.path}`,
      timeoutMs: localTimeoutMs,
      command: 'Import-Module',
    }
    const loading = await session.run({
      ...load,
      parameters: { Name: module.path, Global: true, DisableNameChecking: true },
    })
    succeeded(load.tried, loading)
    const fromEnvironment = { AccessToken: tokenVariable }
    const command = 'Connect-ExchangeOnline'
    succeeded(tried, await session.run({ tried, timeoutMs, command, parameters, fromEnvironment }))
    const claims = await connectionClaims(session)
    for (const claim of claims) assertTenant(tenantId, claim)
    return { session, token, claims, close: () => disconnect(session) }
  } catch (error) {
    await session.end()
    throw error
  }
}
