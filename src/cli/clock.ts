import { join } from 'node:path'
import type { Clock } from '../model/clock.ts'
import type { PlatformId, RegionId } from '../model/words.ts'
import { systemClock } from '../run/system-clock.ts'
import type { SandboxEndpoints } from '../sandbox/endpoints.ts'
import type { Context } from './command.ts'

export interface WantedSandbox {
  readonly regions?: readonly RegionId[]
  readonly scenario?: string
  readonly port?: number
}

/** Where the default scenario is not a platform's own. */
const scenarios: Partial<Readonly<Record<PlatformId, string>>> = { other: 'other-default' }

/** The sandbox that is started for a platform when none is there. */
export function sandboxFor(platform: PlatformId, regions: readonly RegionId[] | undefined): WantedSandbox {
  const scenario = scenarios[platform]
  return {
    ...(regions === undefined ? {} : { regions }),
    ...(scenario === undefined ? {} : { scenario }),
  }
}

export function sandboxFolder(stateDir: string): string {
  return join(stateDir, 'sandbox')
}

/** The sandbox kept in a state folder, started when it does not answer. */
export async function openSandbox(
  stateDir: string,
  wanted: WantedSandbox,
  context: Context,
): Promise<SandboxEndpoints> {
  const { ensureSandbox } = await import('../sandbox/index.ts')
  const folder = sandboxFolder(stateDir)
  return ensureSandbox(folder, { ...wanted, entry: [...context.entry, 'sandbox', 'serve', folder] })
}

/** The clock that a command works by: handed in, the sandbox's, or the machine's. */
export async function clockOf(sandbox: SandboxEndpoints | undefined, context: Context): Promise<Clock> {
  if (context.clock !== undefined) return context.clock
  if (sandbox === undefined) return systemClock
  const { sandboxClock, sandboxControl } = await import('../sandbox/index.ts')
  return sandboxClock(await sandboxControl(sandbox.controlUrl))
}
