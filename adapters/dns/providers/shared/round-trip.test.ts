import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordSetKey } from '../../record-set.ts'
import { azureSet, versionedSet as azureVersioned, nextSet } from '../azure/record-set.ts'
import { changeTo, googleSet, versionedSet as googleVersioned } from '../google/record-set.ts'

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/)
const mx = fc
  .tuple(fc.integer({ min: 0, max: 65_535 }), fc.array(label, { minLength: 1, maxLength: 4 }))
  .map(([preference, labels]) => toMxValue(preference, labels.join('.')))
const string = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => Buffer.byteLength(text) <= 255)
const txt = fc.array(string, { minLength: 1, maxLength: 5 }).map(toTxtValue)

const sets: fc.Arbitrary<readonly [RecordSetKey, readonly string[]]> = fc.oneof(
  fc.tuple(
    fc.constant({ zone: 'example.com', name: 'example.com', type: 'MX' } as const),
    fc.uniqueArray(mx, { minLength: 1, maxLength: 6 }),
  ),
  fc.tuple(
    fc.constant({ zone: 'example.com', name: 'a.example.com', type: 'TXT' } as const),
    fc.uniqueArray(txt, { minLength: 1, maxLength: 6 }),
  ),
)
const ttl = fc.integer({ min: 1, max: 86_400 })

test('what is sent to Azure is read again as the same values, in their order', () => {
  fc.assert(
    fc.property(sets, ttl, ([key, values], seconds) => {
      const version = { resourceGroup: 'dns', set: null }
      const sent = azureSet.parse(nextSet(key, version, { ttl: seconds, values }, 'try'))
      const read = azureVersioned(key, { ...version, set: sent }, 'try')
      expect(read).toMatchObject({ key, ttl: seconds, values })
    }),
  )
})

test('what is sent to Google is read again as the same values, in their order', () => {
  fc.assert(
    fc.property(sets, ttl, ([key, values], seconds) => {
      const version = { managedZone: 'zone', set: null }
      const { deletions, additions } = changeTo(key, version, { ttl: seconds, values }, 'try')
      expect(deletions).toEqual([])
      const read = googleVersioned(key, { ...version, set: googleSet.parse(additions[0]) }, 'try')
      expect(read).toMatchObject({ key, ttl: seconds, values })
    }),
  )
})
