import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Attempt } from '../../../src/model/attempt.ts'
import {
  ConflictError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  ServiceError,
  ThrottledError,
} from '../../../src/model/errors.ts'
import type { RecordSet, RecordSetKey } from '../record-set.ts'
import { mx, nothing, others, sorted, txt, txtValues } from './conformance-sets.ts'
import type { DnsProvider, DnsProviderReader, VersionedRecordSet } from './provider.ts'

/** What may happen to a write on its way. `lost-answer`: done, and nobody hears of it. `outage`: not done. */
type WriteFault = 'lost-answer' | 'outage' | 'denied' | 'throttle'

/** A service that holds the zone `conformanceZone` with the sets that it was given, and what a test may do to it. */
export interface ProviderPlace {
  readonly reader: DnsProviderReader
  readonly writer: DnsProvider
  /** What the service really has, asked past the provider. No set: no values. */
  truth(key: RecordSetKey): Promise<Pick<RecordSet, 'ttl' | 'values'>>
  /** Somebody else writes a set; without values it goes. */
  elsewhere(set: RecordSet): Promise<void>
  /** Requests to write that reached the service, from the beginning. */
  writes(): Promise<number>
  /** What happens to the next write alone. */
  failWrite(fault: WriteFault): Promise<void>
  /** Makes so much around the zone and its sets that the service answers in pages; where it does. */
  readonly crowd?: () => Promise<void>
  /** Texts that no error may hold. */
  readonly secrets: readonly string[]
  remove(): Promise<void>
}

export interface ConformanceOptions {
  /** Opens provider and service for one test. Each request of the provider goes through `attempt`. */
  makePlace(seed: readonly RecordSet[], attempt: Attempt): Promise<ProviderPlace>
  /** Whether the service tells who asks too often. */
  readonly throttles: boolean
  /** Whether the service answers in pages, and `crowd` is there. */
  readonly pages: boolean
}

export const conformanceZone = 'example.com'

