import { labelOf, matchComplianceRule } from '../../footprint/match/compliance-rule.ts'
import { text } from '../../footprint/properties.ts'
import { changeId } from '../../model/name.ts'
import type { DecidedContext, EditStep, GuidedStep, Proposal } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { objectsOf } from '../objects.ts'
import { chosenRules } from './chosen-rules.ts'
import { complianceProof } from './compliance-proof.ts'
import { consolePages } from './console.ts'
import { ruleIdOf } from './rule-id.ts'

const id = 'compliance-rule'
const title = 'Delete the content-compliance rule'

function detail(rule: TenantObject): string {
  const state = text(rule, 'state') === 'disabled' ? ', switched off' : ''
  return `of ${text(rule, 'where') ?? '?'}${state}`
}

function proposal(rule: TenantObject, context: DecidedContext): Proposal {
  return {
    id: changeId('policy-rule', ruleIdOf(rule)),
    kind: 'compliance-rule',
    name: rule.name,
    detail: detail(rule),
    object: rule,
    restsOn: 'object',
    verdict: matchComplianceRule(rule, context),
    byHand: !context.decisions.googlePolicyWrites,
  }
}

/**
 * Takes the rule out of Gmail's policies, where the operator lets us: that the service writes them is published for
 * other settings alone. https://docs.cloud.google.com/identity/docs/concepts/supported-policy-api-settings
 */
export const complianceRule: EditStep = {
  id,
  title,
  kind: 'edit',
  system: 'google-workspace',
  kinds: ['compliance-rule'],
  after: [],
  refusedByHand: true,
  permissions: ['https://www.googleapis.com/auth/cloud-identity.policies'],
  propose: (context) => objectsOf('compliance-rule', context).map((rule) => proposal(rule, context)),
}

/** The same by a person, and its proof: the policies of all units and groups are read. */
export const complianceRuleByHand: GuidedStep = {
  id,
  title,
  kind: 'guided',
  optional: false,
  provable: true,
  after: [],
  link: consolePages.compliance,
  isPlanned: (changes) => !changes.some(({ step }) => step === id),
  instructions: (context) => [
    'Open Apps > Google Workspace > Gmail > Compliance > Content compliance.',
    ...chosenRules(objectsOf('compliance-rule', context), context).map(
      (rule) =>
        `Select ${text(rule, 'where') ?? 'its unit'} on the left, and delete the rule "${labelOf(rule)}".`,
    ),
    `Look in the units below too; a rule of the vendor is named "${context.footprint.rules.redirect.name}".`,
    'Click Save. Leave other rules as they are.',
  ],
  lock: () => ({ reasons: [] }),
  check: complianceProof,
}
