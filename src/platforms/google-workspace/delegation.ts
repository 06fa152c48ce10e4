import type { DecidedContext, GuidedStep } from '../../model/platform.ts'
import { clientsLetIn } from './clients-let-in.ts'
import { consolePages } from './console.ts'
import { delegationProof } from './delegation-proof.ts'

function which(context: DecidedContext): readonly string[] {
  const { clients } = context.footprint
  if (clients.length > 0)
    return [`Find the client with the id ${clients.join(' or ')}; its name has Perception Point in it.`]
  return [
    'Find the client of Perception Point; it reads mail (https://mail.google.com/). Its id was not named: with --delegation-client ID, the audit log can tell that it is gone.',
    ...clientsLetIn(context).map(
      (line) => `In the audit log, the vendor’s, this program’s or another: ${line}`,
    ),
  ]
}

/**
 * Takes the vendor's access to all mailboxes away. No public API lists or removes these clients.
 * https://knowledge.workspace.google.com/admin/apps/control-api-access-with-domain-wide-delegation
 */
export const delegation: GuidedStep = {
  id: 'delegation',
  title: 'Delete the vendor’s client from domain-wide delegation',
  kind: 'guided',
  optional: false,
  provable: true,
  after: [],
  link: consolePages.delegation,
  instructions: (context) => [
    'Sign in as a super administrator, and open Security > Access and data control > API controls > Manage domain wide delegation.',
    ...which(context),
    'Click Delete beside the vendor’s client, and confirm. Leave the other clients as they are.',
    'Where approval by several administrators is on, another one may have to approve it.',
  ],
  lock: () => ({ reasons: [] }),
  check: delegationProof,
}
