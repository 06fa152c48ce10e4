import { toDnsName } from '../../../adapters/dns/domain-name.ts'
import { typedRecord } from '../../../adapters/dns/providers/manual.ts'
import { toCopy } from '../../model/to-copy.ts'

/** A set of records, as far as a person who types one needs it. */
interface TypedSet {
  readonly zone: string
  readonly name: string
  readonly ttl: number
}

function recordOf({ zone, name, ttl }: TypedSet, type: 'MX' | 'TXT', value: string) {
  return typedRecord({ zone, name: toDnsName(name) ?? name, type }, ttl, value)
}

/** One record as a zone file has it, which names a record that is there. */
export function zoneFileLine(set: TypedSet, type: 'MX' | 'TXT', value: string): string {
  return recordOf(set, type, value).zoneFile
}

/** One record to type: as a zone file has it, and as the forms of most providers ask for it. */
export function recordToType(set: TypedSet, type: 'MX' | 'TXT', value: string): string {
  const { zoneFile, fields } = recordOf(set, type, value)
  return `${zoneFile} (${fields})`
}

/** One record to type, as lines of instructions: to copy, and field by field. */
export function linesToType(set: TypedSet, type: 'MX' | 'TXT', value: string): readonly string[] {
  const { zoneFile, fields } = recordOf(set, type, value)
  return [toCopy(zoneFile), `In the form of a provider: ${fields}.`]
}
