import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '../model/clock.ts'
import { NotFoundError, RefusedError } from '../model/errors.ts'
import type { Journal, RunState } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { Plan } from '../model/plan.ts'
import { sampleBackup, sampleRun, standingClock } from './samples.ts'

/** An empty place for one test's journal; it can be opened several times, also at once. */
export interface JournalPlace {
  open(clock: Clock): Promise<Journal>
  remove(): Promise<void>
}

/** What every journal promises, whatever it is kept in. */
export function describeJournal(name: string, makePlace: () => Promise<JournalPlace>): void {
  describe(`${name}: a journal`, () => {
    const time = standingClock()
    let place: JournalPlace
    let journal: Journal

    beforeEach(async () => {
      time.set('2026-11-24T08:11:07.000Z')
      place = await makePlace()
      journal = await place.open(time.clock)
    })
    afterEach(async () => {
      await journal.close()
      await place.remove()
    })

    async function reopen(): Promise<void> {
      await journal.close()
      journal = await place.open(time.clock)
    }

    test('keeps a run as it was begun', async () => {
      const run = await journal.begin(sampleRun())
      expect(run).toMatchObject({ ...sampleRun(), state: 'open', outcome: null })
      expect(run.startedAt).toBe('2026-11-24T08:11:07.000Z')
      await reopen()
      expect(await journal.run(run.id)).toEqual(run)
    })

    test('gives ids that sort by time and are never the same', async () => {
      const ids: string[] = []
      for (const second of [10, 10, 10, 11, 12]) {
        time.set(`2026-11-24T08:11:${second}.000Z`)
        ids.push((await journal.begin(sampleRun())).id)
      }
      expect(ids[4]).toMatch(/^20261124-081112-[0-9a-z]{4}$/)
      expect(new Set(ids).size).toBe(5)
      expect([...ids.slice(0, 3).sort(), ...ids.slice(3)]).toEqual([...ids].sort())
    })

    test('knows nothing of a run that is not there', async () => {
      expect(await journal.run('20261124-081107-none')).toBeUndefined()
      await expect(journal.append('none', [{ subject: 'run', event: 'note' }])).rejects.toThrow(NotFoundError)
      await expect(journal.mark('none', 'ended', 'done')).rejects.toThrow(NotFoundError)
    })

    test('lists runs, oldest first, of a tenant by id or name in any case, and in a state', async () => {
      const one = await journal.begin(sampleRun())
      time.set('2026-11-24T08:12:00.000Z')
      const tenant = { guid: 'abcdefab-0000-0000-0000-000000000000', name: 'fabrikam.onmicrosoft.com' }
      const two = await journal.begin(sampleRun({ tenant }))
      await journal.mark(one.id, 'ended', 'action-required')
      const ids = async (filter?: { tenant?: string; state?: RunState }) =>
        (await journal.runs(filter)).map(({ id }) => id)
      expect(await ids()).toEqual([one.id, two.id])
      expect(await ids({ tenant: 'ABCDEFAB-0000-0000-0000-000000000000' })).toEqual([two.id])
      expect(await ids({ tenant: 'Fabrikam.onmicrosoft.com' })).toEqual([two.id])
      expect(await ids({ state: 'open' })).toEqual([two.id])
      expect(await ids({ tenant: tenant.guid, state: 'ended' })).toEqual([])
    })

    test('keeps how a run stands', async () => {
      const { id } = await journal.begin(sampleRun())
      time.set('2026-11-24T09:00:00.000Z')
      await journal.mark(id, 'ended', 'unverified')
      await reopen()
      const updatedAt = '2026-11-24T09:00:00.000Z'
      expect(await journal.run(id)).toMatchObject({ state: 'ended', outcome: 'unverified', updatedAt })
    })

    test('keeps entries in their order, dated, after those that were there', async () => {
      const { id } = await journal.begin(sampleRun())
      await journal.append(id, [
        { subject: 'rule:X', event: 'intended' },
        { subject: 'rule:Y', event: 'intended', data: { why: 'name' } },
      ])
      time.set('2026-11-24T08:15:00.000Z')
      await journal.append(id, [{ subject: 'rule:X', event: 'applied' }])
      await reopen()
      expect(await journal.entries(id)).toEqual([
        { seq: 1, at: '2026-11-24T08:11:07.000Z', subject: 'rule:X', event: 'intended' },
        {
          seq: 2,
          at: '2026-11-24T08:11:07.000Z',
          subject: 'rule:Y',
          event: 'intended',
          data: { why: 'name' },
        },
        { seq: 3, at: '2026-11-24T08:15:00.000Z', subject: 'rule:X', event: 'applied' },
      ])
    })

    test('never replaces a backup, in one append or a later one', async () => {
      const { id } = await journal.begin(sampleRun())
      await journal.append(
        id,
        [],
        [sampleBackup('rule:X', { first: true }), sampleBackup('rule:X', { second: true })],
      )
      await journal.append(
        id,
        [],
        [sampleBackup('rule:X', { third: true }), sampleBackup('rule:A', { other: true })],
      )
      await reopen()
      expect(await journal.backups(id)).toEqual([
        sampleBackup('rule:X', { first: true }),
        sampleBackup('rule:A', { other: true }),
      ])
    })

    test('gives back any name and any property exactly', async () => {
      const { id } = await journal.begin(sampleRun())
      const text = fc.string({ unit: 'binary', maxLength: 40 })
      const properties = fc.dictionary(text, fc.jsonValue())
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(text), properties, async (changes, values) => {
          const known = new Set((await journal.backups(id)).map(({ change }) => change))
          const added = changes.filter((change) => !known.has(change))
          const object: JsonObject = JSON.parse(JSON.stringify(values))
          const backups = added.map((change) => sampleBackup(change, object))
          const entries = added.map((subject) => ({ subject, event: 'intended' as const, data: object }))
          await journal.append(id, entries, backups)
          const last = <T>(list: readonly T[]) => list.slice(list.length - added.length)
          expect(last(await journal.backups(id))).toEqual(backups)
          expect(last(await journal.entries(id))).toMatchObject(entries)
        }),
        { numRuns: 30 },
      )
    })

    describe('prunes', () => {
      async function begunAt(date: string, state: RunState, plan: Partial<Plan> = {}) {
        time.set(date)
        const { id } = await journal.begin(sampleRun(plan))
        await journal.append(id, [{ subject: 'run', event: 'began' }], [sampleBackup('rule:X', {})])
        await journal.mark(id, state, state === 'open' ? null : 'done')
        return id
      }

      test('what ended before the date, with all that it holds', async () => {
        const old = await begunAt('2026-01-01T00:00:00.000Z', 'ended')
        const abandoned = await begunAt('2026-01-02T00:00:00.000Z', 'abandoned')
        const young = await begunAt('2026-03-01T00:00:00.000Z', 'ended')
        expect(await journal.prune(new Date('2026-02-01'))).toEqual([old, abandoned])
        expect((await journal.runs()).map(({ id }) => id)).toEqual([young])
        expect([await journal.entries(old), await journal.backups(old)]).toEqual([[], []])
        expect(await journal.backups(young)).toHaveLength(1)
      })

      test('never an open run, nor one that an open restore puts back', async () => {
        const restored = await begunAt('2026-01-01T00:00:00.000Z', 'ended')
        const restore = await begunAt('2026-01-02T00:00:00.000Z', 'open', {
          purpose: 'restore',
          restores: restored,
        })
        expect(await journal.prune(new Date('2027-01-01'))).toEqual([])
        await journal.mark(restore, 'abandoned', 'failed')
        expect(await journal.prune(new Date('2027-01-01'))).toEqual([restored, restore])
      })
    })

    describe('leases a tenant', () => {
      test('to one at a time, whatever the case of its name', async () => {
        const other = await place.open(time.clock)
        const lease = await journal.lease('Contoso')
        await lease.assertHeld()
        await expect(other.lease('contoso')).rejects.toThrow(RefusedError)
        await expect(journal.lease('contoso')).rejects.toThrow(`process ${process.pid} on `)
        await lease.release()
        const next = await other.lease('contoso')
        await next.assertHeld()
        await expect(lease.assertHeld()).rejects.toThrow(RefusedError)
        await other.close()
      })

      test('and another tenant to another', async () => {
        const leases = [await journal.lease('contoso'), await journal.lease('fabrikam')]
        for (const lease of leases) await lease.assertHeld()
      })

      test('until the journal is closed', async () => {
        await journal.lease('contoso')
        await reopen()
        await (await journal.lease('contoso')).assertHeld()
      })

      test('by the time of the machine, not of the run', async () => {
        const lease = await journal.lease('contoso')
        time.set('2027-11-24T08:11:07.000Z')
        await expect(journal.lease('contoso')).rejects.toThrow(RefusedError)
        await lease.assertHeld()
      })
    })

    test('serves several at once without losing anything', async () => {
      const others = [await place.open(time.clock), await place.open(time.clock)]
      const { id } = await journal.begin(sampleRun())
      const all = [journal, ...others]
      const writes = Array.from({ length: 60 }, (_, index) =>
        all[index % all.length]?.append(id, [{ subject: `rule:${index}`, event: 'applied' }]),
      )
      await Promise.all(writes)
      const subjects = (await journal.entries(id)).map(({ subject }) => subject)
      expect(new Set(subjects).size).toBe(60)
      for (const other of others) await other.close()
    })
  })
}
