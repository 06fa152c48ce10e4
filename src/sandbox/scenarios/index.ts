import type { Scenario } from './scenario.ts'

/** The tenants that a sandbox can start with, by name. */
export const scenarios = {
  default: {
    description: 'the full set-up among the customer’s own objects, lookalikes and leftovers',
    change: () => {},
  },
} as const satisfies Record<string, Scenario>
