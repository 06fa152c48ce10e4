import * as z from 'zod'
import type { Json } from '../../model/json.ts'
import { isLive } from '../dns/zones.ts'
import { complianceRules, isRuleEnabled, type PlacedRule } from './google-policies.ts'
import { type RoutingSpan, type SandboxState, type StoredObject, sandboxNow } from './state.ts'

const scannerHost =
  /(^|\.)perception-point\.io$|(^|\.)vendor\.example$|^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/i

/** Where a compliance rule delivers to. The field that names the host is made up: none is published. */
const routeSchema = z.looseObject({
  consequence: z
    .looseObject({
      primaryDelivery: z
        .looseObject({ changeDefaultRoute: z.boolean().catch(false), defaultRouteId: z.string().optional() })
        .catch({ changeDefaultRoute: false }),
    })
    .catch({ primaryDelivery: { changeDefaultRoute: false } }),
})

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

function leadsToScanner(connector: StoredObject): boolean {
  return strings(connector.properties.SmartHosts).some((host) => scannerHost.test(host))
}

/** Whether any enabled rule hands mail to an enabled connector that leads to the vendor's scanner. */
export function routesToScanner(state: SandboxState): boolean {
  const connectors = state.objects['outbound-connector']
    .filter((connector) => connector.properties.Enabled !== false && leadsToScanner(connector))
    .map((connector) => connector.name.toLowerCase())
  return state.objects['transport-rule'].some((rule) => {
    const route = rule.properties.RouteMessageOutboundConnector
    return (
      rule.properties.State !== 'Disabled' &&
      typeof route === 'string' &&
      connectors.includes(route.toLowerCase())
    )
  })
}

/** Opens or closes a span of time, as something goes on or does not. */
function noteSpan(spans: RoutingSpan[], goesOn: boolean, now: number): void {
  const open = spans.find((span) => span.to === null)
  if (goesOn === (open !== undefined)) return
  if (open === undefined) spans.push({ from: now, to: null })
  else open.to = now
}

function leadsToVendor({ google }: SandboxState, { rule }: PlacedRule): boolean {
  const { consequence } = routeSchema.parse(rule)
  const { changeDefaultRoute, defaultRouteId } = consequence.primaryDelivery
  const host = google.hosts.find(({ id }) => id === defaultRouteId)
  return changeDefaultRoute && host !== undefined && scannerHost.test(host.host)
}

/** Whether any compliance rule that is on hands Gmail's mail to the vendor's scanner. */
export function gmailRoutesToScanner(state: SandboxState): boolean {
  const { policies } = state.google
  return complianceRules(policies).some(
    (placed) => leadsToVendor(state, placed) && isRuleEnabled(policies, String(placed.rule.ruleId)),
  )
}

/** Whether a mail server is the vendor's, or may be. */
export function isScannerHost(host: string): boolean {
  return scannerHost.test(host)
}

/** Whether any domain's mail goes to the vendor by its MX. */
export function mxLeadsToScanner({ dns }: SandboxState): boolean {
  const sets = dns.zones.filter(isLive).flatMap(({ sets }) => sets.filter(({ type }) => type === 'MX'))
  return sets.some(({ values }) => values.some((value) => isScannerHost(value.split(' ')[1] ?? '')))
}

/** Opens or closes the spans in which mail goes round over the scanner, after anything has changed. */
export function noteRouting(state: SandboxState): void {
  const now = sandboxNow(state).getTime()
  noteSpan(state.routing, routesToScanner(state), now)
  noteSpan(state.google.routing, gmailRoutesToScanner(state), now)
  noteSpan(state.dns.routing, mxLeadsToScanner(state), now)
}
