import { connectionFilter } from '../../adapters/exchange-online/resources/connection-filter.ts'
import { inboundConnector } from '../../adapters/exchange-online/resources/inbound-connector.ts'
import { outboundConnector } from '../../adapters/exchange-online/resources/outbound-connector.ts'
import { transportRule } from '../../adapters/exchange-online/resources/transport-rule.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { TenantObject } from '../../src/model/resource.ts'

/** By the sandbox's own names of kinds. */
const descriptions: Readonly<Record<string, { writable(object: TenantObject): JsonObject }>> = {
  'connection-filter-policy': connectionFilter,
  'transport-rule': transportRule,
  'inbound-connector': inboundConnector,
  'outbound-connector': outboundConnector,
}

/** How objects of a kind of the sandbox are normalised; undefined for those that are only read. */
export function exchangeDescription(kind: string) {
  return descriptions[kind]
}
