import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../../../src/model/errors.ts'
import { batchFor } from './batch.ts'
import { type CloudflareRecord, spell } from './record.ts'

const key = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const tried = 'replace the set'

function record(value: string, ttl = 300): CloudflareRecord {
  const [priority, content = ''] = value.split(' ')
  return { id: `id of ${value}`, name: key.name, type: 'MX', content, priority: Number(priority), ttl }
}

const values = fc.uniqueArray(fc.integer({ min: 1, max: 9 }).map((host) => `10 mx${host}.example.net`))
const ttls = fc.constantFrom(1, 300, 3600)

/** The set after each single operation, in the order in which the service carries them out. */
function moments(before: readonly CloudflareRecord[], batch: NonNullable<ReturnType<typeof batchFor>>) {
  const now = new Map(before.map((one) => [one.id, { value: spell('MX', one), ttl: one.ttl }]))
  const seen: (readonly string[])[] = []
  const note = () => seen.push([...now.values()].map(({ value }) => value).sort())
  const put = (id: string, row: (typeof batch.posts)[number]) => {
    now.set(id, { value: spell('MX', { ...record('0 x'), ...row, id }), ttl: row.ttl })
    note()
  }
  for (const { id } of batch.deletes) {
    now.delete(id)
    note()
  }
  for (const { id, ttl } of batch.patches) now.set(id, { value: now.get(id)?.value ?? '', ttl })
  for (const { id, ...row } of batch.puts) put(id, row)
  for (const [at, row] of batch.posts.entries()) put(`new ${at}`, row)
  note()
  return { seen, ttls: [...now.values()].map(({ ttl }) => (ttl === 1 ? 300 : ttl)) }
}

describe('a batch', () => {
  it('makes one set of the other, never names what stays, and never leaves nothing in between', () => {
    fc.assert(
      fc.property(values, values, ttls, (from, to, ttl) => {
        const before = from.map((value) => record(value, ttl))
        const next = { ttl: ttl === 1 ? 300 : ttl, values: to }
        const batch = batchFor({ key, records: before, next, tried })
        if (batch === undefined) {
          expect([...from].sort()).toEqual([...to].sort())
          return
        }
        const { seen, ttls: after } = moments(before, batch)
        expect(seen.at(-1)).toEqual([...to].sort())
        expect(new Set(after).size).toBeLessThanOrEqual(1)
        if (from.length > 0 && to.length > 0) expect(seen.every((set) => set.length > 0)).toBe(true)
        const named = [...batch.deletes, ...batch.puts, ...batch.patches].map(({ id }) => id)
        const stays = before.filter((one) => to.includes(spell('MX', one))).map(({ id }) => id)
        expect(named.filter((id) => stays.includes(id))).toEqual([])
      }),
    )
  })

  it('changes the TTL of what stays when the set gets another', () => {
    const records = [record('10 a.example.net'), record('20 b.example.net', 600)]
    const next = { ttl: 600, values: ['10 a.example.net', '20 b.example.net'] }
    const patches = [{ id: 'id of 10 a.example.net', name: key.name, type: 'MX', ttl: 600 }]
    expect(batchFor({ key, records, next, tried })).toMatchObject({
      deletes: [],
      patches,
      puts: [],
      posts: [],
    })
  })

  it('leaves what Cloudflare manages itself', () => {
    const managed = { ...record('10 route1.mx.cloudflare.net'), meta: { read_only: true } }
    const change = (to: readonly string[]) => () =>
      batchFor({ key, records: [managed], next: { ttl: 300, values: to }, tried })
    expect(change([])).toThrow(RefusedError)
    expect(change(['10 route1.mx.cloudflare.net', '20 b.example.net'])()).toMatchObject({ puts: [] })
  })
})

describe('the content of a TXT record', () => {
  it.each([
    ['"a" "b"', '"a" "b"'],
    ['"a""b"', '"a" "b"'],
    ['v=spf1 include:a.example -all', '"v=spf1 include:a.example -all"'],
    ['say "hi"', String.raw`"say \"hi\""`],
    [`${'a'.repeat(255)}b`, `"${'a'.repeat(255)}" "b"`],
  ])('%j is %s', (content, value) => {
    expect(spell('TXT', { id: 'x', name: 'x', type: 'TXT', content, ttl: 1 })).toBe(value)
  })
})
