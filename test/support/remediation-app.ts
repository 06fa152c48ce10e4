import * as z from 'zod'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { customerApps } from '../../src/sandbox/scenarios/directory/customer-apps.ts'
import { remediationApp } from '../../src/sandbox/scenarios/directory/remediation-app.ts'
import { type Outcome, openWorld, type World, type WorldOptions } from './world.ts'

export const { appId } = remediationApp
/** The change of the app, by its id. */
export const app = `app:${appId}`
export const named = ['--remediation-app', appId] as const

/** Decides about the customer's own apps of like names. */
export const othersKept = Object.values(customerApps).flatMap((other) => ['--exclude', `app:${other.appId}`])

const principal = z.looseObject({
  id: z.string(),
  appId: z.string(),
  accountEnabled: z.boolean(),
  appRoles: z.array(z.looseObject({ id: z.string(), value: z.string() })).catch([]),
})
const assignment = z.looseObject({ principalId: z.string(), resourceId: z.string(), appRoleId: z.string() })
const grant = z.looseObject({ clientId: z.string(), principalId: z.string().nullable(), scope: z.string() })

/** The vendor's app as the directory holds it, whatever ids it gave. */
export interface Held {
  readonly enabled: boolean
  /** Application permissions, sorted. */
  readonly roles: readonly string[]
  /** Scopes of each delegated grant, and of whom, sorted. */
  readonly scopes: readonly string[]
}

/** As the vendor's set-up leaves it. */
export const whole: Held = {
  enabled: true,
  roles: ['Domain.Read.All', 'Mail.ReadWrite', 'User.Read.All'],
  scopes: ['User.Read for everyone'],
}

/** undefined when the directory does not have it. */
export function held({ directory }: SandboxView): Held | undefined {
  const apps = z.array(principal).parse(directory.servicePrincipals)
  const own = apps.find((one) => one.appId === appId)
  if (own === undefined) return undefined
  const roles = z
    .array(assignment)
    .parse(directory.appRoleAssignments)
    .filter(({ principalId }) => principalId === own.id)
    .map(({ resourceId, appRoleId }) => {
      const resource = apps.find(({ id }) => id === resourceId)
      return resource?.appRoles.find(({ id }) => id === appRoleId)?.value ?? appRoleId
    })
  const scopes = z
    .array(grant)
    .parse(directory.oauth2PermissionGrants)
    .filter(({ clientId }) => clientId === own.id)
    .map(({ scope, principalId }) => `${scope} for ${principalId ?? 'everyone'}`)
  return { enabled: own.accountEnabled, roles: roles.toSorted(), scopes: scopes.toSorted() }
}

/** Rights that nobody holds any more, of whichever app there is no more. */
export function orphanedRights({ directory }: SandboxView): readonly string[] {
  const apps = new Set(directory.servicePrincipals.map(({ id }) => id))
  return [
    ...directory.appRoleAssignments.filter(({ principalId = null }) => !apps.has(principalId)),
    ...directory.oauth2PermissionGrants.filter(({ clientId = null }) => !apps.has(clientId)),
  ].map(({ id }) => String(id))
}

/** Application ids of what can still be restored. */
export function deleted({ directory }: SandboxView): readonly unknown[] {
  return directory.deletedItems.map((item) => item.appId)
}

/** The requests to Graph that could have changed something, first to last. */
export function graphWrites({ writes }: SandboxView): readonly string[] {
  return writes.map(({ cmdlet }) => cmdlet).filter((name) => / /.test(name))
}

/** The full set-up with the vendor's app, and nothing that is like it. */
export async function openTenant(options: WorldOptions = {}): Promise<World> {
  const world = await openWorld({ scenario: 'plain', ...options })
  await world.control.act('put-app-back')
  return world
}

/** Runs `run` of Microsoft 365 API on the sandbox's tenant. */
export function runApi(world: World, ...argv: readonly string[]): Promise<Outcome> {
  return world.offboard('run', '--platform', 'm365-api', '--region', 'eu', ...argv)
}

/** Somebody says that the console's step is done. */
export function confirmConsole(world: World, run: Outcome): Promise<Outcome> {
  return world.offboard('confirm', run.summary.runId ?? '', 'vendor-console', '--by', 'Ada Lovelace')
}

export function resume(world: World, run: Outcome): Promise<Outcome> {
  return world.offboard('resume', run.summary.runId ?? '')
}

/** A run up to its end: the console's step is confirmed, and the app's follows. */
export async function finish(world: World, run: Outcome): Promise<Outcome> {
  const confirmed = await confirmConsole(world, run)
  if (confirmed.exitCode !== 0) throw new Error(`not confirmed: ${confirmed.summary.error?.message}`)
  return resume(world, run)
}
