import type { JsonObject } from '../../model/json.ts'
import { complianceRules, isRuleEnabled, settle } from '../tenant/google-policies.ts'
import type { SandboxState } from '../tenant/state.ts'
import { showPolicy } from './show-policy.ts'

/** The customer whole, with what no API shows. */
export function showGoogle(state: SandboxState): JsonObject {
  settle(state)
  const { google } = state
  return {
    customer: { ...google.customer },
    orgUnits: google.orgUnits.map((unit) => ({ ...unit })),
    policies: google.policies.map((policy) => showPolicy(google, policy)),
    rules: complianceRules(google.policies).map(({ policy, rule }) => ({
      ruleId: String(rule.ruleId),
      description: rule.description ?? '',
      orgUnit: google.orgUnits.find(({ id }) => id === policy.orgUnit)?.path ?? '',
      group: google.groups.find(({ id }) => id === policy.group)?.email ?? null,
      enabled: isRuleEnabled(google.policies, String(rule.ruleId)),
    })),
    users: google.users.map(({ tokens, ...user }) => ({
      ...user,
      tokens: tokens.map((token) => ({ ...token })),
    })),
    delegation: google.delegation.map((client) => ({ ...client })),
    hosts: google.hosts.map((host) => ({ ...host })),
    inboundGateway: { ...google.inboundGateway },
    audit: google.audit.map(({ at, clientId = null, ...activity }) => ({
      ...activity,
      clientId,
      at: new Date(at).toISOString(),
    })),
    policyWrites: google.policyWrites,
    refusedByQuota: google.refusedByQuota,
  }
}
