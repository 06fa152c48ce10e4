import { labelOf } from '../../footprint/match/compliance-rule.ts'
import { text } from '../../footprint/properties.ts'
import { OffboardError, RefusedError } from '../../model/errors.ts'
import type { GuidedStep } from '../../model/platform.ts'
import { chosenRules } from './chosen-rules.ts'

/** Whether a rule of the vendor is there, in any unit or group: a read of the policies themselves. */
export const complianceProof: NonNullable<GuidedStep['check']> = async (systems, context) => {
  try {
    const rules = (await systems.get('google-workspace')?.resources.get('compliance-rule')?.list()) ?? []
    const left = chosenRules(rules, context).map(
      (rule) => `"${labelOf(rule)}" (${text(rule, 'where') ?? '?'})`,
    )
    if (left.length > 0)
      return { is: 'present', evidence: `the policies still have ${left.join(', ')}`, rests: 'read' }
    return { is: 'gone', evidence: 'the policies of all units and groups have no such rule', rests: 'read' }
  } catch (error) {
    if (!(error instanceof OffboardError) || error instanceof RefusedError) throw error
    return {
      is: 'unknown',
      evidence: `the policies could not be read: ${error.said ?? error.message}`,
      rests: 'nothing',
    }
  }
}
