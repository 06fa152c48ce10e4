import { ServiceError } from '../../../src/model/errors.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Call, Resource } from '../../../src/model/resource.ts'
import { textOf } from '../json.ts'
import { readByGuid } from '../objects.ts'
import { halves, obstacles, parameters, setProperties, writable } from '../properties/describe.ts'
import {
  outboundConnectorCompanions as companions,
  outboundConnectorTable as table,
} from '../properties/outbound-connector.ts'
import type { ExchangeReader, ExchangeWriter } from '../transport.ts'
import { refuseCall, refuseEdit, removeEach } from './acts.ts'

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

async function guidOf(reader: ExchangeReader, name: Json | undefined): Promise<string> {
  const object = (await list(reader)).find((candidate) => candidate.name === name)
  if (object !== undefined) return object.guid
  throw new ServiceError({ tried: `find the connector "${name}"`, said: 'it was made and is not there yet' })
}

/** The second call was planned with a name, as there was no GUID yet; it is sent with the GUID. */
async function create(writer: ExchangeWriter, calls: readonly Call[]): Promise<void> {
  let made: JsonObject | undefined
  for (const { command, parameters } of calls) {
    if (command === 'New-OutboundConnector') {
      made = (await writer.write(command, parameters)).items[0]
      continue
    }
    if (command !== 'Set-OutboundConnector') throw refuseCall(command)
    const guid = made && made.Name === parameters.Identity ? textOf(made, 'Guid') : undefined
    await writer.write(command, {
      ...parameters,
      Identity: guid ?? (await guidOf(writer, parameters.Identity)),
    })
  }
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
  create,
}
