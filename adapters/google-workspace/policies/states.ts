import type { JsonObject } from '../../../src/model/json.ts'
import type { WritableCustomer } from '../customer.ts'
import { objectsOf, textOf } from '../json.ts'
import { changePolicy } from './change.ts'
import { type Place, policyAt } from './policy.ts'

export const stateType = 'settings/gmail.rule_states'
const field = 'ruleStates'

/** Whether a rule is on, as the policies of Gmail say it. One without a state is. */
export interface RuleState {
  readonly ruleId: string
  readonly enabled: boolean
}

export function statesIn(value: JsonObject): readonly RuleState[] {
  return objectsOf(value, field).map((state) => ({
    ruleId: textOf(state, 'ruleId') ?? '',
    enabled: state.enabled !== false,
  }))
}

function withState(states: readonly JsonObject[], { ruleId, enabled }: RuleState): readonly JsonObject[] {
  const known = states.some((state) => textOf(state, 'ruleId') === ruleId)
  if (!known) return [...states, { ruleId, enabled }]
  return states.map((state) => (textOf(state, 'ruleId') === ruleId ? { ...state, enabled } : state))
}

/** Switches a rule on or off, whether it is there yet or not. Throws as `changePolicy` does. */
export async function setState(
  customer: WritableCustomer,
  place: Place,
  state: RuleState,
  tried: string,
): Promise<void> {
  const before = await policyAt(customer.google, stateType, place, tried)
  const own = statesIn(before.value).find(({ ruleId }) => ruleId === state.ruleId)
  if (own?.enabled === state.enabled) return
  const states = withState(objectsOf(before.value, field), state)
  await changePolicy(customer, { before, value: { ...before.value, [field]: states } }, tried)
}
