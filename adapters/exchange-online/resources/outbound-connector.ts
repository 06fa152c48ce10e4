import { ConflictError, ServiceError } from '../../../src/model/errors.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Call, Resource, TenantObject } from '../../../src/model/resource.ts'
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

async function find(reader: ExchangeReader, name: Json | undefined): Promise<TenantObject> {
  const object = (await list(reader)).find((candidate) => candidate.name === name)
  if (object !== undefined) return object
  throw new ServiceError({ tried: `find the connector "${name}"`, said: 'it was made and is not there yet' })
}

function isMadeBy({ parameters: sent }: Call, { properties }: TenantObject): boolean {
  const there = writable(table, properties)
  return Object.entries(writable(table, sent)).every(
    ([name, value]) => JSON.stringify(there[name]) === JSON.stringify(value),
  )
}

/**
 * Makes the connector and answers its GUID, if the service told it. One that an earlier try has made, which was
 * ended before the second call, is taken as made.
 */
async function make(writer: ExchangeWriter, call: Call, isLast: boolean): Promise<string | undefined> {
  try {
    const { items } = await writer.write('New-OutboundConnector', call.parameters)
    return items[0] && textOf(items[0], 'Guid')
  } catch (error) {
    if (isLast || !(error instanceof ConflictError || error instanceof ServiceError)) throw error
    const there = (await list(writer)).find(({ name }) => name === call.parameters.Name)
    if (there === undefined || !isMadeBy(call, there)) throw error
    return there.guid
  }
}

/** The second call was planned with a name, as there was no GUID yet; it is sent with the GUID. */
async function create(writer: ExchangeWriter, calls: readonly Call[]): Promise<void> {
  const made = new Map<Json | undefined, string | undefined>()
  for (const call of calls) {
    const { command, parameters } = call
    if (command === 'New-OutboundConnector') {
      made.set(parameters.Name, await make(writer, call, call === calls.at(-1)))
      continue
    }
    if (command !== 'Set-OutboundConnector') throw refuseCall(command)
    const guid = made.get(parameters.Identity) ?? (await find(writer, parameters.Identity)).guid
    await writer.write(command, { ...parameters, Identity: guid })
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
