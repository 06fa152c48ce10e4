import { matchInboundConnector } from '../../footprint/match/inbound-connector.ts'
import { matchOutboundConnector } from '../../footprint/match/outbound-connector.ts'
import { routeOf } from '../../footprint/match/rule.ts'
import { flag, strings } from '../../footprint/properties.ts'
import type { RemoveStep } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { StepGuard } from '../../model/step-guard.ts'
import { leadsTo } from './routes.ts'

function state(connector: TenantObject): string {
  return flag(connector, 'Enabled') ? '' : ', disabled'
}

function inboundDetail(connector: TenantObject): string {
  const senders = strings(connector, 'SenderIPAddresses')
  return `accepts mail from ${senders.length === 0 ? 'any address' : senders.join(', ')}${state(connector)}`
}

function outboundDetail(connector: TenantObject): string {
  const hosts = strings(connector, 'SmartHosts')
  return `sends to ${hosts.length === 0 ? "the recipient's MX" : hosts.join(', ')}${state(connector)}`
}

/** Mail of a rule whose connector is gone is lost. */
const noRuleRoutes: StepGuard = {
  kinds: ['transport-rule'],
  check: (objects, changes) =>
    objects('transport-rule')
      .filter((rule) => leadsTo(rule, changes) !== undefined)
      .map((rule) => `the rule "${rule.name}" routes to "${routeOf(rule)}"`),
}

export const connectors: RemoveStep = {
  id: 'connectors',
  title: 'Delete the connectors',
  kind: 'remove',
  system: 'exchange-online',
  guard: noRuleRoutes,
  permissions: [
    'Get-InboundConnector',
    'Remove-InboundConnector',
    'Get-OutboundConnector',
    'Remove-OutboundConnector',
  ],
  targets: [
    { kind: 'inbound-connector', prefix: 'inbound', match: matchInboundConnector, detail: inboundDetail },
    { kind: 'outbound-connector', prefix: 'outbound', match: matchOutboundConnector, detail: outboundDetail },
  ],
}
