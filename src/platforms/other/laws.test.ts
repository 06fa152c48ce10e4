import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTxt, toMxValue, toTxtValue, txtText } from '../../../adapters/dns/presentation.ts'
import { mailJob } from '../../../test/support/mail-job.ts'
import { planOf } from '../../../test/support/mail-plan.ts'
import { mailZones, zone } from '../../../test/support/mail-zones.ts'
import { applyEdits } from '../../plan/edit.ts'

const preference = fc.integer({ min: 0, max: 65_535 })
const own = fc.constantFrom('a.contoso.com', 'b.contoso.net', 'c.example', 'notperception-point.io')
const vendors = fc.constantFrom('mx.vendor.example', 'in.perception-point.io', 'x.in.perception-point.io')

function values(hosts: fc.Arbitrary<string>, minLength = 0) {
  const value = fc.tuple(preference, hosts).map(([number, host]) => toMxValue(number, host))
  return fc.uniqueArray(value, { minLength, maxLength: 5 })
}

const mxSets = fc.record({ customers: values(own), vendors: values(vendors, 1), ttl: fc.nat(604_800) })
const previousMx = values(fc.constantFrom('mail.contoso.com', 'b.contoso.net'), 1).filter(
  (list) => new Set(list.map((value) => value.split(' ')[1])).size === list.length,
)

test('only the vendor’s MX go, only the previous come, and the time to live stays', () => {
  fc.assert(
    fc.property(mxSets, previousMx, ({ customers, vendors: out, ttl }, previous) => {
      const mx = [...customers, ...out].toSorted()
      const plan = planOf({ mx, ttl, previous })
      const edits = plan.changes.flatMap(({ edit }) => edit ?? [])
      const { values: after, ttl: kept } = applyEdits(edits, { ttl, values: mx })
      expect(new Set(Array.isArray(after) ? after : [])).toEqual(new Set([...customers, ...previous]))
      expect(kept).toBe(ttl)
      expect(plan.recordSets?.[0]?.after.toSorted()).toEqual(
        [...new Set([...customers, ...previous])].toSorted(),
      )
      const others = customers.filter((value) => !previous.includes(value))
      const stayed = Array.isArray(after) ? after.map(String).filter((value) => others.includes(value)) : []
      expect(stayed).toEqual(others.toSorted())
    }),
  )
})

const txtValue = fc
  .array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 3 })
  .map((strings) => toTxtValue(strings))

test('each record is a change of its own, and the ids tell them apart', () => {
  const mx = ['0 mx.vendor.example', '1 mx.vendor.example', '2 mx.vendor.example', '3 mx.vendor.example']
  const ids = planOf({ mx, ttl: 1, previous: ['10 mail.contoso.com'] }).changes.map(({ id }) => id)
  expect(new Set(ids).size).toBe(5)
})

test('of TXT only the named value goes, and of the others every quote and every byte stays', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(txtValue, {
        maxLength: 5,
        selector: (value) => txtText(value).toLowerCase().replace(/\s/g, ''),
      }),
      (others) => {
        const vendor = toTxtValue(['vendor-', 'value'])
        const txt = [...others, vendor]
        const plan = planOf({ mx: ['10 mail.contoso.com'], txt, vendorTxt: ['vendor-value'] })
        const edits = plan.changes.flatMap(({ edit }) => edit ?? [])
        expect(applyEdits(edits, { values: txt }).values).toEqual(others)
        for (const value of others) expect(toTxtValue(parseTxt(value))).toBe(value)
      },
    ),
  )
})

const fates = { torn: new Error('torn'), lost: 'lost', made: 'made' } as const
const fate = fc.constantFrom('torn', 'lost', 'made').map((name) => fates[name])

function holds(values: readonly string[], all: readonly string[]): boolean {
  return all.every((value) => values.includes(value))
}

test('a zone never is without an MX, whatever was in it and whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(mxSets, fc.array(fate, { maxLength: 6 }), async (given, fate) => {
      const mx = [...given.customers, ...given.vendors].toSorted()
      const world = mailZones({ 'contoso.com': zone(mx, { ttl: Math.max(1, given.ttl) }) })
      world.at('contoso.com').writes.push(...fate)
      const job = await mailJob(world)
      const now = () => world.at('contoso.com').mx.values
      try {
        const { run } = await job.run()
        await job.resume(run)
        const staying = [...given.customers, '10 mail.contoso.com']
        const isDone = holds(now(), staying) && now().length === staying.length
        expect(isDone || holds(now(), mx)).toBe(true)
        if (isDone && (await job.restore(run)).outcome === 'done') expect(now()).toEqual(mx)
        expect(world.seen.every((set) => set.values.length > 0)).toBe(true)
      } finally {
        await job.close()
      }
    }),
    { numRuns: 25 },
  )
})
