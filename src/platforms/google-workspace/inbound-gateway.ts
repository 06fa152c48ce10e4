import { fold } from '../../model/name.ts'
import type { GuidedStep } from '../../model/platform.ts'
import { consolePages } from './console.ts'
import { gatewayProof } from './gateway-proof.ts'
import { rulesThere } from './rules-there.ts'

export const rejectAll = '"Reject all mail not from gateway IPs"'
/** Of the question, and of the blocker that stands for its answer. */
export const rejectAllId = 'gateway-reject-all'
const openGateway =
  'Open Apps > Google Workspace > Gmail > Spam, Phishing and Malware, select the top unit, and open Inbound gateway.'

/**
 * With it on, taking the addresses away blocks all inbound mail. Nothing reads it, so a person is asked before.
 * https://support.google.com/a/answer/60730
 */
export const rejectAllQuestion: GuidedStep = {
  id: rejectAllId,
  title: `Look whether ${rejectAll} is on`,
  kind: 'guided',
  optional: false,
  after: [],
  link: consolePages.spam,
  isPlanned: (_changes, { allow }) => !allow.some((id) => fold(id) === rejectAllId),
  instructions: () => [
    openGateway,
    `Look at ${rejectAll}. With it on, all inbound mail is blocked once the addresses are gone.`,
    'If it is on, clear it and click Save, after the mail of the domain comes from the senders themselves again.',
    'Then confirm this step.',
  ],
  lock: () => ({ reasons: [] }),
}

/** No public API reads or changes the inbound gateway. */
export const inboundGateway: GuidedStep = {
  id: 'inbound-gateway',
  title: 'Delete the vendor’s addresses and header from the inbound gateway',
  kind: 'guided',
  optional: false,
  provable: true,
  after: ['compliance-rule', rejectAllId],
  waivers: { [rejectAllId]: rejectAllId },
  link: consolePages.spam,
  instructions: ({ footprint }) => [
    openGateway,
    `Make sure that ${rejectAll} is off: with it on, the next step blocks all inbound mail.`,
    `Delete these addresses, as far as they are there: ${footprint.addresses.join(', ')}. Leave others as they are.`,
    `Under Message Tagging, clear "Message is considered spam if the following header regexp matches", and delete "${footprint.spamHeader}".`,
    'When no address is left, switch the inbound gateway off as a whole. Click Save.',
  ],
  lock: (context) => ({ reasons: rulesThere(context) }),
  check: gatewayProof,
}
