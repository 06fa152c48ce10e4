import { matchComplianceRule } from '../../footprint/match/compliance-rule.ts'
import type { Footprint } from '../../model/footprint.ts'
import { changeId, fold } from '../../model/name.ts'
import type { Decisions } from '../../model/plan.ts'
import type { TenantObject } from '../../model/resource.ts'
import { ruleIdOf } from './rule-id.ts'

interface Chosen {
  readonly footprint: Footprint
  readonly decisions: Decisions
}

/** Whether the operator's list names a rule, or all of its step. */
export function names(given: readonly string[], rule: TenantObject): boolean {
  const id = changeId('policy-rule', ruleIdOf(rule))
  const known = new Set([id, 'step:compliance-rule'].map(fold))
  return given.some((text) => known.has(fold(text)))
}

/** The rules that are to go: the vendor's, and those that the operator included, without those that are excluded. */
export function chosenRules(
  rules: readonly TenantObject[],
  { footprint, decisions }: Chosen,
): readonly TenantObject[] {
  return rules.filter((rule) => {
    const { is } = matchComplianceRule(rule, { footprint })
    if (is === 'other' || names(decisions.exclude, rule)) return false
    return is === 'vendor' || names(decisions.include, rule)
  })
}

/** The vendor's rules that the operator excluded. */
export function keptRules(
  rules: readonly TenantObject[],
  { footprint, decisions }: Chosen,
): readonly TenantObject[] {
  return rules.filter(
    (rule) => matchComplianceRule(rule, { footprint }).is === 'vendor' && names(decisions.exclude, rule),
  )
}
