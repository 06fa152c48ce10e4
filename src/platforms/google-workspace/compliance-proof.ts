import { labelOf } from '../../footprint/match/compliance-rule.ts'
import { text } from '../../footprint/properties.ts'
import { OffboardError, RefusedError } from '../../model/errors.ts'
import type { GuidedStep } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { chosenRules, keptRules } from './chosen-rules.ts'

function listed(rules: readonly TenantObject[]): string {
  return rules.map((rule) => `"${labelOf(rule)}" (${text(rule, 'where') ?? '?'})`).join(', ')
}

/** Whether a rule of the vendor is there, in any unit or group: a read of the policies themselves. */
export const complianceProof: NonNullable<GuidedStep['check']> = async (systems, context) => {
  try {
    const rules = (await systems.get('google-workspace')?.resources.get('compliance-rule')?.list()) ?? []
    const left = chosenRules(rules, context)
    if (left.length > 0)
      return { is: 'present', evidence: `the policies still have ${listed(left)}`, rests: 'read' }
    const kept = keptRules(rules, context)
    const none = 'the policies of all units and groups have no such rule'
    const evidence = kept.length === 0 ? none : `${none} but what you keep: ${listed(kept)}`
    return { is: 'gone', evidence, rests: 'read' }
  } catch (error) {
    if (!(error instanceof OffboardError) || error instanceof RefusedError) throw error
    return {
      is: 'unknown',
      evidence: `the policies could not be read: ${error.said ?? error.message}`,
      rests: 'nothing',
    }
  }
}
