import { ServiceError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Call, Resource } from '../../../src/model/resource.ts'
import { readByGuid } from '../objects.ts'
import { halves, obstacles, parameters, setProperties, writable } from '../properties/describe.ts'
import {
  outboundConnectorCompanions as companions,
  outboundConnectorTable as table,
} from '../properties/outbound-connector.ts'
import type { ExchangeReader, ExchangeWriter } from '../transport.ts'
import { refuseEdit, removeEach, runCalls } from './acts.ts'

/** What an unfiltered call leaves out is documented one way and seen another: ask for both halves. */
const halvesOfTheList = [true, false].map((scoped) => ({
  IsTransportRuleScoped: scoped,
  IncludeTestModeConnectors: true,
  ResultSize: 'Unlimited',
}))

function reasons(properties: JsonObject): readonly string[] {
  const names = new Set(setProperties(table, properties).map(({ name }) => name))
  const needsHosts = !names.has('UseMXRecord') && !names.has('SmartHosts')
  return [
    ...(needsHosts
      ? ['It has neither SmartHosts nor UseMXRecord, and a new connector needs one of them.']
      : []),
    ...obstacles(table, properties),
    ...halves(companions, names),
  ]
}

/** A connector that uses MX records has no smart hosts. */
function newParameters(properties: JsonObject): JsonObject {
  const { SmartHosts, ...others } = parameters(table, properties, ['setting', 'explicit'])
  return SmartHosts === undefined || others.UseMXRecord === true ? others : { ...others, SmartHosts }
}

function rebuild(properties: JsonObject): readonly Call[] {
  const made = newParameters(properties)
  const later = parameters(table, properties, ['afterwards', 'stamp'])
  const call = { command: 'New-OutboundConnector', parameters: made }
  if (Object.keys(later).length === 0) return [call]
  return [call, { command: 'Set-OutboundConnector', parameters: { Identity: made.Name ?? '', ...later } }]
}

function list(reader: ExchangeReader) {
  return readByGuid(reader, 'Get-OutboundConnector', halvesOfTheList)
}

/** A call that was planned with the name of an object that was not there yet, now with its GUID. */
async function byGuid(reader: ExchangeReader, call: Call): Promise<Call> {
  const { Identity: name } = call.parameters
  const object = (await list(reader)).find((candidate) => candidate.name === name)
  if (object === undefined)
    throw new ServiceError({ tried: `run ${call.command}`, said: `the connector "${name}" is not there yet` })
  return { ...call, parameters: { ...call.parameters, Identity: object.guid } }
}

/** Connectors for mail that goes out. https://learn.microsoft.com/powershell/module/exchange/get-outboundconnector */
export const outboundConnector: Resource<ExchangeReader, ExchangeWriter> = {
  kind: 'outbound-connector',
  list,
  writable: ({ properties }) => writable(table, properties),
  rebuild({ properties }) {
    const notRebuildable = reasons(properties)
    return notRebuildable.length > 0 ? { notRebuildable } : rebuild(properties)
  },
  remove: (writer, objects) => removeEach(writer, 'Remove-OutboundConnector', objects),
  async edit(_writer, object, edits) {
    for (const edit of edits) throw refuseEdit('outbound-connector', object, edit)
  },
  async create(writer, calls) {
    for (const call of calls) {
      const ready = call.command === 'Set-OutboundConnector' ? await byGuid(writer, call) : call
      await runCalls(writer, [ready], ['New-OutboundConnector', 'Set-OutboundConnector'])
    }
  },
}
