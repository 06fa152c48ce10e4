import type { Scenario } from './scenario.ts'
import { drop } from './seed.ts'
import { vendorNames } from './vendor-setup.ts'

/** What the message trace shows. */
export const mailScenarios = {
  'deleted-redirect': {
    description: 'somebody deleted the redirect rule a minute ago: mail still comes back from the scanner',
    change(seed) {
      drop(seed, 'transport-rule', vendorNames.redirect)
      seed.routing = [{ from: null, to: Date.now() - 60_000 }]
    },
  },
  'no-other-mail': {
    description: 'no mail arrives but that of the scanner: there is nothing to compare with',
    change(seed) {
      seed.trace = { ...seed.trace, otherMail: false }
    },
  },
  'endless-mail': {
    description: 'mail from the vendor’s addresses goes on whatever the rules say',
    change(seed) {
      seed.trace = { ...seed.trace, vendorMail: 'always' }
    },
  },
} as const satisfies Record<string, Scenario>
