import { appScenarios } from './apps.ts'
import { consoleScenarios } from './console.ts'
import { footprintScenarios } from './footprint.ts'
import { googleScenarios } from './google.ts'
import { lookalikeScenarios } from './lookalikes.ts'
import { mailScenarios } from './mail.ts'
import { otherScenarios } from './other.ts'
import { rightsScenarios } from './rights.ts'
import { ruleScenarios } from './rules.ts'
import type { Scenario } from './scenario.ts'
import { surroundingsScenarios } from './surroundings.ts'

/** The tenants that a sandbox can start with, by name. */
export const scenarios = {
  default: {
    description: 'the full set-up, among objects of the customer’s own, lookalikes and leftovers',
    change: () => {},
  },
  ...footprintScenarios,
  ...lookalikeScenarios,
  ...ruleScenarios,
  ...mailScenarios,
  ...surroundingsScenarios,
  ...rightsScenarios,
  ...appScenarios,
  ...consoleScenarios,
  ...googleScenarios,
  ...otherScenarios,
} as const satisfies Record<string, Scenario>
