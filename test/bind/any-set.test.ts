import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toMxValue, toTxtValue } from '../../adapters/dns/presentation.ts'
import type { RecordType } from '../../adapters/dns/record-set.ts'
import { sortValues } from '../../adapters/dns/sort-values.ts'
import { approval } from '../dns/cloud.ts'
import { type Bind, startBind } from '../support/bind.ts'
import { providerAt } from './provider.ts'

let bind: Bind
beforeAll(async () => {
  bind = await startBind({ zones: [{ name: 'example.com', sets: [] }] })
})
afterAll(() => bind.close())

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/)
const mx = fc
  .tuple(fc.integer({ min: 0, max: 65_535 }), fc.array(label, { minLength: 2, maxLength: 4 }))
  .map(([preference, labels]) => toMxValue(preference, labels.join('.')))
const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 255 }))
const txt = fc
  .array(bytes, { minLength: 1, maxLength: 4 })
  .map((strings) => toTxtValue(strings.map((string) => Buffer.from(string))))

const drawn = fc.constantFrom<RecordType>('MX', 'TXT').chain((type) =>
  fc.record({
    type: fc.constant(type),
    values: fc.uniqueArray(type === 'MX' ? mx : txt, { minLength: 2, maxLength: 8 }),
    vendors: fc.integer({ min: 1, max: 7 }),
    ttl: fc.integer({ min: 1, max: 86_400 }),
  }),
)

test('of any set only what is to go goes, byte for byte, and comes back', async () => {
  const provider = providerAt(bind).writer(approval())
  await fc.assert(
    fc.asyncProperty(drawn, async ({ type, values, vendors, ttl }) => {
      const name = `any.example.com`
      const key = { zone: 'example.com', name, type } as const
      const kept = values.slice(Math.min(vendors, values.length - 1))
      const truth = async () => {
        const { values: found, ttl: seconds } = await bind.primary.read(name, type)
        return { ttl: seconds, values: sortValues(type, found) }
      }
      await bind.write('example.com', { name, type, ttl, values })
      const before = await provider.read(key)
      expect({ ttl: before.ttl, values: sortValues(type, before.values) }).toEqual(await truth())
      expect(sortValues(type, before.values)).toEqual(sortValues(type, values))
      await provider.replace(before, { ttl: before.ttl, values: kept })
      expect(await truth()).toEqual({ ttl, values: sortValues(type, kept) })
      await provider.replace(await provider.read(key), { ttl, values })
      expect(await truth()).toEqual({ ttl, values: sortValues(type, values) })
    }),
    { numRuns: 30 },
  )
})
