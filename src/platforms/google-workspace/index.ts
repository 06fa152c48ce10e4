import type { Platform } from '../../model/platform.ts'
import { uncheckedMailRecords } from '../mail-records.ts'
import { blockers } from './blockers.ts'
import { complianceRule, complianceRuleByHand } from './compliance-rule.ts'
import { delegation } from './delegation.ts'
import { effect } from './effect.ts'
import { host } from './host.ts'
import { inboundGateway } from './inbound-gateway.ts'
import { leftovers } from './leftovers.ts'
import { ownDelegation } from './own-delegation.ts'
import { reads } from './reads.ts'
import { restore } from './restore.ts'
import { userTokens } from './user-tokens.ts'
import { vendorConsole } from './vendor-console.ts'

/**
 * Off-boarding Google Workspace. No public API removes delegation clients, hosts or gateway addresses: a person does,
 * and what can be read tells whether it was done.
 * https://docs.perception-point.io/fortinet/Content/PP/Gmail-Off-boarding.htm
 */
export const googleWorkspace: Platform = {
  id: 'google-workspace',
  title: 'Google Workspace',
  steps: [
    delegation,
    userTokens,
    complianceRule,
    complianceRuleByHand,
    host,
    inboundGateway,
    effect,
    vendorConsole,
    ownDelegation,
  ],
  reads,
  ordered: [],
  restore,
  leftovers,
  unchecked: uncheckedMailRecords,
  blockers,
  facts: () => ({}),
}
