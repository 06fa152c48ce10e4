import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { TenantObject } from '../../src/model/resource.ts'
import type { ReadCmdlet } from './cmdlets.ts'
import { textOf } from './json.ts'
import type { ExchangeReader } from './transport.ts'

/** Where an object's id and its name for people stand, the best first. */
const ids = ['Guid', 'Identity', 'Id', 'Name']
const names = ['Name', 'DomainName', 'SpoofedUser', 'Value', 'Identity', 'Id']

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isGuid(text: string): boolean {
  return guid.test(text)
}

function firstText(item: JsonObject, properties: readonly string[]): string {
  return properties.map((property) => textOf(item, property)).find((text) => text !== undefined) ?? ''
}

/** An answer's row as an object. Its id is a GUID where there is one. */
export function toObject(item: JsonObject): TenantObject {
  const id = firstText(item, ids)
  return { guid: isGuid(id) ? id.toLowerCase() : id, name: firstText(item, names), properties: item }
}

/** The service says only in a warning that it left something out. */
const cut = /\bmore results\b|\bonly the first\b|\btruncated\b|\bResultSize\b|\bStartingRecipientAddress\b/i

export function isCut(warnings: readonly string[]): boolean {
  return warnings.some((warning) => cut.test(warning))
}

/** Reads all objects. Throws a ServiceError when the service left some out: they must not count as absent. */
export async function readAll(
  reader: ExchangeReader,
  cmdlet: ReadCmdlet,
  parameters: JsonObject = {},
): Promise<readonly TenantObject[]> {
  const { items, warnings } = await reader.read(cmdlet, parameters)
  if (isCut(warnings))
    throw new ServiceError({
      tried: `run ${cmdlet}`,
      said: `the list is not complete: ${warnings.join(' ')}`,
    })
  return items.map(toObject)
}

/** Reads all objects of a kind that is told apart by GUID, each once though pages may overlap. */
export async function readByGuid(
  reader: ExchangeReader,
  cmdlet: ReadCmdlet,
  calls: readonly JsonObject[],
): Promise<readonly TenantObject[]> {
  const lists = await Promise.all(calls.map((parameters) => readAll(reader, cmdlet, parameters)))
  const objects = new Map(lists.flat().map((object) => [object.guid, object]))
  const nameless = [...objects.values()].find((object) => !isGuid(object.guid) || object.name === '')
  if (nameless !== undefined)
    throw new ServiceError({ tried: `run ${cmdlet}`, said: 'it answered an object without GUID or name' })
  return [...objects.values()]
}
