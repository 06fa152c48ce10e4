import { parseMx, txtText } from '../presentation.ts'
import type { RecordSet, RecordSetKey, RecordType } from '../record-set.ts'

/** One record, as a person has to type it. */
export interface TypedRecord {
  /** As a zone file has it: `example.com. 3600 IN MX 10 mail.example.com.` */
  readonly zoneFile: string
  /** As the forms of most providers ask for it: `name @ (example.com), type MX, priority 10, …` */
  readonly fields: string
}

/** What a person has to do to a set. Records of neither list stay as they are. */
export interface TypedChange {
  readonly add: readonly TypedRecord[]
  readonly remove: readonly TypedRecord[]
}

/** The TTL of a set that is made, in seconds, where nothing names one. */
const newTtl = 3600

/** Forms take the part before the zone, or `@` for the zone itself. */
function nameField({ zone, name }: RecordSetKey): string {
  const isBelow = zone !== '' && name.endsWith(`.${zone}`)
  if (name === zone) return `name @ (${name})`
  return isBelow ? `name ${name.slice(0, -zone.length - 1)} (${name})` : `name ${name}`
}

const dataFields: Readonly<Record<RecordType, (value: string) => readonly string[]>> = {
  MX(value) {
    const { preference, host } = parseMx(value)
    return [`priority ${preference}`, `host ${host === '' ? '.' : host}`]
  },
  TXT(value) {
    const text = txtText(value)
    return [
      /[\p{C}\p{Z}]/u.test(text.replaceAll(' ', '')) ? 'value as in the zone file form' : `value ${text}`,
    ]
  },
}

/** Writes one record of a set for a person. */
export function typedRecord(key: RecordSetKey, ttl: number, value: string): TypedRecord {
  const { name, type } = key
  const seconds = ttl === 0 ? newTtl : ttl
  const data = type === 'MX' && !value.endsWith('.') ? `${value}.` : value
  const fields = [nameField(key), `type ${type}`, ...dataFields[type](value), `TTL ${seconds}`]
  return { zoneFile: `${name}. ${seconds} IN ${type} ${data}`, fields: fields.join(', ') }
}

/** Writes for a person what turns one set into another. */
export function typedChange(current: RecordSet, next: Pick<RecordSet, 'values'>): TypedChange {
  const typed = (value: string) => typedRecord(current.key, current.ttl, value)
  return {
    add: next.values.filter((value) => !current.values.includes(value)).map(typed),
    remove: current.values.filter((value) => !next.values.includes(value)).map(typed),
  }
}
