import { isVendorHost } from '../../footprint/footprint.ts'
import { matchInboundConnector } from '../../footprint/match/inbound-connector.ts'
import { leadsToVendor } from '../../footprint/match/outbound-connector.ts'
import { isRouteTo, routeOf, routesToVendor } from '../../footprint/match/rule.ts'
import { flag, text } from '../../footprint/properties.ts'
import type { Change, Unread } from '../../model/plan.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { uncheckedMailRecords } from '../mail-records.ts'
import { mailHosts, objectsOf } from '../objects.ts'

/** Which of these connectors a rule routes to. */
export function leadsTo(rule: TenantObject, connectors: readonly Change[]): Change | undefined {
  const route = routeOf(rule)
  if (route === undefined) return undefined
  return connectors.find(({ kind, object }) => kind === 'outbound-connector' && isRouteTo(route, object))
}

/** What still sends mail to the vendor: a rule, an enabled connector, an MX. One phrase for each. */
export function routesThere(context: MatchContext): readonly string[] {
  const { footprint } = context
  const rules = objectsOf('transport-rule', context)
    .filter((rule) => routesToVendor(rule, context))
    .map((rule) => `the rule "${rule.name}" routes to the vendor`)
  const connectors = objectsOf('outbound-connector', context)
    .filter((connector) => flag(connector, 'Enabled') && !flag(connector, 'TestMode'))
    .filter((connector) => leadsToVendor(connector, footprint))
    .map((connector) => `the connector "${connector.name}" leads to the vendor`)
  const domains = objectsOf('mx', context)
    .filter((domain) => mailHosts(domain).some((host) => isVendorHost(host, footprint)))
    .map((domain) => `the MX of ${domain.name} is the vendor's`)
  return [...rules, ...connectors, ...domains, ...unread(context)]
}

/** What could not be read is not "nothing": the step stays locked. */
function unread({ survey }: MatchContext): readonly string[] {
  return ['transport-rule', 'outbound-connector'].flatMap((kind) => {
    const read = survey.objects.get(kind)
    return read?.ok === true ? [] : `whether a ${kind} still routes to the vendor could not be read`
  })
}

/** What must be gone before the vendor is asked to delete the domains: all rules that route there, both connectors. */
export function connectionsThere(context: MatchContext): readonly string[] {
  const inbound = objectsOf('inbound-connector', context)
    .filter((connector) => matchInboundConnector(connector, context).is === 'vendor')
    .map((connector) => `the connector "${connector.name}" is still there`)
  return [...routesThere(context), ...inbound]
}

/** Domains whose MX could not be resolved: said, but no lock. */
export function uncheckedDomains(context: MatchContext): readonly string[] {
  const { survey } = context
  if (survey.objects.get('mx')?.ok !== true) return survey.tenant.domains.map((domain) => domain.name)
  return unresolved(context).map((domain) => domain.name)
}

function unresolved(context: MatchContext): readonly TenantObject[] {
  return objectsOf('mx', context).filter((domain) => domain.properties.state === 'unresolvable')
}

/** A domain without an answer is "not checked", never "none". */
export function unchecked(context: MatchContext): readonly Unread[] {
  const mx = unresolved(context).map((domain) => ({
    kind: 'mx',
    reason: `${domain.name}: ${text(domain, 'reason') ?? 'it could not be resolved'}`,
    required: false,
  }))
  return [...mx, ...uncheckedMailRecords(context)]
}
