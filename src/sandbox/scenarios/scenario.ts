import type { Seed } from './seed.ts'

/** A state of a tenant to start from: what it changes in the default one. */
export interface Scenario {
  readonly description: string
  change(seed: Seed): void
}
