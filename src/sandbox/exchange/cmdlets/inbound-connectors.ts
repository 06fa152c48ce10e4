import type { Json, JsonObject } from '../../../model/json.ts'
import type { StoredObject } from '../../tenant/state.ts'
import { type CmdletContext, type CmdletTable, getCmdlet } from '../cmdlet.ts'
import { errorTypes, Refusal } from '../errors.ts'
import { isConnectorAddress } from '../ip-entries.ts'
import { type ConnectorRules, changeConnector, createConnector, removeConnector } from './connectors.ts'

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** Sender domains are kept as address spaces: `smtp:contoso.com;1`. */
function addressSpace(domain: string): string {
  const bare = domain.replace(/^smtp:/i, '').replace(/;\d+$/, '')
  const cost = /;(\d+)$/.exec(domain)?.[1] ?? '1'
  return `smtp:${bare};${cost}`
}

function warnOfOverlap({ state, parameters, warn }: CmdletContext, self: StoredObject | undefined): void {
  const given = strings(parameters.SenderIPAddresses)
  const shared = state.objects['inbound-connector'].filter(
    (other) =>
      other !== self &&
      other.properties.Enabled !== false &&
      strings(other.properties.SenderIPAddresses).some((address) => given.includes(address)),
  )
  if (shared.length === 0) return
  const names = shared.map(({ name }) => name).join(', ')
  warn(`The sender addresses overlap with those of another enabled connector: ${names}.`)
}

function check(properties: JsonObject): void {
  const wrong = strings(properties.SenderIPAddresses).find((entry) => !isConnectorAddress(entry))
  if (wrong !== undefined)
    throw new Refusal(
      errorTypes.validation,
      `"${wrong}" isn't a valid sender address: a single IPv4 address or a range in CIDR form from /24 to /32 is needed.`,
    )
  if (strings(properties.SenderDomains).length === 0)
    throw new Refusal(
      errorTypes.argument,
      "At least one sender domain is needed. (Parameter 'SenderDomains')",
    )
  const isInternal = properties.TreatMessagesAsInternal === true
  if (
    isInternal &&
    (properties.CloudServicesMailEnabled === true || properties.ConnectorType !== 'OnPremises')
  )
    throw new Refusal(
      errorTypes.connectorUsage,
      'TreatMessagesAsInternal needs a connector of type OnPremises without CloudServicesMailEnabled.',
    )
}

const rules: ConnectorRules = {
  kind: 'inbound-connector',
  exists: errorTypes.inboundExists,
  settle(properties, context, before) {
    properties.SenderDomains = strings(properties.SenderDomains).map(addressSpace)
    warnOfOverlap(context, before)
    if (before === undefined && properties.ConnectorType === 'OnPremises') {
      properties.Enabled = false
      context.warn(
        'The connector was created, and is disabled: inbound connectors of type OnPremises have to be enabled by Microsoft. Contact Support.',
      )
    }
  },
  check,
  guard(connector, after) {
    const isEnabled = (properties: JsonObject | undefined): boolean => properties?.Enabled !== false
    const turnsOn = after !== undefined && isEnabled(after.properties) && !isEnabled(connector.properties)
    if (turnsOn && after.properties.ConnectorType === 'OnPremises')
      throw new Refusal(
        errorTypes.connectorUsage,
        'Inbound connectors of type OnPremises have to be enabled by Microsoft. Contact Support.',
      )
  },
}

export const inboundConnectorCmdlets: CmdletTable = {
  'Get-InboundConnector': getCmdlet(rules.kind),
  'New-InboundConnector': createConnector(rules),
  'Set-InboundConnector': changeConnector(rules),
  'Remove-InboundConnector': removeConnector(rules),
}
