import type { SandboxView } from '../sandbox/control/client.ts'
import type { Options } from './parse.ts'

/** What to say when the sandbox holds something else than was asked for: its state outlives it. */
export function createSandboxNote({ scenario, region }: Options, view: SandboxView): string | undefined {
  const otherScenario = scenario !== undefined && scenario !== view.scenario
  const otherRegion = region !== undefined && region.toSorted().join() !== view.regions.toSorted().join()
  if (!otherScenario && !otherRegion) return undefined
  return `It goes on with what it holds: scenario ${view.scenario}, regions ${view.regions.join(', ')}. "offboard sandbox reset" makes it anew.`
}
