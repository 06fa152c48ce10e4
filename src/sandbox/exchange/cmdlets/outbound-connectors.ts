import type { JsonObject } from '../../../model/json.ts'
import type { SandboxState, StoredObject } from '../../tenant/state.ts'
import { type CmdletTable, getCmdlet } from '../cmdlet.ts'
import { errorTypes, Refusal } from '../errors.ts'
import { type ConnectorRules, changeConnector, createConnector, removeConnector } from './connectors.ts'

const onPremisesOnly = ['SenderRewritingEnabled', 'RouteAllMessagesViaOnPremises', 'AllAcceptedDomains']

function isEmpty(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0
}

function refuse(message: string): never {
  throw new Refusal(errorTypes.connectorUsage, message)
}

function check(properties: JsonObject): void {
  const isOnPremises = properties.ConnectorType === 'OnPremises'
  if (properties.UseMXRecord !== true && isEmpty(properties.SmartHosts))
    refuse('Smart hosts are needed when the MX record is not used.')
  if (isOnPremises && properties.UseMXRecord === true)
    refuse('A connector of type OnPremises cannot use the MX record.')
  if ((properties.TlsDomain !== null) !== (properties.TlsSettings === 'DomainValidation'))
    refuse('TlsDomain and the TlsSettings value DomainValidation go together.')
  const misplaced = onPremisesOnly.find((name) => properties[name] === true && !isOnPremises)
  if (misplaced !== undefined) refuse(`${misplaced} needs a connector of type OnPremises.`)
}

/** The rules, enabled or not, that name the connector. */
function rulesNaming(state: SandboxState, connector: StoredObject): readonly StoredObject[] {
  return state.objects['transport-rule'].filter((rule) => {
    const route = rule.properties.RouteMessageOutboundConnector
    return typeof route === 'string' && route.toLowerCase() === connector.name.toLowerCase()
  })
}

/** What a rule relies on: that the connector is there, has its name, is enabled and is for rules. */
function stillServes(connector: StoredObject, after: StoredObject | undefined): boolean {
  if (after === undefined) return false
  const { properties } = connector
  const lost = (name: string): boolean => properties[name] !== after.properties[name]
  const isDisabled = after.properties.Enabled === false && lost('Enabled')
  const isUnscoped = after.properties.IsTransportRuleScoped !== true && lost('IsTransportRuleScoped')
  return after.name === connector.name && !isDisabled && !isUnscoped
}

const rules: ConnectorRules = {
  kind: 'outbound-connector',
  exists: errorTypes.outboundExists,
  settle(properties, { parameters }, before) {
    if (before === undefined && !('UseMXRecord' in parameters))
      properties.UseMXRecord = isEmpty(properties.SmartHosts)
    if (properties.UseMXRecord === true) properties.SmartHosts = []
  },
  check,
  guard(connector, after, { state }) {
    if (stillServes(connector, after)) return
    const naming = rulesNaming(state, connector)
    if (naming.length === 0) return
    throw new Refusal(
      errorTypes.referenced,
      `The connector "${connector.name}" is still used by mail flow rules: ${naming.map(({ name }) => name).join(', ')}.`,
    )
  },
}

export const outboundConnectorCmdlets: CmdletTable = {
  'Get-OutboundConnector': getCmdlet(rules.kind, ({ properties }, { parameters }) => {
    const scoped = parameters.IsTransportRuleScoped
    if (scoped !== undefined && scoped !== (properties.IsTransportRuleScoped === true)) return false
    return parameters.IncludeTestModeConnectors === true || properties.TestMode !== true
  }),
  'New-OutboundConnector': createConnector(rules),
  'Set-OutboundConnector': changeConnector(rules),
  'Remove-OutboundConnector': removeConnector(rules),
}
