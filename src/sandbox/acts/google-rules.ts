import type { JsonObject } from '../../model/json.ts'
import { googleAccount, googleVendor } from '../google/account.ts'
import { setRuleState } from '../scenarios/google/change.ts'
import { customerRules, redirectRule } from '../scenarios/google/rules.ts'
import {
  complianceChange,
  deleteComplianceRule,
  recordSetting,
  writePolicy,
} from '../tenant/google-change.ts'
import {
  complianceRules,
  complianceType,
  entriesOf,
  type PlacedRule,
  ruleNamed,
} from '../tenant/google-policies.ts'
import type { SandboxState } from '../tenant/state.ts'
import { type Act, argument } from './act.ts'

/** Changes a rule, as an administrator does. */
function editRule(state: SandboxState, { policy, rule }: PlacedRule, changes: JsonObject): void {
  const rules = entriesOf(policy, 'contentComplianceRules')
  writePolicy(state, googleAccount.subject, policy, {
    ...policy.value,
    contentComplianceRules: rules.map((one) => (one.ruleId === rule.ruleId ? { ...one, ...changes } : one)),
  })
}

/** Puts a rule last in the top unit. */
function addRule(state: SandboxState, rule: JsonObject): void {
  const { policies, orgUnits } = state.google
  const top = orgUnits.find(({ path }) => path === '/')?.id
  const policy = policies.find(
    ({ type, orgUnit, group }) => type === complianceType && orgUnit === top && group === undefined,
  )
  if (policy === undefined) return
  const rules = entriesOf(policy, 'contentComplianceRules')
  writePolicy(state, googleAccount.subject, policy, {
    ...policy.value,
    contentComplianceRules: [...rules, rule],
  })
}

function putBack(state: SandboxState): void {
  const isThere = complianceRules(state.google.policies).some(
    ({ rule }) => rule.description === googleVendor.ruleName,
  )
  if (isThere) return
  state.serial += 1
  addRule(state, redirectRule(googleVendor.ruleName, `again ${state.serial}`))
}

function switchRule(enabled: boolean): Act['run'] {
  return (state, args) => {
    const { google } = state
    const { policy, rule } = ruleNamed(google.policies, argument(args, 'name', googleVendor.ruleName))
    setRuleState(google, String(rule.ruleId), enabled)
    recordSetting(state, googleAccount.subject, complianceChange(google, 'CHANGE', policy, rule))
  }
}

/** What is done on the page of Gmail's compliance rules. */
export const googleRuleActs = {
  'delete-compliance-rule': {
    description: 'Gmail: deletes the compliance rules of a name, in all units {name: the vendor’s}',
    run: (state, args) =>
      deleteComplianceRule(state, googleAccount.subject, argument(args, 'name', googleVendor.ruleName)),
  },
  'disable-compliance-rule': {
    description: 'Gmail: switches a compliance rule off {name: the vendor’s}',
    run: switchRule(false),
  },
  'enable-compliance-rule': {
    description: 'Gmail: switches a compliance rule on {name: the vendor’s}',
    run: switchRule(true),
  },
  'rename-compliance-rule': {
    description: 'Gmail: gives a compliance rule another name {name: the vendor’s, to: Mail scanner}',
    run: (state, args) =>
      editRule(state, ruleNamed(state.google.policies, argument(args, 'name', googleVendor.ruleName)), {
        description: argument(args, 'to', 'Mail scanner'),
      }),
  },
  'edit-compliance-rule': {
    description: 'Gmail: changes a rule of the customer’s that stands beside the vendor’s {name}',
    run: (state, args) => {
      const name = argument(args, 'name', String(customerRules.archive.description))
      editRule(state, ruleNamed(state.google.policies, name), { matchAnyExpression: false })
    },
  },
  'add-compliance-rule': {
    description: 'Gmail: makes a compliance rule of the customer’s own {name: Tag contracts}',
    run: (state, args) =>
      addRule(state, {
        ...customerRules.header,
        ruleId: `c0ffe-02rvqlb32nzzmh1:00gjdgx${state.google.audit.length}`,
        description: argument(args, 'name', 'Tag contracts'),
      }),
  },
  'put-compliance-rule-back': {
    description: 'Gmail: somebody makes the vendor’s rule again, when it is not there',
    run: putBack,
  },
} as const satisfies Record<string, Act>
