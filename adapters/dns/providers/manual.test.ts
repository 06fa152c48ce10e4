import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordSet, RecordType } from '../record-set.ts'
import { typedChange, typedRecord } from './manual.ts'

const key = (name: string, type: RecordType) => ({ zone: 'example.com', name, type })

test.each([
  [
    ...['example.com', 'MX', 1800, '10 mail.example.net'],
    'example.com. 1800 IN MX 10 mail.example.net.',
    'name @ (example.com), type MX, priority 10, host mail.example.net, TTL 1800',
  ],
  [
    ...['sub.example.com', 'MX', 0, '0 .'],
    'sub.example.com. 3600 IN MX 0 .',
    'name sub (sub.example.com), type MX, priority 0, host ., TTL 3600',
  ],
  [
    ...['_amazonses.example.com', 'TXT', 900, '"v=a; " "b \\"c\\""'],
    '_amazonses.example.com. 900 IN TXT "v=a; " "b \\"c\\""',
    'name _amazonses (_amazonses.example.com), type TXT, value v=a; b "c", TTL 900',
  ],
  [
    ...['example.com', 'TXT', 900, '"a\\010b"'],
    'example.com. 900 IN TXT "a\\010b"',
    'name @ (example.com), type TXT, value as in the zone file form, TTL 900',
  ],
  [
    ...['elsewhere.example', 'TXT', 60, '"a"'],
    'elsewhere.example. 60 IN TXT "a"',
    'name elsewhere.example, type TXT, value a, TTL 60',
  ],
] as [string, RecordType, number, string, string, string][])(
  '%s %s %d %s',
  (name, type, ttl, value, zoneFile, fields) => {
    expect(typedRecord(key(name, type), ttl, value)).toEqual({ zoneFile, fields })
  },
)

test('a person adds what is new and deletes what goes, and nothing else', () => {
  const values = fc.uniqueArray(
    fc.integer({ min: 0, max: 20 }).map((number) => `${number} mx${number}.example.net`),
  )
  fc.assert(
    fc.property(values, values, (before, after) => {
      const current: RecordSet = { key: key('example.com', 'MX'), ttl: 300, values: before }
      const { add, remove } = typedChange(current, { values: after })
      const line = (value: string) => typedRecord(current.key, 300, value).zoneFile
      const left = before.map(line).filter((one) => !remove.some(({ zoneFile }) => zoneFile === one))
      const made = [...left, ...add.map(({ zoneFile }) => zoneFile)]
      expect(made.toSorted()).toEqual(after.map(line).toSorted())
      expect(new Set(made).size).toBe(after.length)
    }),
  )
})
