import type { Footprint, VendorName } from '../../model/footprint.ts'
import { sameName } from '../../model/name.ts'
import type { MatchContext, Verdict } from '../../model/platform.ts'
import type { ObjectRef, TenantObject } from '../../model/resource.ts'
import { isNamed } from '../names.ts'
import { number, strings, text } from '../properties.ts'
import { leadsToVendor } from './outbound-connector.ts'

/** One of the vendor's rules: its name, and what it must do to be the vendor's own. */
interface RuleRole {
  readonly title: string
  name(footprint: Footprint): VendorName
  /** What speaks against it; undefined when nothing does. */
  against(rule: TenantObject, context: MatchContext): string | undefined
}

/** The connector that a rule routes to, as the rule names it. */
export function routeOf(rule: TenantObject): string | undefined {
  return text(rule, 'RouteMessageOutboundConnector')
}

/** The names that a route may mean: itself, and the common name of a distinguished name. */
function namesIn(route: string): readonly string[] {
  const common = /^CN=((?:\\.|[^\\,])+)/i.exec(route)?.[1]
  return common === undefined ? [route] : [route, common.replace(/\\(.)/g, '$1')]
}

/**
 * Whether a route means this connector: Exchange takes its name, distinguished name or GUID, and does not say which
 * of them it answers. https://learn.microsoft.com/powershell/module/exchange/new-transportrule
 */
export function isRouteTo(route: string, { name, guid }: ObjectRef): boolean {
  return guid.toLowerCase() === route.toLowerCase() || namesIn(route).some((known) => sameName(known, name))
}

/** Whether a rule hands mail to a connector that leads to the vendor. */
export function routesToVendor(rule: TenantObject, { footprint, survey }: MatchContext): boolean {
  const route = routeOf(rule)
  if (route === undefined) return false
  if (namesIn(route).some((known) => isNamed(known, footprint.connectors.outbound))) return true
  const connectors = survey.objects.get('outbound-connector')
  if (connectors?.ok !== true) return false
  return connectors.value.some(
    (connector) => isRouteTo(route, connector) && leadsToVendor(connector, footprint),
  )
}

function readsVendorHeader(rule: TenantObject, footprint: Footprint): boolean {
  const headers = [
    ...strings(rule, 'HeaderContainsMessageHeader'),
    ...strings(rule, 'HeaderMatchesMessageHeader'),
  ]
  return headers.some((header) => header.toUpperCase().startsWith(footprint.headerPrefix))
}

function againstRedirect(rule: TenantObject, context: MatchContext): string | undefined {
  if (routesToVendor(rule, context)) return undefined
  const route = routeOf(rule)
  return route === undefined ? 'it routes nowhere' : `it routes to "${route}"`
}

function againstSpam(rule: TenantObject, { footprint }: MatchContext): string | undefined {
  return readsVendorHeader(rule, footprint)
    ? undefined
    : `no condition of it reads an ${footprint.headerPrefix}… header`
}

/** These rules carry no vendor name: only one with exactly this one action and one condition is surely the vendor's. */
function againstJunk(scl: number): RuleRole['against'] {
  return (rule, { footprint }) => {
    if (strings(rule, 'Actions').length !== 1 || number(rule, 'SetSCL') !== scl)
      return `its only action is not to set the spam confidence level to ${scl}`
    if (strings(rule, 'Conditions').length !== 1) return 'it has more or fewer than one condition'
    if (strings(rule, 'Exceptions').length > 0) return 'it has exceptions'
    if (number(rule, 'SCLOver') === undefined && !readsVendorHeader(rule, footprint))
      return 'its condition is neither a spam confidence level nor a header of the vendor'
    return undefined
  }
}

const roles: readonly RuleRole[] = [
  { title: 'redirect rule', name: (footprint) => footprint.rules.redirect, against: againstRedirect },
  { title: 'spam rule', name: (footprint) => footprint.rules.spam, against: againstSpam },
  { title: 'junk rule, high', name: (footprint) => footprint.rules.junkHigh, against: againstJunk(9) },
  { title: 'junk rule, low', name: (footprint) => footprint.rules.junkLow, against: againstJunk(6) },
]

/** A mail-flow rule: known name and known content together, or it is not surely the vendor's. */
export function matchRule(rule: TenantObject, context: MatchContext): Verdict {
  const named = roles.filter((role) => isNamed(rule.name, role.name(context.footprint)))
  const objections = named.map((role) => role.against(rule, context))
  const role = named[objections.indexOf(undefined)]
  if (role !== undefined) return { is: 'vendor', reason: `${role.title}: name and content` }
  if (named.length > 0)
    return { is: 'lookalike', reason: `the name is the vendor's, but ${objections.join('; ')}` }
  if (routesToVendor(rule, context))
    return {
      is: 'lookalike',
      reason: `it routes to the vendor's connector "${routeOf(rule)}", its name is not the vendor's`,
    }
  return { is: 'other' }
}
