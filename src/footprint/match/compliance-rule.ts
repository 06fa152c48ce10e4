import type { Json, JsonObject } from '../../model/json.ts'
import type { MatchContext, Verdict } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { isNamed } from '../names.ts'
import { text } from '../properties.ts'
import { findTraces } from '../traces.ts'

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function part(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined
}

/**
 * Whether a rule sends mail another way than Gmail's own. Which field names the host is not published.
 * https://docs.cloud.google.com/identity/docs/concepts/supported-policy-api-settings
 */
export function reroutes({ properties }: TenantObject): boolean {
  const consequence = part(properties.entry, 'consequence')
  return part(part(consequence, 'primaryDelivery'), 'changeDefaultRoute') === true
}

function affectsInbound({ properties }: TenantObject): boolean {
  return part(part(properties.entry, 'condition'), 'affectInboundMessages') !== false
}

/** What the console calls it. */
export function labelOf(rule: TenantObject): string {
  return text(rule, 'label') ?? rule.name
}

/** A rule of Gmail's content compliance: known name and known effect together, or it is not surely the vendor's. */
export function matchComplianceRule(
  rule: TenantObject,
  { footprint }: Pick<MatchContext, 'footprint'>,
): Verdict {
  const isReroute = reroutes(rule)
  if (isNamed(labelOf(rule), footprint.rules.redirect))
    return isReroute
      ? { is: 'vendor', reason: 'redirect rule: name and effect' }
      : { is: 'lookalike', reason: "the name is the vendor's, but it sends no mail another way" }
  const { entry } = rule.properties
  const [trace] = isObject(entry) ? findTraces(entry, footprint) : []
  if (isReroute && affectsInbound(rule))
    return {
      is: 'lookalike',
      reason:
        'it sends inbound mail another way, and whether that is the vendor’s host can only be seen in the console',
    }
  if (trace === undefined) return { is: 'other' }
  return { is: 'lookalike', reason: `it holds "${trace.value}" of the vendor, its name is not the vendor's` }
}
