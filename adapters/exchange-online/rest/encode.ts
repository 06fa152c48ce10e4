import type { Json, JsonObject } from '../../../src/model/json.ts'
import { isList, isObject } from '../json.ts'

const hashTable = { '@odata.type': '#Exchange.GenericHashTable' }

function encodeValue(value: Json): Json {
  if (isList(value)) return value.map(encodeValue)
  return isObject(value) ? { ...hashTable, ...encodeMembers(value) } : value
}

function encodeMembers(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encodeValue(member)]))
}

/** The body of an InvokeCommand request. A hash has to carry its type, or the service cannot bind it. */
export function encodeCommand(cmdlet: string, parameters: JsonObject): string {
  return JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: encodeMembers(parameters) } })
}
