import type { JsonObject } from '../../../src/model/json.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { readByGuid } from '../objects.ts'
import { obstacles, parameters, writable } from '../properties/describe.ts'
import { inboundConnectorTable as table } from '../properties/inbound-connector.ts'
import type { ExchangeReader, ExchangeWriter } from '../transport.ts'
import { refuseEdit, removeEach, runCalls } from './acts.ts'

function reasons(properties: JsonObject, sent: JsonObject): readonly string[] {
  return [
    ...(properties.ConnectorType === 'OnPremises'
      ? [
          'The service may make an inbound connector of type OnPremises disabled, and Microsoft has to enable it.',
        ]
      : []),
    ...(sent.SenderDomains === undefined ? ['It has no SenderDomains, which a new connector needs.'] : []),
    ...obstacles(table, properties),
  ]
}

/** Connectors for mail that comes in. https://learn.microsoft.com/powershell/module/exchange/get-inboundconnector */
export const inboundConnector: Resource<ExchangeReader, ExchangeWriter> = {
  kind: 'inbound-connector',
  list: (reader) => readByGuid(reader, 'Get-InboundConnector', [{ ResultSize: 'Unlimited' }]),
  writable: ({ properties }) => writable(table, properties),
  rebuild({ properties }) {
    const sent = parameters(table, properties, ['setting', 'explicit'])
    const notRebuildable = reasons(properties, sent)
    if (notRebuildable.length > 0) return { notRebuildable }
    return [{ command: 'New-InboundConnector', parameters: sent }]
  },
  remove: (writer, objects) => removeEach(writer, 'Remove-InboundConnector', objects),
  async edit(_writer, object, edits) {
    for (const edit of edits) throw refuseEdit('inbound-connector', object, edit)
  },
  create: (writer, calls) => runCalls(writer, calls, ['New-InboundConnector']),
}
