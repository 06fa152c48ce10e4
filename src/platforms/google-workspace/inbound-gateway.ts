import { fold } from '../../model/name.ts'
import type { DecidedContext, GuidedStep } from '../../model/platform.ts'
import { consolePages } from './console.ts'
import { gatewayProof } from './gateway-proof.ts'
import { rulesThere } from './rules-there.ts'

export const rejectAll = '"Reject all mail not from gateway IPs"'
/** Of the blocker, and of the operator's answer to the question. */
export const rejectAllId = 'gateway-reject-all'
const openGateway =
  'Open Apps > Google Workspace > Gmail > Spam, Phishing and Malware, select the top unit, and open Inbound gateway.'

/**
 * With it on, taking the addresses away blocks all inbound mail. Nothing reads it, so a person is asked before anything
 * else, unless the operator has answered for it. https://support.google.com/a/answer/60730
 */
function question({ decisions: { allow } }: DecidedContext): readonly string[] {
  if (allow.some((id) => fold(id) === rejectAllId)) return []
  return [
    `Before anything else, look whether ${rejectAll} is on: with it on, all inbound mail is blocked once the addresses are gone.`,
    'If it is on, clear it, click Save, and go on when mail from outside has arrived without the vendor.',
  ]
}

/** No public API reads or changes the inbound gateway. */
export const inboundGateway: GuidedStep = {
  id: 'inbound-gateway',
  title: 'Delete the vendor’s addresses and header from the inbound gateway',
  kind: 'guided',
  optional: false,
  provable: true,
  after: ['compliance-rule'],
  link: consolePages.spam,
  instructions: (context) => [
    openGateway,
    ...question(context),
    `Delete these addresses, as far as they are there: ${context.footprint.addresses.join(', ')}. Leave others as they are.`,
    `Under Message Tagging, clear "Message is considered spam if the following header regexp matches", and delete "${context.footprint.spamHeader}".`,
    'When no address is left, switch the inbound gateway off as a whole. Click Save.',
  ],
  lock: (context) => ({ reasons: rulesThere(context) }),
  check: gatewayProof,
}
