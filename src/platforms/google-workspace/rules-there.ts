import { isVendorHost } from '../../footprint/footprint.ts'
import { labelOf, matchComplianceRule, reroutes } from '../../footprint/match/compliance-rule.ts'
import { text } from '../../footprint/properties.ts'
import { changeId } from '../../model/name.ts'
import type { DecidedContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { mailHosts, objectsOf } from '../objects.ts'
import { names } from './chosen-rules.ts'
import { ruleIdOf } from './rule-id.ts'

function reasonOf(rule: TenantObject, context: DecidedContext): string | undefined {
  const verdict = matchComplianceRule(rule, context)
  const where = text(rule, 'where') ?? '?'
  const id = changeId('policy-rule', ruleIdOf(rule))
  if (verdict.is === 'vendor') return `the rule "${labelOf(rule)}" (${where}) sends mail to the vendor`
  if (verdict.is !== 'lookalike' || !reroutes(rule) || names(context.decisions.exclude, rule))
    return undefined
  return `the rule "${labelOf(rule)}" (${where}) may send mail to the vendor: see with --include or --exclude ${id}`
}

/** Rules that send mail to the vendor, or may. What could not be read is not "none". */
export function rulesThere(context: DecidedContext): readonly string[] {
  const read = context.survey.objects.get('compliance-rule')
  if (read?.ok !== true) return ['whether a rule still sends mail to the vendor could not be read']
  return read.value.flatMap((rule) => reasonOf(rule, context) ?? [])
}

/** All that may still send mail there: a rule, an MX. */
export function routesThere(context: DecidedContext): readonly string[] {
  const domains = objectsOf('mx', context)
    .filter((domain) => mailHosts(domain).some((host) => isVendorHost(host, context.footprint)))
    .map((domain) => `the MX of ${domain.name} is the vendor's`)
  return [...rulesThere(context), ...domains]
}
