import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plan } from '../../src/model/plan.ts'
import type { PlatformId, RegionId } from '../../src/model/words.ts'
import type { SandboxControl, SandboxView } from '../../src/sandbox/control/client.ts'
import type { SandboxEndpoints } from '../../src/sandbox/endpoints.ts'
import { advancingClock, startSandbox } from '../../src/sandbox/index.ts'
import { xrayAccount } from '../../src/sandbox/xray/account.ts'
import { call, type Outcome } from './call.ts'

export type { Outcome }

/** A sandbox tenant, a state folder of its own, and the program run in this process on both. */
export interface World extends AsyncDisposable {
  readonly control: SandboxControl
  readonly env: Record<string, string>
  readonly stateDir: string
  readonly folder: string
  readonly tenantId: string
  /** Where every service of the sandbox answers over HTTP, without a path. */
  readonly root: string
  /** Runs one command line with --json; the clock is the sandbox's, and a wait moves it. */
  offboard(...argv: readonly string[]): Promise<Outcome>
  /** Runs `run` on the sandbox's tenant with the platform and the regions of this world. */
  run(...argv: readonly string[]): Promise<Outcome>
  show(): Promise<SandboxView>
}

export interface WorldOptions {
  /** The procedure of `run`, whose systems are set up: 'm365-inline' by default. */
  readonly platform?: PlatformId
  readonly scenario?: string
  readonly regions?: readonly RegionId[]
  readonly signals?: { stopping?: AbortSignal; leaving?: AbortSignal }
  readonly delayMs?: number
  /** Lets the vendor's API be asked. */
  readonly xray?: boolean
  /** Reaches Exchange by this PowerShell and the stub of Microsoft's module; over REST without it. */
  readonly powershell?: string
}

/** What the stub module and the engine need in the environment. */
function stubEnvironment(program: string, folder: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    OFFBOARD_PWSH: program,
    PSModulePath: join(import.meta.dirname, '..', 'powershell', 'modules'),
    EXO_STUB_FOLDER: folder,
  }
}

function xrayEnvironment({ xrayUrl }: SandboxEndpoints): Record<string, string> {
  return {
    OFFBOARD_XRAY_URL: xrayUrl,
    OFFBOARD_XRAY_TOKEN: xrayAccount.token,
    OFFBOARD_XRAY_ORGANIZATION: xrayAccount.organization,
  }
}

async function microsoftEnvironment(endpoints: SandboxEndpoints): Promise<Record<string, string>> {
  return {
    OFFBOARD_EXCHANGE_URL: endpoints.exchangeUrl,
    OFFBOARD_GRAPH_URL: endpoints.graphUrl,
    OFFBOARD_LOGIN_URL: endpoints.loginUrl,
    OFFBOARD_EXCHANGE_TOKEN: await tokenOf('outlook.office365.com', endpoints),
    OFFBOARD_GRAPH_TOKEN: await tokenOf('graph.microsoft.com', endpoints),
    OFFBOARD_TENANT: endpoints.tenant,
  }
}

async function mailEnvironment(endpoints: SandboxEndpoints): Promise<Record<string, string>> {
  const { loginUrl, smtp } = endpoints
  return {
    OFFBOARD_LOGIN_URL: loginUrl,
    OFFBOARD_AZURE_TOKEN: await tokenOf('management.azure.com', endpoints),
    OFFBOARD_SMTP_PORT: smtp.split(':').at(-1) ?? '',
  }
}

function googleEnvironment({ googleUrl, googleTenant }: SandboxEndpoints): Record<string, string> {
  return { OFFBOARD_GOOGLE_URL: googleUrl, OFFBOARD_TENANT: googleTenant }
}

/** Where the systems of a platform are, and with which credentials. */
const environments: Readonly<
  Record<PlatformId, (endpoints: SandboxEndpoints) => Promise<Record<string, string>>>
> = {
  'm365-inline': microsoftEnvironment,
  'm365-api': microsoftEnvironment,
  'google-workspace': async (endpoints) => googleEnvironment(endpoints),
  other: mailEnvironment,
}

type Service = 'outlook.office365.com' | 'graph.microsoft.com' | 'management.azure.com'

async function tokenOf(service: Service, { loginUrl, tenantId }: SandboxEndpoints): Promise<string> {
  const response = await fetch(new URL(`/${tenantId}/oauth2/v2.0/token`, loginUrl), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: '00000000-0000-4000-8000-000000000000',
      client_secret: 'sandbox',
      scope: `https://${service}/.default`,
    }),
  })
  const body: unknown = await response.json()
  if (typeof body === 'object' && body !== null && 'access_token' in body) return String(body.access_token)
  throw new Error(`no token: ${JSON.stringify(body)}`)
}

/** The plan that a command showed. */
export function planOf(outcome: Outcome): Plan {
  for (const event of outcome.events) if (event.type === 'plan') return event.plan
  throw new Error(`no plan was shown: ${outcome.stderr}`)
}

/** The outcome of each change, by id. */
export function outcomes(outcome: Outcome): Record<string, string> {
  return Object.fromEntries(outcome.summary.changes.map((change) => [change.id, change.outcome]))
}

export function ids(found: readonly { readonly id: string }[]): readonly string[] {
  return found.map(({ id }) => id)
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const {
    platform = 'm365-inline',
    scenario = 'default',
    regions = ['eu'],
    signals = {},
    delayMs = 0,
    powershell,
    xray = false,
  } = options
  const sandbox = await startSandbox({ scenario, regions, delayMs })
  const { control, endpoints } = sandbox
  const folder = mkdtempSync(join(tmpdir(), 'offboard-test-'))
  const stateDir = join(folder, 'state')
  const env: Record<string, string> = {
    ...(await environments[platform](endpoints)),
    OFFBOARD_DNS: endpoints.dns,
    OFFBOARD_STATE_DIR: stateDir,
    ...(xray ? xrayEnvironment(endpoints) : {}),
    ...(powershell === undefined ? {} : stubEnvironment(powershell, folder)),
  }

  const offboard = async (...argv: readonly string[]): Promise<Outcome> =>
    call(argv, { env, folder, clock: await advancingClock(control), signals })

  return {
    control,
    env,
    stateDir,
    folder,
    tenantId: endpoints.tenantId,
    root: endpoints.dnsApiUrl,
    offboard,
    run: (...argv) => offboard('run', '--platform', platform, '--region', regions.join(','), ...argv),
    show: () => control.show(),
    async [Symbol.asyncDispose]() {
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
