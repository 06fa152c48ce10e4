import { matchRule, routeOf } from '../../footprint/match/rule.ts'
import { number, strings, text } from '../../footprint/properties.ts'
import type { RemoveStep } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'

/** What a rule does, in the few words that let a person know it again. */
function ruleDetail(rule: TenantObject): string {
  const route = routeOf(rule)
  const scl = number(rule, 'SetSCL')
  const headers = [
    ...strings(rule, 'HeaderContainsMessageHeader'),
    ...strings(rule, 'HeaderMatchesMessageHeader'),
  ]
  const over = number(rule, 'SCLOver')
  const parts = [
    route === undefined ? undefined : `routes to "${route}"`,
    scl === undefined ? undefined : `sets SCL ${scl}`,
    headers.length === 0 ? undefined : `on header ${headers.join(', ')}`,
    over === undefined ? undefined : `from SCL ${over}`,
    text(rule, 'State') === 'Disabled' ? 'disabled' : undefined,
  ]
  return parts.filter((part) => part !== undefined).join(', ') || 'mail-flow rule'
}

export const rules: RemoveStep = {
  id: 'rules',
  title: 'Delete the mail-flow rules',
  kind: 'remove',
  system: 'exchange-online',
  permissions: ['Get-TransportRule', 'Remove-TransportRule'],
  targets: [{ kind: 'transport-rule', prefix: 'rule', match: matchRule, detail: ruleDetail }],
}
