import type { Json } from '../../model/json.ts'
import { type SandboxState, type StoredObject, sandboxNow } from './state.ts'

const scannerHost = /(^|\.)perception-point\.io$|^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/i

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

/** Opens or closes the span in which mail goes round over the scanner, after anything has changed. */
export function noteRouting(state: SandboxState): void {
  const open = state.routing.find((span) => span.to === null)
  const routes = routesToScanner(state)
  if (routes === (open !== undefined)) return
  const now = sandboxNow(state).getTime()
  if (open === undefined) state.routing.push({ from: now, to: null })
  else open.to = now
}
