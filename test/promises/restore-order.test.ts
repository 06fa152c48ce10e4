import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ruleOrder } from '../support/customer.ts'
import { openWorld, type World } from '../support/world.ts'

/** What an administrator does to rules between a run and its restore. */
type Deed =
  | { readonly does: 'adds'; readonly place: number }
  | { readonly does: 'deletes'; readonly which: number }
  | { readonly does: 'moves'; readonly which: number; readonly place: number }

const small = fc.nat({ max: 30 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ does: fc.constant('adds' as const), place: small }),
  fc.record({ does: fc.constant('deletes' as const), which: small }),
  fc.record({ does: fc.constant('moves' as const), which: small, place: small }),
)

const kind = 'transport-rule'

async function carryOut(world: World, deeds: readonly Deed[]): Promise<void> {
  for (const [index, deed] of deeds.entries()) {
    const view = await world.show()
    const order = ruleOrder(view)
    if (deed.does === 'adds') {
      const place = deed.place % (order.length + 1)
      const properties = { SubjectContainsWords: ['x'], PrependSubject: 'x' }
      await world.control.act('add', { kind, name: `Made meanwhile ${index}`, place, properties })
      continue
    }
    const name = order[deed.which % Math.max(1, order.length)]
    if (name === undefined) continue
    await world.control.act('delete', { kind, name })
    if (deed.does === 'deletes') continue
    /** The customer's own rule in another place: made again, which is no other for whoever reads the order. */
    const place = deed.place % order.length
    const properties = { SubjectContainsWords: ['x'], PrependSubject: 'x' }
    await world.control.act('add', { kind, name, place, properties })
  }
}

/** Each rule that was put back comes right after the nearest of those that were before it and are there. */
function misplaced(before: readonly string[], meanwhile: readonly string[], after: readonly string[]) {
  const back = before.filter((name) => !meanwhile.includes(name) && after.includes(name))
  return back.filter((name) => {
    const predecessor = before.slice(0, before.indexOf(name)).findLast((other) => after.includes(other))
    return after.indexOf(name) !== (predecessor === undefined ? 0 : after.indexOf(predecessor) + 1)
  })
}

function only(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => others.includes(name))
}

describe('the order of rules after a restore', () => {
  test('law: whatever was added, deleted and moved meanwhile stays in its order, and each rule finds its place', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 6 }), async (deeds) => {
        await using world = await openWorld()
        const before = ruleOrder(await world.show())
        const run = await world.run('--yes', '--drain', '0')
        await carryOut(world, deeds)
        const meanwhile = ruleOrder(await world.show())
        const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
        expect(restored.exitCode, restored.summary.error?.message).toBe(0)
        const after = ruleOrder(await world.show())
        expect(only(after, meanwhile)).toEqual(meanwhile)
        expect(misplaced(before, meanwhile, after)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  test('law: the same when the restore is stopped in the middle and resumed after that', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (deeds, at) => {
          await using world = await openWorld()
          const before = ruleOrder(await world.show())
          const run = await world.run('--yes', '--drain', '0')
          await world.control.fail({ kind: 'denied', cmdlet: 'New-TransportRule', at })
          expect((await world.offboard('restore', run.summary.runId ?? '', '--yes')).exitCode).toBe(1)
          const made = ruleOrder(await world.show())
          await carryOut(
            world,
            deeds.filter((deed) => deed.does === 'adds'),
          )
          const meanwhile = ruleOrder(await world.show())
          const resumed = await world.offboard('resume')
          expect(resumed.exitCode, resumed.summary.error?.message).toBe(0)
          const after = ruleOrder(await world.show())
          expect(only(after, meanwhile)).toEqual(meanwhile)
          expect(only(after, before)).toEqual(before)
          expect(misplaced(before, [...meanwhile, ...made], after)).toEqual([])
        },
      ),
      { numRuns: 15 },
    )
  })

  test('rules that were deleted while it was stopped leave a place that is there', async () => {
    await using world = await openWorld()
    const run = await world.run('--yes', '--drain', '0')
    await world.control.fail({ kind: 'denied', cmdlet: 'New-TransportRule', at: 4 })
    expect((await world.offboard('restore', run.summary.runId ?? '', '--yes')).exitCode).toBe(1)
    const vendors = new Set(run.summary.changes.map(({ name }) => name))
    const own = ruleOrder(await world.show()).filter((name) => !vendors.has(name))
    for (const name of own) await world.control.act('delete', { kind, name })
    expect((await world.offboard('resume')).exitCode).toBe(0)
  })
})