/** What every provider promises, whatever serves the zone. That a reader's transport sends no write is its own test. */
export function describeProvider(name: string, { makePlace, throttles, pages }: ConformanceOptions): void {
  describe(`${name}: a provider`, () => {
    let place: ProviderPlace
    let tries = 1
    const errors: unknown[] = []

    /** The policy's shape, without its waits. */
    const attempt: Attempt = async (effect, request) => {
      for (let made = 1; ; made += 1) {
        try {
          return await request()
        } catch (error) {
          const repeats =
            error instanceof ThrottledError || (effect === 'read' && error instanceof ServiceError)
          if (!repeats || made >= tries) throw error
        }
      }
    }

    beforeEach(async () => {
      tries = 1
      place = await makePlace([mx, txt, ...others], attempt)
    })
    afterEach(async () => {
      await place.reader.close()
      await place.writer.close()
      await place.remove()
      const said = errors.splice(0).map((error) => inspect(error, { depth: 12, showHidden: true }))
      for (const secret of place.secrets) expect(said.join('\n')).not.toContain(secret)
    })

    async function failure(act: Promise<unknown>): Promise<unknown> {
      const error = await act.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      errors.push(error)
      return error
    }

    async function expectTruth({ key: of, ttl, values }: RecordSet): Promise<void> {
      const wanted = values.length === 0 ? 0 : ttl
      const { ttl: has, values: found } = await place.truth(of)
      expect(sorted({ ttl: found.length === 0 ? 0 : has, values: found }, of.type)).toEqual(
        sorted({ ttl: wanted, values }, of.type),
      )
    }

    async function expectUntouched(sets: readonly RecordSet[]): Promise<void> {
      for (const set of sets) await expectTruth(set)
    }

    async function replaced(of: RecordSetKey, next: Pick<RecordSet, 'ttl' | 'values'>): Promise<void> {
      await place.writer.replace(await place.writer.read(of), next)
      await expectTruth({ key: of, ...next })
      const again = await place.reader.read(of)
      expect(sorted(again, of.type)).toEqual(
        sorted({ ttl: next.values.length === 0 ? 0 : next.ttl, values: next.values }, of.type),
      )
    }

    async function refused(
      current: VersionedRecordSet,
      values: readonly string[],
      kind: new (...given: never[]) => OffboardError,
    ): Promise<void> {
      const error = await failure(place.writer.replace(current, { ttl: 3600, values }))
      expect(error).toBeInstanceOf(kind)
    }

    test('reads a set, and none where there is none', async () => {
      const read = await place.reader.read(mx.key)
      expect(read.key).toEqual(mx.key)
      expect(sorted(read, 'MX')).toEqual({ ttl: 3600, values: mx.values })
      expect(sorted(await place.reader.read(txt.key), 'TXT')).toEqual({ ttl: 1800, values: txt.values })
      expect(await place.reader.read(nothing)).toMatchObject({ key: nothing, ttl: 0, values: [] })
    })

    test('knows the zone, and not one that is elsewhere', async () => {
      expect((await place.reader.zone(conformanceZone)).name).toBe(conformanceZone)
      expect(await failure(place.reader.zone('elsewhere.example'))).toBeInstanceOf(NotFoundError)
      expect(await failure(place.reader.zone('com'))).toBeInstanceOf(NotFoundError)
      expect(await failure(place.reader.zone('sub.example.com'))).toBeInstanceOf(NotFoundError)
    })

    test('a reader has no way to write', async () => {
      await place.reader.zone(conformanceZone)
      await place.reader.read(mx.key)
      expect(place.reader).not.toHaveProperty('replace')
      expect(await place.writes()).toBe(0)
    })

    test.each([
      ['adds', ['5 new.example.net', ...mx.values]],
      ['removes', ['20 backup.example.net']],
      ['changes a preference', ['30 old.example.net', '20 backup.example.net']],
      ['replaces all', ['5 new.example.net', '10 other.example.org']],
    ])('%s, with the TTL kept and nothing else touched', async (_, values) => {
      await replaced(mx.key, { ttl: mx.ttl, values })
      await expectUntouched([txt, ...others])
    })

    test('takes one value out of a TXT set and puts it in again', async () => {
      await replaced(txt.key, { ttl: txt.ttl, values: ['"ours=="'] })
      await replaced(txt.key, { ttl: txt.ttl, values: ['"ours=="', '"vendor=="'] })
      await expectUntouched([mx, ...others])
    })

    test('makes a set, and removes one', async () => {
      await replaced(nothing, { ttl: 600, values: ['"made"'] })
      await replaced(nothing, { ttl: 600, values: [] })
      await expectUntouched([mx, txt, ...others])
    })

    test.each(txtValues)('keeps %s exactly, beside a value that goes', async (_, value) => {
      const set = { key: nothing, ttl: 600, values: [value, '"goes"'] }
      await place.elsewhere(set)
      expect(sorted(await place.reader.read(nothing), 'TXT')).toEqual(sorted(set, 'TXT'))
      await replaced(nothing, { ttl: 600, values: [value] })
    })

    test.each(txtValues)('writes %s exactly', async (_, value) => {
      await replaced(txt.key, { ttl: txt.ttl, values: [...txt.values, value] })
      await expectUntouched([mx, ...others])
    })

    test.each([
      ['gained a value', [...mx.values, '30 third.example.net']],
      ['lost a value', ['10 old.example.net']],
      ['has another preference', ['15 old.example.net', '20 backup.example.net']],
      ['went', []],
    ])('writes nothing when the set meanwhile %s', async (_, values) => {
      const current = await place.writer.read(mx.key)
      await place.elsewhere({ ...mx, values })
      await refused(current, ['5 new.example.net', ...mx.values], ConflictError)
      await expectUntouched([{ ...mx, values }, txt, ...others])
    })

    test('writes nothing when a set came to be where there was none', async () => {
      const current = await place.writer.read(nothing)
      const made = { key: nothing, ttl: 600, values: ['"theirs"'] }
      await place.elsewhere(made)
      await refused(current, ['"mine"'], ConflictError)
      await expectUntouched([made, mx, txt, ...others])
    })

    test('a set that was read before our own last write is not that version', async () => {
      const current = await place.writer.read(mx.key)
      await replaced(mx.key, { ttl: mx.ttl, values: ['20 backup.example.net'] })
      await refused(current, ['5 new.example.net'], ConflictError)
      await expectTruth({ ...mx, values: ['20 backup.example.net'] })
    })

    test('a lost answer is told, and the write is not sent again', async () => {
      tries = 3
      const current = await place.writer.read(mx.key)
      const before = await place.writes()
      await place.failWrite('lost-answer')
      await refused(current, ['5 new.example.net'], ServiceError)
      expect(await place.writes()).toBe(before + 1)
      await expectTruth({ ...mx, values: ['5 new.example.net'] })
    })

    test.each([
      ['outage', ServiceError],
      ['denied', PermissionError],
    ] as const)('%s: nothing is written, and the error says who must act', async (fault, kind) => {
      const current = await place.writer.read(mx.key)
      await place.failWrite(fault)
      await refused(current, ['5 new.example.net'], kind)
      await expectUntouched([mx, txt, ...others])
    })

    if (throttles) {
      test('a write that came too soon is sent again by the policy alone', async () => {
        const current = await place.writer.read(mx.key)
        await place.failWrite('throttle')
        await refused(current, ['5 new.example.net'], ThrottledError)
        await expectUntouched([mx, txt, ...others])
        tries = 3
        await place.failWrite('throttle')
        await replaced(mx.key, { ttl: mx.ttl, values: ['5 new.example.net'] })
      })
    }

    if (pages) {
      test('finds zone and sets beyond the first page', async () => {
        await place.crowd?.()
        expect((await place.reader.zone(conformanceZone)).name).toBe(conformanceZone)
        expect(sorted(await place.reader.read(mx.key), 'MX')).toEqual({ ttl: 3600, values: mx.values })
        await replaced(txt.key, { ttl: txt.ttl, values: ['"ours=="'] })
        await expectUntouched([mx, ...others])
      })
    }
  })
}
