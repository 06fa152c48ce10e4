import type { JsonObject } from '../../../model/json.ts'
import type { GooglePolicy, GoogleState } from '../../tenant/google.ts'
import { complianceType, entriesOf, ruleStatesType } from '../../tenant/google-policies.ts'

/** What becomes of a rule: itself, others in its place, or nothing. */
type Rewrite = (rule: JsonObject) => readonly JsonObject[]

/** Changes the compliance rules of every unit and group, and keeps their states with them. */
export function rewriteRules(google: GoogleState, rewrite: Rewrite): void {
  const rewritten = google.policies.map((policy) =>
    policy.type === complianceType
      ? withList(
          policy,
          'contentComplianceRules',
          entriesOf(policy, 'contentComplianceRules').flatMap(rewrite),
        )
      : policy,
  )
  const ids = rewritten
    .filter(({ type }) => type === complianceType)
    .flatMap((policy) => entriesOf(policy, 'contentComplianceRules'))
    .map(({ ruleId }) => ruleId)
  google.policies = rewritten.map((policy) =>
    policy.type === ruleStatesType
      ? withList(
          policy,
          'ruleStates',
          entriesOf(policy, 'ruleStates').filter(({ ruleId }) => ids.includes(ruleId)),
        )
      : policy,
  )
}

function withList(policy: GooglePolicy, list: string, entries: readonly JsonObject[]): GooglePolicy {
  return { ...policy, value: { ...policy.value, [list]: entries } }
}

/** Puts policies in; one of the same type at the same place gives way. */
export function putPolicies(google: GoogleState, policies: readonly GooglePolicy[]): void {
  const ids = policies.map(({ id }) => id)
  google.policies = [...google.policies.filter(({ id }) => !ids.includes(id)), ...policies]
}

/** Switches a rule on or off. */
export function setRuleState(google: GoogleState, ruleId: string, enabled: boolean): void {
  google.policies = google.policies.map((policy) =>
    policy.type === ruleStatesType
      ? withList(
          policy,
          'ruleStates',
          entriesOf(policy, 'ruleStates').map((one) => (one.ruleId === ruleId ? { ...one, enabled } : one)),
        )
      : policy,
  )
}
