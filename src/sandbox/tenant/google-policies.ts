import { UsageError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { GooglePolicy } from './google.ts'
import { type SandboxState, sandboxNow } from './state.ts'

/** Gives a policy another value. */
export function setPolicyValue(state: SandboxState, id: string, value: JsonObject): void {
  const { google } = state
  google.policies = google.policies.map((policy) => (policy.id === id ? { ...policy, value } : policy))
}

/** Does the writes that are due. */
export function settle(state: SandboxState): void {
  const { google } = state
  const now = sandboxNow(state).getTime()
  const due = google.pending.filter(({ dueAt }) => dueAt <= now)
  if (due.length === 0) return
  google.pending = google.pending.filter(({ dueAt }) => dueAt > now)
  for (const { id, value } of due) setPolicyValue(state, id, value)
}

/** A rule of a policy that holds a list of them, with the policy. */
export interface PlacedRule {
  readonly policy: GooglePolicy
  readonly rule: JsonObject
}

export const complianceType = 'settings/gmail.content_compliance'
export const ruleStatesType = 'settings/gmail.rule_states'

/** What a list in a policy's value holds. */
export function entriesOf({ value }: GooglePolicy, list: string): readonly JsonObject[] {
  const entries = value[list]
  if (!Array.isArray(entries)) return []
  return entries.filter((entry): entry is JsonObject => typeof entry === 'object' && entry !== null)
}

/** All content-compliance rules, of every unit and group. */
export function complianceRules(policies: readonly GooglePolicy[]): readonly PlacedRule[] {
  return policies
    .filter(({ type }) => type === complianceType)
    .flatMap((policy) => entriesOf(policy, 'contentComplianceRules').map((rule) => ({ policy, rule })))
}

/** Whether a rule is on; one without a state is. */
export function isRuleEnabled(policies: readonly GooglePolicy[], ruleId: string): boolean {
  const states = policies
    .filter(({ type }) => type === ruleStatesType)
    .flatMap((policy) => entriesOf(policy, 'ruleStates'))
  return states.find((state) => state.ruleId === ruleId)?.enabled !== false
}

/** The first compliance rule of this name. Throws a UsageError when there is none. */
export function ruleNamed(policies: readonly GooglePolicy[], name: string): PlacedRule {
  const found = complianceRules(policies).find(({ rule }) => rule.description === name)
  if (found !== undefined) return found
  throw new UsageError({ tried: `find the compliance rule "${name}" of the sandbox`, said: 'there is none' })
}
