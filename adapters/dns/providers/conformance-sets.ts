import { toTxtValue } from '../presentation.ts'
import type { RecordSet, RecordSetKey, RecordType } from '../record-set.ts'
import { sortValues } from '../sort-values.ts'

const key = (type: RecordType, name: string): RecordSetKey => ({ zone: 'example.com', name, type })

/** Sets that every test of the suite begins with. */
export const mx: RecordSet = {
  key: key('MX', 'example.com'),
  ttl: 3600,
  values: ['10 old.example.net', '20 backup.example.net'],
}
export const txt: RecordSet = {
  key: key('TXT', '_amazonses.example.com'),
  ttl: 1800,
  values: ['"ours=="', '"vendor=="'],
}
/** Sets of which no test changes anything. */
export const others: readonly RecordSet[] = [
  { key: key('TXT', 'example.com'), ttl: 300, values: ['"v=spf1 include:spf.example.net -all"'] },
  { key: key('MX', 'sub.example.com'), ttl: 600, values: ['5 mail.example.net'] },
  { key: key('TXT', 'sub._amazonses.example.com'), ttl: 900, values: ['"below"'] },
]
/** Of this there is none. */
export const nothing = key('TXT', 'nothing.example.com')

/** What a set holds, in one order. */
export function sorted({ ttl, values }: Pick<RecordSet, 'ttl' | 'values'>, type: RecordType) {
  return { ttl, values: sortValues(type, values) }
}

/** TXT values that a careless hand breaks: name, and the value in presentation form. */
export const txtValues: readonly (readonly [name: string, value: string])[] = [
  ['a string of 255 bytes', toTxtValue(['a'.repeat(255)])],
  ['several strings', toTxtValue(['k=rsa; p=', 'B'.repeat(255), 'C'.repeat(120)])],
  ['spaces at the ends of strings', toTxtValue(['v=spf1 ', ' include:example.net', ' -all'])],
  ['quotes', toTxtValue(['say "hi"', '"'])],
  ['backslashes', toTxtValue(['a\\b', '\\\\', '\\032'])],
  ['a semicolon, brackets, an at and a dollar', toTxtValue(['(a); b @ $ORIGIN'])],
  ['characters beyond ASCII', toTxtValue(['Grüße, 世界'])],
]
