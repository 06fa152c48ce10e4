import type { Clock } from '../model/clock.ts'
import type { SandboxControl } from './control/client.ts'
import type { EnsureOptions } from './daemon/ensure.ts'
import type { ServeOptions } from './daemon/files.ts'
import type { SandboxEndpoints } from './endpoints.ts'
import type { Sandbox, SandboxOptions } from './start.ts'

/**
 * The doors of the sandbox. Nothing of it is loaded before one of them is used. Its lists are data of their own:
 * `scenarios/index.ts`, `acts.ts` and `faults.ts`.
 */

/** Starts a sandbox in this process. Throws a UsageError for an unknown scenario or a state file that is not ours. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return (await import('./start.ts')).startSandbox(options)
}

/** The endpoints of the folder's sandbox, which is started in the background when none answers. */
export async function ensureSandbox(folder: string, options: EnsureOptions): Promise<SandboxEndpoints> {
  return (await import('./daemon/ensure.ts')).ensureSandbox(folder, options)
}

/** Ends the folder's sandbox; its state stays. Whether there was one. */
export async function stopSandbox(folder: string): Promise<boolean> {
  return (await import('./daemon/ensure.ts')).stopSandbox(folder)
}

/** Runs the folder's sandbox in this process until it is stopped, idle, or its folder is gone. */
export async function serveSandbox(folder: string, options: ServeOptions = {}): Promise<void> {
  await (await import('./daemon/serve.ts')).serveSandbox(folder, options)
}

/** Steers the sandbox that answers at this address. */
export async function sandboxControl(controlUrl: string): Promise<SandboxControl> {
  return (await import('./control/client.ts')).createSandboxControl(controlUrl)
}

/** The sandbox's clock, for the program. */
export async function sandboxClock(control: SandboxControl): Promise<Clock> {
  return (await import('./clock.ts')).sandboxClock(control)
}

/** The sandbox's clock, for tests: a sleep moves it forward instead of waiting. */
export async function advancingClock(control: SandboxControl): Promise<Clock> {
  return (await import('./clock.ts')).advancingClock(control)
}
