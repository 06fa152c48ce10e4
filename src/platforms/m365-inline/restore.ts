import { isRouteTo } from '../../footprint/match/rule.ts'
import { flag } from '../../footprint/properties.ts'
import type { CreateStep, EditStep, RestoreProcedure } from '../../model/platform.ts'
import { appCreateSteps, appRestoreReads, appRestoreSteps } from '../remediation-app/restore.ts'

function editing(id: string, title: string, kind: string, permissions: readonly string[]): EditStep {
  return { id, title, kind: 'edit', system: 'exchange-online', kinds: [kind], permissions, propose: () => [] }
}

function creating(
  id: string,
  title: string,
  kinds: readonly string[],
  permissions: readonly string[],
): CreateStep {
  return { id, title, kind: 'create', system: 'exchange-online', kinds, permissions }
}

/** A rule is only accepted with its connector there and enabled. */
const lacks: RestoreProcedure['lacks'] = ({ before }, objects, made) => {
  const route = before.RouteMessageOutboundConnector
  if (typeof route !== 'string') return undefined
  const isMade = made.some(({ kind, object }) => kind === 'outbound-connector' && isRouteTo(route, object))
  if (isMade) return undefined
  const connector = objects('outbound-connector').find((object) => isRouteTo(route, object))
  if (connector === undefined) return `it routes to "${route}", which is not there and is not put back`
  return flag(connector, 'Enabled') ? undefined : `it routes to "${route}", which is disabled`
}

const requiredKinds = ['connection-filter', 'transport-rule', 'inbound-connector', 'outbound-connector']

/**
 * The reverse of the procedure: connectors before rules, since a rule is only accepted with its connector there and
 * enabled; rules switched off and in their old places; the redirect last, and only when it is asked for.
 */
export const restore: RestoreProcedure = {
  steps: [
    editing('addresses', 'Allow the addresses again', 'connection-filter', [
      'Set-HostedConnectionFilterPolicy',
    ]),
    creating(
      'connectors',
      'Make the connectors again',
      ['inbound-connector', 'outbound-connector'],
      ['New-InboundConnector', 'New-OutboundConnector', 'Set-OutboundConnector'],
    ),
    creating('rules', 'Make the rules again, switched off', ['transport-rule'], ['New-TransportRule']),
    editing('enable', 'Switch the rules on', 'transport-rule', ['Enable-TransportRule']),
    editing('redirect', 'Switch the redirect rule on', 'transport-rule', ['Enable-TransportRule']),
    ...appRestoreSteps,
  ],
  reads: [
    ...requiredKinds.map((kind) => ({ system: 'exchange-online', kind, required: true }) as const),
    ...appRestoreReads,
  ],
  redirectStep: 'drain',
  createSteps: {
    'inbound-connector': 'connectors',
    'outbound-connector': 'connectors',
    'transport-rule': 'rules',
    ...appCreateSteps,
  },
  lacks,
  switches: { 'transport-rule': { property: 'State', on: 'Enabled', off: 'Disabled' } },
}
