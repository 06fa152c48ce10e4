import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InternalError, OffboardError } from '../../../../src/model/errors.ts'
import { toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordSet, RecordType } from '../../record-set.ts'
import { updateLines } from './update.ts'

const server = { address: '192.0.2.1', port: 53 }
const label = fc.stringMatching(/^[a-z0-9]{1,10}$/)
const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
const mx = fc
  .tuple(fc.integer({ min: 0, max: 65_535 }), host)
  .map(([number, name]) => toMxValue(number, name))
const txt = fc
  .array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 3 })
  .map((strings) => toTxtValue(strings.map((bytes) => Buffer.from(bytes))))
const ttl = fc.integer({ min: 0, max: 86_400 })

interface Drawn {
  readonly type: RecordType
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly beforeTtl: number
  readonly afterTtl: number
}

const drawn: fc.Arbitrary<Drawn> = fc.constantFrom<RecordType>('MX', 'TXT').chain((type) => {
  const values = fc.uniqueArray(type === 'MX' ? mx : txt, { maxLength: 6 })
  return values.chain((before) =>
    fc.record({
      type: fc.constant(type),
      before: fc.constant(before),
      after: fc
        .tuple(fc.shuffledSubarray([...before]), fc.oneof(fc.constant([]), values))
        .map((both) => [...new Set(both.flat())]),
      beforeTtl: ttl,
      afterTtl: ttl,
    }),
  )
})

/** What a server does with the lines, in their order: RFC 2136, sections 3.2 and 3.4.2. */
function carriedOut(lines: readonly string[], zone: { ttl: number; values: string[] }) {
  const states = [{ ...zone }]
  const required = new Set<string>()
  for (const line of lines) {
    const [, prereq] = /^prereq yxrrset example\.com\. IN \w+ (.*)$/.exec(line) ?? []
    if (prereq !== undefined) required.add(prereq)
    const [, seconds, added] = /^update add example\.com\. (\d+) IN \w+ (.*)$/.exec(line) ?? []
    const [, removed] = /^update delete example\.com\. IN \w+ (.*)$/.exec(line) ?? []
    const now = states.at(-1) ?? zone
    if (added !== undefined) {
      states.push({ ttl: Number(seconds), values: [...new Set([...now.values, added])] })
    }
    if (removed !== undefined)
      states.push({ ...now, values: now.values.filter((value) => value !== removed) })
  }
  return { states, required }
}

function inZoneFile(type: RecordType, value: string): string {
  return type === 'MX' && value !== '0 .' ? `${value}.` : value
}

function setOf({ type, before, beforeTtl }: Drawn): RecordSet {
  return { key: { zone: 'example.com', name: 'example.com', type }, ttl: beforeTtl, values: before }
}

describe('an update', () => {
  test('requires the whole set as it was read, and leaves the set that is wanted', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const { type, before, after, beforeTtl, afterTtl } = given
        const lines = updateLines(server, setOf(given), { ttl: afterTtl, values: after })
        const spelled = (values: readonly string[]) => values.map((value) => inZoneFile(type, value))
        const { states, required } = carriedOut(lines, { ttl: beforeTtl, values: spelled(before) })
        const last = states.at(-1)
        expect(last?.values.toSorted()).toEqual(spelled(after).toSorted())
        if (after.length > 0 && before.length > 0) expect(last?.ttl).toBe(afterTtl)
        if (lines.length === 0) return
        expect([...required].toSorted()).toEqual(spelled(before).toSorted())
        expect(lines.includes(`prereq nxrrset example.com. IN ${type}`)).toBe(before.length === 0)
      }),
      { numRuns: 1000 },
    )
  })

  test('never leaves a name without a record on the way to one that has some', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        fc.pre(given.before.length > 0 && given.after.length > 0)
        const lines = updateLines(server, setOf(given), { ttl: given.afterTtl, values: given.after })
        const { states } = carriedOut(lines, {
          ttl: given.beforeTtl,
          values: given.before.map((value) => inZoneFile(given.type, value)),
        })
        expect(states.every(({ values }) => values.length > 0)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('says nothing of records that stay, and nothing at all when all stay', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const { before, beforeTtl } = given
        expect(updateLines(server, setOf(given), { ttl: beforeTtl, values: before.toReversed() })).toEqual([])
        const lines = updateLines(server, setOf(given), { ttl: beforeTtl, values: before.slice(1) })
        expect(lines.filter((line) => line.startsWith('update'))).toHaveLength(Math.min(1, before.length))
      }),
    )
  })

  test('holds no line but those of its own making, whatever a value, a name or an address holds', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...[
          '10 a.example\nupdate delete example.com. MX',
          '"a"\nsend',
          '"a" ; "b"',
          '10 $(id).example',
          '"\\010"',
        ],
      ),
    )
    const own = /^(server|zone|prereq (yx|nx)rrset|update (add|delete)|send)\b/
    fc.assert(
      fc.property(hostile, hostile, fc.constantFrom<RecordType>('MX', 'TXT'), (value, name, type) => {
        const set = (of: string): RecordSet => ({
          key: { zone: 'example.com', name: of, type },
          ttl: 60,
          values: [],
        })
        for (const current of [set('example.com'), set(name)]) {
          try {
            const lines = updateLines(server, current, { ttl: 60, values: [value] })
            expect(lines.every((line) => own.test(line) && /^[\x20-\x7e]+$/.test(line))).toBe(true)
            expect(lines.filter((line) => /^(update|send)\b/.test(line))).toHaveLength(2)
          } catch (error) {
            if (!(error instanceof OffboardError)) throw error
          }
        }
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['a name with a space', { name: 'a b.example.com' }],
    ['a name with a line', { name: 'a\nsend' }],
    ['a zone with a quote', { zone: 'exam"ple.com' }],
    ['an empty label', { name: 'a..example.com' }],
  ])('%s is refused', (_, given) => {
    const key = { zone: 'example.com', name: 'example.com', type: 'TXT', ...given } as const
    expect(() => updateLines(server, { key, ttl: 0, values: [] }, { ttl: 60, values: ['"a"'] })).toThrow(
      InternalError,
    )
  })

  test.each([
    ['a value in another spelling', 60, ['a']],
    ['a TTL that no record has', 2 ** 31, ['"a"']],
    ['a TTL that is no number', Number.NaN, ['"a"']],
  ])('%s is refused', (_, seconds, values) => {
    const key = { zone: 'example.com', name: 'example.com', type: 'TXT' } as const
    expect(() => updateLines(server, { key, ttl: 0, values: [] }, { ttl: seconds, values })).toThrow(
      InternalError,
    )
  })

  test.each(['ns.example.com', '192.0.2.1 53\nsend', 'fe80::1%eth0', ''])(
    'the address %j is refused',
    (address) => {
      const key = { zone: 'example.com', name: 'example.com', type: 'TXT' } as const
      const next = { ttl: 60, values: ['"a"'] }
      expect(() => updateLines({ address, port: 53 }, { key, ttl: 0, values: [] }, next)).toThrow(
        InternalError,
      )
    },
  )
})
