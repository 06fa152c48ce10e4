import type { GuidedStep } from '../../model/platform.ts'
import { consolePages } from './console.ts'

/** What this program was given is not needed any more; without it nothing can be verified, so it comes last. */
export const ownDelegation: GuidedStep = {
  id: 'own-delegation',
  title: 'Delete the delegation of this program',
  kind: 'guided',
  optional: true,
  endsAccess: true,
  after: ['delegation', 'compliance-rule', 'host', 'inbound-gateway', 'effect', 'vendor-console'],
  link: consolePages.delegation,
  instructions: () => [
    'Only when all else is verified: without it, this program cannot read the customer any more.',
    'Where it signed in with a service account: delete the client whose id stands as client_id in its key file, and the key.',
    'Where a person signed in: take the application away at https://myaccount.google.com/connections.',
  ],
  lock: () => ({ reasons: [] }),
}
