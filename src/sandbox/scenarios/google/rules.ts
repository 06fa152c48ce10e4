import type { JsonObject } from '../../../model/json.ts'
import { googleVendor } from '../../google/account.ts'
import { ruleId } from './ids.ts'

const inboundOnly = {
  affectInboundMessages: true,
  affectOutboundMessages: false,
  affectInternalSendingMessages: false,
  affectInternalReceivingMessages: false,
  addressListOption: 'NO_EFFECT',
  accountTypeUser: true,
  accountTypeGroup: false,
  accountTypeUnrecognized: false,
}

const delivery = {
  changeDefaultRoute: false,
  normalRouting: true,
  rerouteSpam: false,
  addXGmSpamHeader: false,
  bypassSpamFilter: false,
  changeEnvelopeRecipient: false,
  requireTls: false,
}

interface RuleSeed {
  readonly description: string
  /** What tells two rules of one description apart. */
  readonly seed?: string
  readonly content: string
  readonly delivery?: JsonObject
  readonly condition?: JsonObject
}

/** A content-compliance rule in the shape that the API gives it. */
export function complianceRule({ description, seed = '', content, ...more }: RuleSeed): JsonObject {
  return {
    ruleId: ruleId(`${description}${seed}`),
    description,
    condition: { ...inboundOnly, ...more.condition },
    matchExpressions: [{ matchExpressionType: 'SIMPLE_CONTENT', matchContent: content }],
    matchAnyExpression: true,
    consequence: {
      ruleConsequenceType: 'MODIFY_MESSAGE',
      primaryDelivery: { ...delivery, ...more.delivery },
      deliverToAdditionalRecipients: false,
    },
  }
}

export const hostIds = {
  scanner: '3c0de-02rvqlb32nzzmh1:00gjdgx7k2m9q4t',
  archive: '5ab1e-02rvqlb32nzzmh1:00gjdgx1p8w3z6v',
} as const

/** The vendor's rule. Its expressions are not published; which field names the host is made up. */
export function redirectRule(description: string = googleVendor.ruleName, seed = ''): JsonObject {
  return complianceRule({
    description,
    seed,
    content: '.*',
    delivery: {
      changeDefaultRoute: true,
      normalRouting: false,
      rerouteSpam: true,
      defaultRouteId: hostIds.scanner,
      addXGmSpamHeader: true,
    },
  })
}

/** The customer's own rules; some are like the vendor's. */
export const customerRules = {
  archive: complianceRule({
    description: 'Archive redirect rule',
    content: 'invoice',
    delivery: { changeDefaultRoute: true, normalRouting: false, defaultRouteId: hostIds.archive },
  }),
  card: complianceRule({
    description: 'Card numbers — hold & notify <finance>',
    content: '\\b(?:\\d[ -]*?){13,16}\\b',
    condition: { affectInboundMessages: false, affectOutboundMessages: true },
  }),
  training: complianceRule({
    description: 'Perception Point awareness training',
    content: 'awareness-training',
    delivery: { addXGmSpamHeader: true },
  }),
  header: complianceRule({ description: 'Keep what the scanner says', content: 'X-PERCEPTION-POINT-SPAM' }),
  legal: complianceRule({ description: 'Legal hold', content: 'privileged' }),
} as const
