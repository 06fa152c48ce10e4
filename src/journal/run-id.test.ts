import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newRunId } from './run-id.ts'

test('a run is named by its time and four letters', () => {
  expect(newRunId(new Date('2026-11-24T08:11:07.123Z'), Uint8Array.of(0, 31, 32, 255))).toBe(
    '20261124-081107-0z0z',
  )
})

test('ids of different seconds sort by time', () => {
  const date = fc.date({ min: new Date('2000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(date, date, (one, other) => {
      const order = Math.sign(Math.floor(one.getTime() / 1000) - Math.floor(other.getTime() / 1000))
      const [first, second] = [newRunId(one), newRunId(other)]
      if (order !== 0) expect(first < second ? -1 : 1).toBe(order)
    }),
  )
})
